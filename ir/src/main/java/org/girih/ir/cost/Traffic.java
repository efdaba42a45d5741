package org.girih.ir.cost;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.girih.ir.op.Constant;
import org.girih.ir.op.Elementary;
import org.girih.ir.op.ElementaryPair;
import org.girih.ir.op.Op;
import org.girih.ir.op.Work;
import org.girih.ir.program.Block;
import org.girih.ir.program.Equation;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.Value;

/// The bytes that each equation of a block reads and writes, if pointwise neighbours share loops as
/// XLA's fusion makes them:
///
/// - what a pointwise equation makes and only pointwise ones and reductions read stays in
/// registers,
///   unless it is a transcendental function that is read twice, which is not computed again;
/// - such neighbours read each array once, which the first of them pays;
/// - constants cost nothing, a part of an array costs that part.
///
/// ```
/// %2 = multiply %0 %1     reads %0 and %1
/// %3 = exp %2             nothing: %2 is in a register
/// %4 = add %3 %0          writes %4; %0 has been read
/// ```
///
/// It is a model: compilers fuse more (across calls) or less.
final class Traffic {
  private final List<Equation> equations;
  private final Work[] works;
  private final Map<Value, Integer> makers = new HashMap<>();
  private final Map<Value, Integer> reads = new HashMap<>();
  private final Set<Value> kept;
  private final Set<Value> inner = new HashSet<>();
  private final int[] loops;

  private Traffic(Block block, Work[] works) {
    this.equations = block.equations();
    this.works = works;
    this.kept = new HashSet<>(block.results());
    this.loops = new int[works.length];
  }

  /// Returns the bytes of each equation.
  ///
  /// @param works that of each equation
  static double[] of(Block block, Work[] works) {
    var traffic = new Traffic(block, works);
    traffic.look();
    return traffic.bytes();
  }

  private void look() {
    for (int i = 0; i < works.length; i++) {
      Equation each = equations.get(i);
      loops[i] = i;
      for (Value result : each.results()) {
        makers.put(result, i);
      }
      boolean joins =
          switch (works[i].moves()) {
            case Work.Moves.Pointwise _, Work.Moves.Reduces _, Work.Moves.Renames _ -> true;
            case Work.Moves.Whole _, Work.Moves.Part _, Work.Moves.Inside _ -> false;
          };
      for (Value operand : each.operands()) {
        reads.merge(operand, 1, Integer::sum);
        if (!joins) {
          kept.add(operand);
        }
      }
    }
    for (int i = 0; i < works.length; i++) {
      Equation each = equations.get(i);
      switch (works[i].moves()) {
        case Work.Moves.Pointwise _ -> {
          Value result = each.result();
          if (!kept.contains(result) && !(dear(each.op()) && reads.getOrDefault(result, 0) > 1)) {
            inner.add(result);
          }
        }
        case Work.Moves.Renames _ -> {
          for (int k = 0; k < each.results().size(); k++) {
            if (inner.contains(each.operands().get(k)) && !kept.contains(each.results().get(k))) {
              inner.add(each.results().get(k));
            }
          }
        }
        case Work.Moves.Reduces _, Work.Moves.Whole _, Work.Moves.Part _, Work.Moves.Inside _ -> {}
      }
      for (Value operand : each.operands()) {
        if (inner.contains(operand)) {
          loops[loop(makers.get(operand))] = loop(i);
        }
      }
    }
  }

  private static boolean dear(Op op) {
    return op instanceof Elementary || op instanceof ElementaryPair;
  }

  /// Returns the number of the loop that an equation is in: union by the last, with halved paths.
  private int loop(int i) {
    int at = i;
    while (loops[at] != at) {
      loops[at] = loops[loops[at]];
      at = loops[at];
    }
    return at;
  }

  private record Read(int loop, Value value) {}

  private double[] bytes() {
    var out = new double[works.length];
    var done = new HashSet<Read>();
    for (int i = 0; i < works.length; i++) {
      Equation each = equations.get(i);
      switch (works[i].moves()) {
        case Work.Moves.Pointwise _, Work.Moves.Reduces _ -> {
          if (!(each.op() instanceof Constant)) {
            out[i] = read(each, loop(i), done) + written(each);
          }
        }
        case Work.Moves.Renames _ -> {
          // What ends a loop here is written; what is in memory has one name more.
          for (int k = 0; k < each.results().size(); k++) {
            boolean ends =
                inner.contains(each.operands().get(k)) && !inner.contains(each.results().get(k));
            out[i] += ends ? Work.bytes(each.results().get(k).type()) : 0;
          }
        }
        case Work.Moves.Whole _ -> out[i] = read(each, loop(i), done) + written(each);
        case Work.Moves.Part(double bytes) -> out[i] = bytes;
        case Work.Moves.Inside _ -> {}
      }
    }
    return out;
  }

  private double read(Equation each, int loop, Set<Read> done) {
    double bytes = 0;
    for (Value operand : each.operands()) {
      if (!inner.contains(operand) && !constant(operand) && done.add(new Read(loop, operand))) {
        bytes += Work.bytes(operand.type());
      }
    }
    return bytes;
  }

  private boolean constant(Value value) {
    Integer maker = makers.get(value);
    return maker != null && equations.get(maker).op() instanceof Constant;
  }

  private double written(Equation each) {
    double bytes = 0;
    for (Value result : each.results()) {
      ArrayType type = result.type();
      bytes += inner.contains(result) ? 0 : Work.bytes(type);
    }
    return bytes;
  }
}
