package org.girih.passes.rewrite;

import java.util.ArrayList;
import java.util.Optional;
import org.girih.ir.op.Slice;
import org.girih.ir.program.Equation;
import org.girih.ir.type.Dim;

/// A slice of a slice is one: element i of the outer is element `start + stride * i` of the inner.
///
/// ```
/// %1: f32[4] = slice %0 {start = [1], limit = [9], stride = [2]}
/// %2: f32[2] = slice %1 {start = [1], limit = [4], stride = [2]}
///   ───▶  %2: f32[2] = slice %0 {start = [3], limit = [8], stride = [4]}
/// ```
final class SlicePair implements Rewrite {
  @Override
  public Optional<Step> apply(Equation equation, Context context) {
    if (!(equation.op() instanceof Slice outer)) {
      return Optional.empty();
    }
    Equation before = context.equation(equation.operands().getFirst());
    if (before == null || !(before.op() instanceof Slice inner)) {
      return Optional.empty();
    }
    var start = new ArrayList<Dim>();
    var limit = new ArrayList<Dim>();
    var stride = new ArrayList<Long>();
    for (int i = 0; i < outer.start().size(); i++) {
      long size = equation.result().type().dim(i).known().orElseThrow();
      long step = inner.stride().get(i);
      if (Math.multiplyHigh(step, outer.stride().get(i)) != 0 || step * outer.stride().get(i) < 0) {
        return Optional.empty();
      }
      Dim first = inner.start().get(i).plus(outer.start().get(i).times(step));
      long stepOfBoth = step * outer.stride().get(i);
      // Just past the last element that is taken, which lies within the array.
      start.add(size == 0 ? inner.start().get(i) : first);
      limit.add(size == 0 ? inner.start().get(i) : first.plus((size - 1) * stepOfBoth).plus(1));
      stride.add(stepOfBoth);
    }
    return Rewrite.becomes(new Slice(start, limit, stride), before.operands().getFirst());
  }
}
