package org.girih.cli.campaign;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.girih.hlo.proto.HloComputationProto;
import org.girih.hlo.proto.HloInstructionProto;
import org.girih.hlo.proto.HloModuleProto;
import org.girih.hlo.proto.LayoutProto;
import org.girih.hlo.proto.LiteralProto;
import org.girih.hlo.proto.PrimitiveType;
import org.girih.hlo.proto.ProgramShapeProto;
import org.girih.hlo.proto.ShapeProto;

/// Random HLO modules, well formed, whose numbers are exact: integers, and floats that are neither
/// multiplied nor divided, so that any plugin gives the same bits.
final class HloGrowth {
  private static final List<PrimitiveType> TYPES =
      List.of(PrimitiveType.F32, PrimitiveType.S32, PrimitiveType.U32);
  private static final List<String> BINARY = List.of("add", "subtract", "maximum", "minimum");
  private static final List<String> BITS = List.of("and", "or", "xor", "multiply");
  private static final List<String> DIRECTIONS = List.of("EQ", "NE", "LT", "LE", "GT", "GE");

  private final Random random;
  private final HloModuleProto.Builder module = HloModuleProto.newBuilder();
  private long next = 1;

  /// An instruction's number, and what it gives.
  private record Node(long id, PrimitiveType type, List<Long> dims) {
    Node {
      dims = List.copyOf(dims);
    }
  }

  /// A computation under construction.
  private final class Body {
    private final HloComputationProto.Builder proto = HloComputationProto.newBuilder();
    private final ProgramShapeProto.Builder signature = ProgramShapeProto.newBuilder();
    private final List<Node> nodes = new ArrayList<>();

    Body(String name) {
      proto.setId(next).setName(name + "." + next++);
    }

    Node parameter(PrimitiveType type, List<Long> dims) {
      var i = instruction("parameter", type, dims);
      i.setParameterNumber(signature.getParametersCount());
      signature.addParameters(i.getShape()).addParameterNames("p" + i.getParameterNumber());
      return add(i, type, dims);
    }

    Node add(HloInstructionProto.Builder instruction, PrimitiveType type, List<Long> dims) {
      proto.addInstructions(instruction);
      var node = new Node(instruction.getId(), type, dims);
      nodes.add(node);
      return node;
    }

    Node op(String opcode, PrimitiveType type, List<Long> dims, Node... operands) {
      return add(instruction(opcode, type, dims, operands), type, dims);
    }

    Node any() {
      return nodes.get(random.nextInt(nodes.size()));
    }

    /// A value of this type and these sizes: one that is there, or one made of another.
    Node like(Node wanted) {
      List<Node> fit =
          nodes.stream()
              .filter(n -> n.dims().equals(wanted.dims()) && n.type() == wanted.type())
              .toList();
      return fit.get(random.nextInt(fit.size()));
    }

    long finish(Node root) {
      signature.setResult(shape(root.type(), root.dims()));
      module.addComputations(proto.setRootId(root.id()).setProgramShape(signature));
      return proto.getId();
    }
  }

  private HloGrowth(Random random) {
    this.random = random;
  }

  static HloModuleProto module(Random random) {
    var growth = new HloGrowth(random);
    var body = growth.new Body("entry");
    body.parameter(PrimitiveType.F32, growth.dims());
    body.parameter(PrimitiveType.S32, growth.dims());
    for (int i = random.nextInt(5, 60); i > 0; i--) {
      growth.grow(body, 2);
    }
    Node root = body.any();
    long id = body.finish(root);
    return growth
        .module
        .setName("grown")
        .setEntryComputationId(id)
        .setEntryComputationName(body.proto.getName())
        .setHostProgramShape(body.signature)
        .build();
  }

  private List<Long> dims() {
    return switch (random.nextInt(6)) {
      case 0 -> List.of();
      case 1 -> List.of(0L);
      case 2 -> List.of(17L);
      case 3 -> List.of(1L, 5L);
      default -> List.of((long) random.nextInt(1, 6), (long) random.nextInt(1, 40));
    };
  }

  private static ShapeProto shape(PrimitiveType type, List<Long> dims) {
    var layout = LayoutProto.newBuilder();
    for (int i = dims.size(); i > 0; i--) {
      layout.addMinorToMajor(i - 1);
    }
    return ShapeProto.newBuilder()
        .setElementType(type)
        .addAllDimensions(dims)
        .addAllIsDynamicDimension(dims.stream().map(_ -> false).toList())
        .setLayout(layout)
        .build();
  }

