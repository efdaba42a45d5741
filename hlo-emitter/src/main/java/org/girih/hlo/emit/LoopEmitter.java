package org.girih.hlo.emit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.girih.hlo.proto.FrontendAttributes;
import org.girih.hlo.proto.HloInstructionProto;
import org.girih.ir.op.Call;
import org.girih.ir.op.Scan;
import org.girih.ir.op.While;
import org.girih.ir.program.Func;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.DType;
import org.girih.ir.type.Dim;
import org.girih.ir.type.Literal;

/// Calls and loops. HLO's `while` takes its state as one tuple.
final class LoopEmitter {
  private static final ArrayType COUNTER = ArrayType.scalar(DType.I32);
  private static final ArrayType TRUTH = ArrayType.scalar(DType.BOOL);

  private LoopEmitter() {}

  private static List<Instr> results(ComputationBuilder b, long id, List<ArrayType> out) {
    return out.size() == 1 ? List.of(new Instr(id, out.getFirst())) : b.elements(id, out);
  }

  static List<Instr> call(ComputationBuilder b, Call call, List<Instr> in) {
    Callee callee = b.module().function(call.callee());
    if (callee.computed().isEmpty()) {
      return callee.results(in, List.of());
    }
    var instruction = b.instruction("call", HloShapes.results(callee.computed()), in);
    instruction.addCalledComputationIds(callee.computation());
    if (b.keepsApart() && b.module().outlined(call.callee())) {
      keptApart(instruction);
    }
    return callee.results(in, results(b, b.add(instruction), callee.computed()));
  }

  /// Calls a computation of the emitter's own, made once in a module and compiled once.
  ///
  /// @param body what it computes of its parameters, which have the types of `in`
  static List<Instr> shared(
      ComputationBuilder b,
      String name,
      List<Instr> in,
      List<ArrayType> out,
      Function<ComputationBuilder, List<Instr>> body) {
    var instruction = b.instruction("call", HloShapes.results(out), in);
    instruction.addCalledComputationIds(
        b.module().shared(name, in.stream().map(Instr::type).toList(), body));
    keptApart(instruction);
    return results(b, b.add(instruction), out);
  }

  private static void keptApart(HloInstructionProto.Builder call) {
    call.setFrontendAttributes(FrontendAttributes.newBuilder().putMap("inlineable", "false"));
  }

  static long tuple(ComputationBuilder b, List<Instr> values) {
    var types = values.stream().map(Instr::type).toList();
    return b.add(b.instruction("tuple", HloShapes.tuple(types), values));
  }

  /// Returns the operands behind an `opt-barrier`.
  static List<Instr> barrier(ComputationBuilder b, List<Instr> in, List<ArrayType> out) {
    long state = tuple(b, in);
    var instruction = b.instruction("opt-barrier", HloShapes.tuple(out), List.of());
    instruction.addOperandIds(state);
    return b.elements(b.add(instruction), out);
  }

  static List<ArrayType> types(List<Instr> values) {
    return values.stream().map(Instr::type).toList();
  }

  static List<Instr> loop(ComputationBuilder b, List<Instr> state, long condition, long body) {
    long initial = tuple(b, state);
    var instruction = b.instruction("while", HloShapes.tuple(types(state)), List.of());
    instruction
        .addOperandIds(initial)
        .addCalledComputationIds(body)
        .addCalledComputationIds(condition);
    return b.elements(b.add(instruction), types(state));
  }

  static Instr count(ComputationBuilder b, long number) {
    return b.constant(Literal.i32(Math.toIntExact(number)));
  }

  /// Emits a loop whose state is a counter where there is a `max`, then constants and carry.
  static List<Instr> whileLoop(
      ComputationBuilder b, While loop, List<Instr> in, List<ArrayType> out) {
    boolean bounded = loop.max().isPresent();
    int head = bounded ? 1 : 0;
    var state = new ArrayList<Instr>();
    if (bounded) {
      state.add(count(b, 0));
    }
    state.addAll(in);

    Func condition = b.module().program().func(loop.condition());
    var test = new ComputationBuilder(b.module(), loop.condition().name());
    var params = test.tupleParameter(types(state));
    Instr goesOn =
        HloEmitter.block(test, condition.block(), params.subList(head, params.size())).getFirst();
    if (bounded) {
      Instr below = test.compare("LT", params.getFirst(), count(test, loop.max().getAsInt()));
      goesOn = test.op("and", TRUTH, goesOn, below);
    }
    long testId = test.finish(List.of(goesOn), false);

    Func func = b.module().program().func(loop.body());
    var body = new ComputationBuilder(b.module(), loop.body().name());
    var values = body.tupleParameter(types(state));
    var next = new ArrayList<Instr>();
    if (bounded) {
      next.add(body.op("add", COUNTER, values.getFirst(), count(body, 1)));
    }
    next.addAll(values.subList(head, head + loop.constants()));
    next.addAll(HloEmitter.block(body, func.block(), values.subList(head, values.size())));
    long bodyId = body.finish(next, true);

    List<Instr> last = loop(b, state, testId, bodyId);
    return last.subList(head + loop.constants(), last.size());
  }

