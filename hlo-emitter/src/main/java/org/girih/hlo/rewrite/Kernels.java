package org.girih.hlo.rewrite;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.girih.hlo.proto.HloComputationProto;
import org.girih.hlo.proto.HloInstructionProto;
import org.girih.hlo.verify.Access;

/// Estimates, for each instruction of a computation, what one kernel for it computes, and chooses
/// the instructions whose results are to be written to memory.
final class Kernels {
  /// Of an operand that is less than the limit divided by this, a cut gains too little.
  private static final int WORTH = 8;

  /// Beyond this many limits an estimate is given up, where nothing can be cut.
  private static final int HOPELESS = 20;

  /// The share that a call of a computation adds to a cone.
  ///
  /// @param results for each result of the computation
  /// @param computes whether the call may be kept apart: it never returns an operand
  record Summary(List<Result> results, boolean computes) {}

  /// @param work how many operations it is
  /// @param reads at how many positions each parameter is read
  record Result(long work, List<Integer> reads) {}

  private final Map<Long, Summary> summaries;
  private final boolean entry;
  private final long limit;
  private final List<HloInstructionProto> instructions;
  private final Map<Long, Integer> nodes = new HashMap<>();

  /// The nodes of which each node's cone is made.
  private final int[][] reads;

  private final int[] lastReads;

  /// Those that are still to be read; a large module has no room for all.
  private final Cone[] cones;

  private final long[] weights;
  private final Map<Long, Integer> paths = new HashMap<>();
  private final Set<Long> cuts = new HashSet<>();
  private final int root;

  Kernels(
      HloComputationProto computation, Map<Long, Summary> summaries, boolean entry, long limit) {
    this.summaries = summaries;
    this.entry = entry;
    this.limit = limit;
    this.instructions = computation.getInstructionsList();
    int size = instructions.size();
    this.cones = new Cone[size];
    this.weights = new long[size];
    this.reads = new int[size][];
    this.lastReads = new int[size];
    for (int node = 0; node < size; node++) {
      nodes.put(instructions.get(node).getId(), node);
      reads[node] = reads(node);
      for (int read : reads[node]) {
        lastReads[read] = node;
      }
    }
    this.root = nodes.get(computation.getRootId());
    results().forEach(node -> lastReads[node] = size);
    for (int node = 0; node < size; node++) {
      visit(node);
    }
  }

  /// Returns the numbers of the instructions to be written to memory.
  Set<Long> cuts() {
    return cuts;
  }

  /// Returns what an instruction reads: an element of a tuple is what it was made of, and one of a
  /// call's results what the call reads.
  private int[] reads(int node) {
    HloInstructionProto instruction = instructions.get(node);
    int[] operands = instruction.getOperandIdsList().stream().mapToInt(nodes::get).toArray();
    if (!instruction.getOpcode().equals("get-tuple-element")) {
      return operands;
    }
    return switch (instructions.get(operands[0]).getOpcode()) {
      case "tuple" -> new int[] {reads[operands[0]][Math.toIntExact(instruction.getTupleIndex())]};
      case "call" -> reads[operands[0]];
      case String _ -> operands;
    };
  }

  private List<Integer> results() {
    return instructions.get(root).getOpcode().equals("tuple")
        ? IntStream.of(reads[root]).boxed().toList()
        : List.of(root);
  }

  private void visit(int node) {
    weights[node] = weight(node);
    Cone cone = cone(node);
    while (cone.work() > limit) {
      int largest = largestRead(node);
      if (largest < 0) {
        break;
      }
      cone = materialise(largest) ? cone(node) : Cone.EMPTY;
    }
    cones[node] = cone.work() > HOPELESS * limit ? Cone.EMPTY : cone;
    for (int read : reads[node]) {
      if (lastReads[read] == node) {
        cones[read] = null;
      }
    }
  }

  private long weight(int node) {
    HloInstructionProto instruction = instructions.get(node);
    return switch (instruction.getOpcode()) {
      case "parameter" -> entry ? 0 : 1;
      case "constant", "tuple" -> 0;
      case "call", "get-tuple-element" -> result(node).work();
      case String _ -> 1;
    };
  }

  /// Returns what the called computation states of the node, a call or an element of one.
  private Result result(int node) {
    HloInstructionProto instruction = instructions.get(node);
    HloInstructionProto call = instruction;
    int index = 0;
    if (instruction.getOpcode().equals("get-tuple-element")) {
      call = instructions.get(nodes.get(instruction.getOperandIds(0)));
      index = Math.toIntExact(instruction.getTupleIndex());
    }
    if (!call.getOpcode().equals("call") || apart(call)) {
      return new Result(0, List.of());
    }
    return summaries.get(call.getCalledComputationIds(0)).results().get(index);
  }

  private Cone cone(int node) {
    HloInstructionProto instruction = instructions.get(node);
    if (cuts.contains(instruction.getId())) {
      return Cone.EMPTY;
    }
    return switch (instruction.getOpcode()) {
      case "tuple" -> Cone.EMPTY;
      case "get-tuple-element" ->
          switch (instructions.get(nodes.get(instruction.getOperandIds(0))).getOpcode()) {
            case "tuple" -> read(reads[node][0]);
            case "call" -> called(node);
            case String _ -> Cone.EMPTY;
          };
      case "call" -> instruction.getShape().getTupleShapesCount() > 0 ? Cone.EMPTY : called(node);
      case String opcode ->
          switch (Access.of(opcode)) {
            case POINTWISE -> all(node);
            // Of what lies in memory, a constant most of the time, a broadcast is free.
            case MOVING ->
                opcode.equals("broadcast") && read(reads[node][0]) == Cone.EMPTY
                    ? Cone.EMPTY
                    : moved(node);
            case NONE -> entry || opcode.equals("constant") ? Cone.EMPTY : alone(node);
            case MEMORY -> Cone.EMPTY;
          };
    };
  }