  private HloInstructionProto.Builder instruction(
      String opcode, PrimitiveType type, List<Long> dims, Node... operands) {
    var out =
        HloInstructionProto.newBuilder()
            .setOpcode(opcode)
            .setId(next)
            .setName(opcode + "." + next++)
            .setShape(shape(type, dims));
    for (Node operand : operands) {
      out.addOperandIds(operand.id());
    }
    return out;
  }

  private Node constant(Body b, PrimitiveType type) {
    var literal = LiteralProto.newBuilder().setShape(shape(type, List.of()));
    int value = random.nextInt(-3, 9);
    switch (type) {
      case F32 -> literal.addF32S(value);
      case S32 -> literal.addS32S(value);
      default -> literal.addU32S(Math.abs(value));
    }
    return b.add(instruction("constant", type, List.of()).setLiteral(literal), type, List.of());
  }

  /// Adds an instruction or a few.
  private void grow(Body b, int depth) {
    Node x = b.any();
    if (x.type() == PrimitiveType.PRED) {
      Node one = constant(b, PrimitiveType.S32);
      Node wide = wide(b, one, x.dims());
      b.op("select", PrimitiveType.S32, x.dims(), x, wide, b.like(wide));
      return;
    }
    boolean integer = x.type() != PrimitiveType.F32;
    switch (random.nextInt(14)) {
      case 0, 1 -> b.op(pick(BINARY), x.type(), x.dims(), x, b.like(x));
      case 2 -> b.op(integer ? pick(BITS) : pick(BINARY), x.type(), x.dims(), x, b.like(x));
      case 3 ->
          b.op(pick(List.of("negate", "abs", "copy")), signed(b, x), x.dims(), signedNode(b, x));
      case 4 -> compare(b, x);
      case 5 -> wide(b, constant(b, pick(TYPES)), dims());
      case 6 -> reversed(b, x);
      case 7 -> reshaped(b, x);
      case 8 -> sliced(b, x);
      case 9 -> joined(b, x);
      case 10 -> reduced(b, x);
      case 11 -> sorted(b, x);
      case 12 -> called(b, x, depth);
      case 13 -> chosen(b, x, depth);
      default -> throw new AssertionError();
    }
  }

  private <T> T pick(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }

  private PrimitiveType signed(Body b, Node x) {
    return x.type() == PrimitiveType.U32 ? PrimitiveType.S32 : x.type();
  }

  private Node signedNode(Body b, Node x) {
    return x.type() == PrimitiveType.U32 ? b.op("convert", PrimitiveType.S32, x.dims(), x) : x;
  }

  private Node compare(Body b, Node x) {
    var i = instruction("compare", PrimitiveType.PRED, x.dims(), x, b.like(x));
    return b.add(i.setComparisonDirection(pick(DIRECTIONS)), PrimitiveType.PRED, x.dims());
  }

  private Node wide(Body b, Node scalar, List<Long> dims) {
    return dims.isEmpty() ? scalar : b.op("broadcast", scalar.type(), dims, scalar);
  }

  private void reversed(Body b, Node x) {
    if (!x.dims().isEmpty()) {
      var i = instruction("reverse", x.type(), x.dims(), x);
      b.add(i.addDimensions(random.nextInt(x.dims().size())), x.type(), x.dims());
    }
  }

  private void reshaped(Body b, Node x) {
    long count = x.dims().stream().reduce(1L, (p, q) -> p * q);
    Node flat = b.op("reshape", x.type(), List.of(count), x);
    if (x.dims().size() == 2 && random.nextBoolean()) {
      List<Long> turned = x.dims().reversed();
      var i = instruction("transpose", x.type(), turned, x);
      b.add(i.addDimensions(1).addDimensions(0), x.type(), turned);
    } else {
      b.op("reshape", x.type(), x.dims(), flat);
    }
  }

  private void sliced(Body b, Node x) {
    var dims = new ArrayList<Long>();
    var i = instruction("slice", x.type(), x.dims(), x);
    for (long size : x.dims()) {
      long start = random.nextLong(size + 1);
      long limit = start + random.nextLong(size - start + 1);
      long stride = random.nextLong(1, 4);
      i.addSliceDimensionsBuilder().setStart(start).setLimit(limit).setStride(stride);
      dims.add(Math.ceilDiv(limit - start, stride));
    }
    b.add(i.setShape(shape(x.type(), dims)), x.type(), dims);
  }