  /// Emits a loop whose state is the counter, number of steps if counted, constants, carry, arrays,
  /// stacks.
  static List<Instr> scan(ComputationBuilder b, Scan scan, List<Instr> in, List<ArrayType> out) {
    if (scan.counted()) {
      return counted(b, scan, in, out);
    }
    return scan(b, scan, Optional.empty(), in, out);
  }

  /// Emits a scan with the number of steps, between 0 and the length, as a constant of the loop.
  private static List<Instr> counted(
      ComputationBuilder b, Scan scan, List<Instr> in, List<ArrayType> out) {
    long length = scan.length().known().orElseThrow();
    Instr low = b.op("maximum", COUNTER, in.getFirst(), count(b, 0));
    Instr steps = b.op("minimum", COUNTER, low, count(b, length));
    return scan(b, scan, Optional.of(steps), in.subList(1, in.size()), out);
  }

  private static List<Instr> scan(
      ComputationBuilder b, Scan scan, Optional<Instr> steps, List<Instr> in, List<ArrayType> out) {
    long length = scan.length().known().orElseThrow();
    int constants = scan.constants();
    int carries = scan.carries();
    var stacks = new ArrayList<Instr>();
    for (ArrayType type : out.subList(carries, out.size())) {
      stacks.add(b.constant(Literal.of(type, 0)));
    }
    if (length == 0) {
      var results = new ArrayList<>(in.subList(constants, constants + carries));
      results.addAll(stacks);
      return results;
    }
    var state = new ArrayList<Instr>();
    state.add(count(b, 0));
    steps.ifPresent(state::add);
    int head = state.size();
    state.addAll(in);
    state.addAll(stacks);

    var test = new ComputationBuilder(b.module(), "scan.condition");
    var seen = test.tupleParameter(types(state));
    Instr end = steps.isPresent() ? seen.get(1) : count(test, length);
    long testId = test.finish(List.of(test.compare("LT", seen.getFirst(), end)), false);

    var body = new ComputationBuilder(b.module(), scan.body().name());
    var values = body.tupleParameter(types(state));
    Instr index =
        scan.reverse()
            ? body.op(
                "subtract",
                COUNTER,
                last(body, steps.isPresent(), values, length),
                values.getFirst())
            : values.getFirst();
    var params = new ArrayList<>(values.subList(head, head + constants));
    params.add(index);
    params.addAll(values.subList(head + constants, head + constants + carries));
    List<Instr> arrays = values.subList(head + constants + carries, head + in.size());
    for (Instr array : arrays) {
      params.add(row(body, array, index));
    }
    Func func = b.module().program().func(scan.body());
    List<Instr> results = HloEmitter.block(body, func.block(), params);
    var next = new ArrayList<Instr>();
    next.add(body.op("add", COUNTER, values.getFirst(), count(body, 1)));
    next.addAll(values.subList(1, head + constants));
    next.addAll(results.subList(0, carries));
    next.addAll(arrays);
    for (int i = 0; i < stacks.size(); i++) {
      Instr stack = values.get(head + in.size() + i);
      next.add(written(body, stack, results.get(carries + i), index));
    }
    long bodyId = body.finish(next, true);

    List<Instr> last = loop(b, state, testId, bodyId);
    var all = new ArrayList<>(last.subList(head + constants, head + constants + carries));
    all.addAll(last.subList(head + in.size(), last.size()));
    return all;
  }

  /// Returns the number of the last step.
  private static Instr last(
      ComputationBuilder b, boolean counted, List<Instr> values, long length) {
    return counted ? b.op("subtract", COUNTER, values.get(1), count(b, 1)) : count(b, length - 1);
  }

  private static List<Dim> oneRow(ArrayType type) {
    var dims = new ArrayList<>(type.dims());
    dims.set(0, Dim.of(1));
    return dims;
  }

  private static Instr row(ComputationBuilder b, Instr array, Instr index) {
    ArrayType type = array.type();
    var operands = new ArrayList<Instr>();
    operands.add(array);
    operands.add(index);
    for (int i = 1; i < type.rank(); i++) {
      operands.add(count(b, 0));
    }
    ArrayType row = type.withDims(oneRow(type));
    var instruction = b.instruction("dynamic-slice", HloShapes.of(row), operands);
    row.dims().forEach(d -> instruction.addDynamicSliceSizes(d.known().orElseThrow()));
    return b.reshape(new Instr(b.add(instruction), row), type.dims().subList(1, type.rank()));
  }

  private static Instr written(ComputationBuilder b, Instr stack, Instr value, Instr index) {
    var operands = new ArrayList<Instr>();
    operands.add(stack);
    operands.add(b.reshape(value, oneRow(stack.type())));
    operands.add(index);
    for (int i = 1; i < stack.type().rank(); i++) {
      operands.add(count(b, 0));
    }
    return new Instr(
        b.add(b.instruction("dynamic-update-slice", HloShapes.of(stack.type()), operands)),
        stack.type());
  }
}