  private Cone alone(int node) {
    return Cone.of(new long[] {Cone.entry(node, 0)}, weights);
  }

  private Cone read(int node) {
    return cones[node] == null ? Cone.EMPTY : cones[node];
  }

  private Cone all(int node) {
    var all = new ArrayList<Cone>(List.of(alone(node)));
    for (int read : reads[node]) {
      all.add(read(read));
    }
    return Cone.of(all, weights);
  }

  private Cone moved(int node) {
    var all = new ArrayList<Cone>(List.of(alone(node)));
    for (int i = 0; i < reads[node].length; i++) {
      all.add(at(read(reads[node][i]), node, i));
    }
    return Cone.of(all, weights);
  }

  /// Returns a result of an inlined call: its own operations, and each operand as often as they
  /// read it.
  private Cone called(int node) {
    List<Integer> counts = result(node).reads();
    var all = new ArrayList<Cone>();
    long work = weights[node];
    if (work > 0) {
      all.add(alone(node));
    }
    for (int i = 0; i < counts.size(); i++) {
      Cone read = read(reads[node][i]);
      for (int k = 0; k < counts.get(i) && work <= HOPELESS * limit; k++) {
        all.add(k == 0 ? read : at(read, node, all.size()));
        work += read.work() + 1;
      }
    }
    return Cone.of(all, weights);
  }

  /// Returns a cone as it is read by an operand of a move.
  private Cone at(Cone cone, int node, int operand) {
    if (cone.entries().length == 0) {
      return cone;
    }
    int move = path((long) node << 32 | 1L << 31 | operand);
    long[] entries = new long[cone.entries().length];
    for (int i = 0; i < entries.length; i++) {
      long entry = cone.entries()[i];
      entries[i] = Cone.entry(Cone.node(entry), path((long) move << 32 | Cone.path(entry)));
    }
    return Cone.of(entries, weights);
  }

  /// Returns the number of a path; 0 is the one without a move.
  private int path(long key) {
    return paths.computeIfAbsent(key, _ -> paths.size() + 1);
  }

  private static boolean apart(HloInstructionProto call) {
    return call.getFrontendAttributes().getMapOrDefault("inlineable", "true").equals("false");
  }

  private int largestRead(int node) {
    int largest = -1;
    for (int read : reads[node]) {
      long work = read(read).work();
      if (work * WORTH > limit && (largest < 0 || work > read(largest).work())) {
        largest = read;
      }
    }
    return largest;
  }

  /// Cuts the node, or else the nearest before it that can be cut; returns whether its cone became
  /// smaller.
  private boolean materialise(int node) {
    Cone before = cones[node];
    var work = new ArrayDeque<Integer>(List.of(node));
    var between = new TreeSet<Integer>();
    while (!work.isEmpty()) {
      int next = work.removeFirst();
      if (!fused(next) || between.contains(next)) {
        continue;
      }
      if (cuttable(next)) {
        cuts.add(instructions.get(next).getId());
        cones[next] = Cone.EMPTY;
      } else {
        between.add(next);
        IntStream.of(reads[next]).forEach(work::add);
      }
    }
    for (int each : between) {
      Cone cone = cone(each);
      cones[each] = cone.work() > limit ? Cone.EMPTY : cone;
    }
    return cones[node].work() < before.work();
  }

  /// Returns whether the node is computed in the kernel that reads it.
  private boolean fused(int node) {
    HloInstructionProto i = instructions.get(node);
    return !cuts.contains(i.getId())
        && switch (i.getOpcode()) {
          case "tuple", "get-tuple-element" -> true;
          case "call" -> !apart(i);
          case String opcode ->
              Access.of(opcode) == Access.POINTWISE || Access.of(opcode) == Access.MOVING;
        };
  }

  private boolean cuttable(int node) {
    HloInstructionProto instruction = instructions.get(node);
    return instruction.getOpcode().equals("call")
        ? summaries.get(instruction.getCalledComputationIds(0)).computes()
        : CutPoint.admits(
            instruction, IntStream.of(reads[node]).mapToObj(instructions::get).toList());
  }

  /// Returns what a call of the computation adds to the cone of its caller.
  Summary summary() {
    int parameters =
        (int) instructions.stream().filter(i -> i.getOpcode().equals("parameter")).count();
    boolean array = instructions.get(root).getShape().getTupleShapesCount() == 0;
    return new Summary(
        results().stream().map(node -> result(read(node), parameters)).toList(),
        array && cuttable(root));
  }

  private Result result(Cone cone, int parameters) {
    var counts = new int[parameters];
    for (long entry : cone.entries()) {
      HloInstructionProto instruction = instructions.get(Cone.node(entry));
      if (instruction.getOpcode().equals("parameter")) {
        counts[Math.toIntExact(instruction.getParameterNumber())]++;
      }
    }
    return new Result(cone.work(), IntStream.of(counts).boxed().toList());
  }
}
