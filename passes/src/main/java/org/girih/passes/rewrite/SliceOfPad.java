package org.girih.passes.rewrite;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.girih.ir.op.Broadcast;
import org.girih.ir.op.Pad;
import org.girih.ir.op.Slice;
import org.girih.ir.program.Equation;
import org.girih.ir.type.Dim;
import org.girih.ir.type.Value;

/// A slice that lies within what was padded is a slice of that; one that lies in the padding is the
/// padding's number. Elements are moved, not computed.
///
/// ```
/// %2: f32[9] = pad %0 %1 {low = [2], high = [3], interior = [0]}     %0: f32[4]
/// %3: f32[2] = slice %2 {start = [3], limit = [5], stride = [1]}
///   ───▶  %3: f32[2] = slice %0 {start = [1], limit = [3], stride = [1]}
/// ```
///
/// Limits: padding between elements, or that cuts off, stays, and so does a slice of both.
final class SliceOfPad implements Rewrite {
  @Override
  public Optional<Step> apply(Equation equation, Context context) {
    if (!(equation.op() instanceof Slice slice)) {
      return Optional.empty();
    }
    Equation before = context.equation(equation.operands().getFirst());
    if (before == null
        || !(before.op() instanceof Pad pad)
        || pad.interior().stream().anyMatch(i -> i != 0)
        || equation.result().type().elements().known().orElse(0L) == 0) {
      return Optional.empty();
    }
    Value array = before.operands().getFirst();
    var starts = new ArrayList<Dim>();
    var limits = new ArrayList<Dim>();
    boolean within = true;
    boolean outside = false;
    for (int i = 0; i < slice.start().size(); i++) {
      long low = pad.low().get(i).known().orElseThrow();
      long size = array.type().dim(i).known().orElseThrow();
      long start = slice.start().get(i).known().orElseThrow();
      long limit = slice.limit().get(i).known().orElseThrow();
      within &= start >= low && limit <= low + size;
      outside |= limit <= low || start >= low + size;
      starts.add(Dim.of(start - low));
      limits.add(Dim.of(limit - low));
    }
    if (outside) {
      return Rewrite.becomes(
          new Broadcast(equation.result().type().dims(), List.of()), before.operands().getLast());
    }
    return within
        ? Rewrite.becomes(new Slice(starts, limits, slice.stride()), array)
        : Optional.empty();
  }
}
