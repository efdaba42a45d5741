package org.girih.passes.rewrite;

import java.util.Optional;
import org.girih.ir.op.DynamicSlice;
import org.girih.ir.op.DynamicUpdateSlice;
import org.girih.ir.op.Op;
import org.girih.ir.op.Slice;
import org.girih.ir.program.Equation;
import org.girih.ir.type.Value;

/// A slice of everything is its operand, and so is a dynamic slice of everything, since its starts
/// are clamped to 0; a dynamic update of everything is the block.
///
/// ```
/// %1: f32[4] = slice %0 {start = [0], limit = [4], stride = [1]}   ───▶  %0
/// ```
final class SliceAll implements Rewrite {
  @Override
  public Optional<Step> apply(Equation equation, Context context) {
    Op op = equation.op();
    if (op instanceof Slice slice) {
      // With stride 1, equal sizes leave no room for another start.
      return slice.stride().stream().allMatch(s -> s == 1)
          ? sameType(equation, equation.operands().getFirst())
          : Optional.empty();
    }
    if (op instanceof DynamicSlice) {
      return sameType(equation, equation.operands().getFirst());
    }
    return op instanceof DynamicUpdateSlice
        ? sameType(equation, equation.operands().get(1))
        : Optional.empty();
  }

  private static Optional<Step> sameType(Equation equation, Value value) {
    return value.type().equals(equation.result().type()) ? Rewrite.is(value) : Optional.empty();
  }
}
