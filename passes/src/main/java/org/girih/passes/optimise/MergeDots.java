package org.girih.passes.optimise;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.girih.ir.op.Concatenate;
import org.girih.ir.op.Dot;
import org.girih.ir.op.Slice;
import org.girih.ir.program.Block;
import org.girih.ir.program.Equation;
import org.girih.ir.program.Func;
import org.girih.ir.program.Program;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.Dim;
import org.girih.ir.type.Value;
import org.girih.passes.rebuild.BlockCopy;

/// Makes one product of products that share their left operand, as queries, keys and values of
/// attention do: the right ones, matrices, are put side by side, and the result is cut apart again.
///
/// ```
/// %3: f32[8, 4] = dot %0 %1 {…}                    %0: f32[8, 16], %1 and %2: f32[16, 4]
/// %4: f32[8, 4] = dot %0 %2 {…}
///   ───▶
/// %3: f32[16, 8] = concatenate %1 %2 {axis = 1}
/// %4: f32[8, 8] = dot %0 %3 {…}
/// %5: f32[8, 4] = slice %4 {start = [0, 0], limit = [8, 4], …}
/// %6: f32[8, 4] = slice %4 {start = [0, 4], limit = [8, 8], …}
/// ```
///
/// Valid since each element is the sum of the same products; but a plugin may add them up in an
/// order that depends on the sizes, so last bits may differ. For that reason it is in no pipeline,
/// and since XLA's CPU plugin is not faster by it: three products of 64 or 512 rows by matrices of
/// 256 × 256 take the same time together, with the copies that this needs. `girih opt --pass
/// merge_dots` runs it.
///
/// Limits: without batch axes; right operands with one axis that is kept, all there before the
/// first product; products that share their right operand stay.
public final class MergeDots {
  private record Key(Dot op, Value left) {}

  private MergeDots() {}

  public static Program run(Program program) {
    var funcs = new ArrayList<Func>(program.funcs().size());
    for (Func func : program.funcs().values()) {
      funcs.add(new Func(func.ref(), run(func.block())));
    }
    return program.withFuncs(funcs);
  }

  private static Block run(Block block) {
    Map<Equation, List<Equation>> groups = groups(block);
    if (groups.isEmpty()) {
      return block;
    }
    var copy = new BlockCopy(block);
    var done = new boolean[block.ids()];
    for (Equation equation : block.equations()) {
      List<Equation> group = groups.get(equation);
      if (group != null) {
        merge(copy, group);
        group.forEach(e -> done[e.result().id()] = true);
      } else if (equation.results().isEmpty() || !done[equation.results().getFirst().id()]) {
        copy.keep(equation, equation.op(), copy.now(equation.operands()));
      }
    }
    return copy.finish();
  }

  /// Returns the products that can be made together, by the first of them.
  private static Map<Equation, List<Equation>> groups(Block block) {
    var open = new HashMap<Key, List<Equation>>();
    var all = new ArrayList<List<Equation>>();
    for (Equation equation : block.equations()) {
      if (equation.op() instanceof Dot dot && isPlain(dot, equation.operands().getLast())) {
        var key = new Key(dot, equation.operands().getFirst());
        List<Equation> group = open.get(key);
        if (group == null || equation.operands().getLast().id() >= group.getFirst().result().id()) {
          group = new ArrayList<>();
          open.put(key, group);
          all.add(group);
        }
        group.add(equation);
      }
    }
    var out = new HashMap<Equation, List<Equation>>();
    for (List<Equation> group : all) {
      if (group.size() > 1) {
        out.put(group.getFirst(), group);
      }
    }
    return out;
  }

  private static boolean isPlain(Dot dot, Value right) {
    return dot.leftBatch().isEmpty() && right.type().rank() == dot.rightContract().size() + 1;
  }

  private static void merge(BlockCopy copy, List<Equation> group) {
    Equation first = group.getFirst();
    var dot = (Dot) first.op();
    int axis = 0;
    while (dot.rightContract().contains(axis)) {
      axis++;
    }
    var rights = new ArrayList<Value>();
    Dim width = Dim.of(0);
    for (Equation equation : group) {
      Value right = copy.now(equation.operands().getLast());
      rights.add(right);
      width = width.plus(right.type().dim(axis));
    }
    ArrayType side = resized(rights.getFirst().type(), axis, width);
    Value all =
        copy.append(new Concatenate(axis), rights, List.of(side), first.origin()).getFirst();
    int last = first.result().type().rank() - 1;
    ArrayType wide = resized(first.result().type(), last, width);
    List<Value> operands = List.of(copy.now(first.operands().getFirst()), all);
    Value product = copy.append(dot, operands, List.of(wide), first.origin()).getFirst();
    Dim from = Dim.of(0);
    for (Equation equation : group) {
      Value result = equation.result();
      Dim to = from.plus(result.type().dim(last));
      var start = new ArrayList<>(Collections.nCopies(last + 1, Dim.of(0)));
      var limit = new ArrayList<>(result.type().dims());
      start.set(last, from);
      limit.set(last, to);
      var slice = new Slice(start, limit, Collections.nCopies(last + 1, 1L));
      copy.replace(
          result,
          copy.append(slice, List.of(product), List.of(result.type()), equation.origin())
              .getFirst());
      from = to;
    }
  }

  private static ArrayType resized(ArrayType type, int axis, Dim size) {
    var dims = new ArrayList<>(type.dims());
    dims.set(axis, size);
    return type.withDims(dims);
  }
}