  private void joined(Body b, Node x) {
    if (!x.dims().isEmpty()) {
      int axis = random.nextInt(x.dims().size());
      var dims = new ArrayList<>(x.dims());
      dims.set(axis, 2 * dims.get(axis));
      if (dims.stream().reduce(1L, (p, q) -> p * q) < 4000) {
        var i = instruction("concatenate", x.type(), dims, x, b.like(x));
        b.add(i.addDimensions(axis), x.type(), dims);
      }
    }
  }

  /// A computation of two scalars: (a, b) → c.
  private long combiner(PrimitiveType type) {
    var body = new Body("combine");
    Node a = body.parameter(type, List.of());
    Node b = body.parameter(type, List.of());
    return body.finish(body.op(pick(List.of("add", "maximum", "minimum")), type, List.of(), a, b));
  }

  private void reduced(Body b, Node x) {
    if (!x.dims().isEmpty()) {
      int axis = random.nextInt(x.dims().size());
      var dims = new ArrayList<>(x.dims());
      dims.remove(axis);
      Node zero = constant(b, x.type());
      var i = instruction("reduce", x.type(), dims, x, zero);
      i.addDimensions(axis).addCalledComputationIds(combiner(x.type()));
      b.add(i, x.type(), dims);
    }
  }

  /// Sorts by `<` or `>`; by a comparator that is no order where the result is only counted, since
  /// HLO does not say what comes out then.
  private void sorted(Body b, Node x) {
    if (x.dims().isEmpty()) {
      return;
    }
    boolean order = random.nextInt(4) > 0;
    var body = new Body("comparator");
    Node left = body.parameter(x.type(), List.of());
    Node right = body.parameter(x.type(), List.of());
    var compare = instruction("compare", PrimitiveType.PRED, List.of(), left, right);
    compare.setComparisonDirection(pick(order ? List.of("LT", "GT") : DIRECTIONS));
    long comparator = body.finish(body.add(compare, PrimitiveType.PRED, List.of()));
    var i = instruction("sort", x.type(), x.dims(), x);
    i.addDimensions(random.nextInt(x.dims().size())).setIsStable(random.nextBoolean());
    i.addCalledComputationIds(comparator);
    if (order) {
      b.add(i, x.type(), x.dims());
    } else {
      b.proto.addInstructions(i);
      Node sorted = new Node(i.getId(), x.type(), x.dims());
      Node bits = b.op("compare", PrimitiveType.PRED, x.dims(), sorted, sorted);
      b.proto
          .getInstructionsBuilder(b.proto.getInstructionsCount() - 1)
          .setComparisonDirection("EQ");
      b.nodes.remove(bits);
      Node counted = b.op("convert", PrimitiveType.S32, x.dims(), bits);
      wide(b, constant(b, PrimitiveType.S32), counted.dims());
    }
  }

  /// A computation of one array of these sizes that gives such an array.
  private long function(Node x, int depth) {
    var body = new Body("f");
    Node in = body.parameter(x.type(), x.dims());
    for (int i = random.nextInt(1, 6); i > 0; i--) {
      grow(body, depth - 1);
    }
    return body.finish(random.nextInt(4) == 0 ? in : body.like(in));
  }

  private void called(Body b, Node x, int depth) {
    if (depth > 0) {
      var i = instruction("call", x.type(), x.dims(), x);
      b.add(i.addCalledComputationIds(function(x, depth)), x.type(), x.dims());
    }
  }

  private void chosen(Body b, Node x, int depth) {
    if (depth > 0) {
      Node a = constant(b, PrimitiveType.S32);
      var choice =
          instruction("compare", PrimitiveType.PRED, List.of(), a, constant(b, PrimitiveType.S32))
              .setComparisonDirection(pick(DIRECTIONS));
      Node p = b.add(choice, PrimitiveType.PRED, List.of());
      var i = instruction("conditional", x.type(), x.dims(), p, x, b.like(x));
      i.addCalledComputationIds(function(x, depth)).addCalledComputationIds(function(x, depth));
      b.add(i, x.type(), x.dims());
    }
  }
}
