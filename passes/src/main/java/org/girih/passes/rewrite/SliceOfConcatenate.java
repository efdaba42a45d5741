package org.girih.passes.rewrite;

import java.util.ArrayList;
import java.util.Optional;
import org.girih.ir.op.Concatenate;
import org.girih.ir.op.Slice;
import org.girih.ir.program.Equation;
import org.girih.ir.type.Dim;
import org.girih.ir.type.Value;

/// A slice that lies in one part of a concatenation is a slice of that part. Elements are moved,
/// not computed.
///
/// ```
/// %2: f32[7] = concatenate %0 %1 {axis = 0}            %0: f32[3], %1: f32[4]
/// %3: f32[2] = slice %2 {start = [4], limit = [6], stride = [1]}
///   ───▶  %3: f32[2] = slice %1 {start = [1], limit = [3], stride = [1]}
/// ```
///
/// Limits: a slice across two parts stays.
final class SliceOfConcatenate implements Rewrite {
  @Override
  public Optional<Step> apply(Equation equation, Context context) {
    if (!(equation.op() instanceof Slice slice)) {
      return Optional.empty();
    }
    Equation before = context.equation(equation.operands().getFirst());
    if (before == null || !(before.op() instanceof Concatenate(int axis))) {
      return Optional.empty();
    }
    long start = slice.start().get(axis).known().orElseThrow();
    long limit = slice.limit().get(axis).known().orElseThrow();
    long from = 0;
    for (Value part : before.operands()) {
      long size = part.type().dim(axis).known().orElseThrow();
      if (start >= from && limit <= from + size && start < limit) {
        var starts = new ArrayList<>(slice.start());
        var limits = new ArrayList<>(slice.limit());
        starts.set(axis, Dim.of(start - from));
        limits.set(axis, Dim.of(limit - from));
        return Rewrite.becomes(new Slice(starts, limits, slice.stride()), part);
      }
      from += size;
    }
    return Optional.empty();
  }
}
