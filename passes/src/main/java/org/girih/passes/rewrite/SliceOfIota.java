package org.girih.passes.rewrite;

import java.util.Optional;
import org.girih.ir.op.Iota;
import org.girih.ir.op.Slice;
import org.girih.ir.program.Equation;
import org.girih.ir.type.DType;
import org.girih.ir.type.Dim;

/// A slice of 0, 1, 2, … that begins at 0 and takes each along that axis is a shorter one.
///
/// ```
/// %0: i32[9] = iota {dtype = i32, dims = [9], axis = 0}
/// %1: i32[4] = slice %0 {start = [0], limit = [4], stride = [1]}
///   ───▶  %1: i32[4] = iota {dtype = i32, dims = [4], axis = 0}
/// ```
///
/// Limits: one that begins later would be a sum, and stays.
final class SliceOfIota implements Rewrite {
  @Override
  public Optional<Step> apply(Equation equation, Context context) {
    if (!(equation.op() instanceof Slice slice)) {
      return Optional.empty();
    }
    Equation before = context.equation(equation.operands().getFirst());
    return before != null
            && before.op() instanceof Iota(DType dtype, _, int axis)
            && slice.start().get(axis).equals(Dim.of(0))
            && slice.stride().get(axis) == 1
        ? Rewrite.becomes(new Iota(dtype, equation.result().type().dims(), axis))
        : Optional.empty();
  }
}
