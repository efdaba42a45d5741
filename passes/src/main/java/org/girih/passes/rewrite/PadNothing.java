package org.girih.passes.rewrite;

import java.util.Optional;
import org.girih.ir.op.Pad;
import org.girih.ir.program.Equation;
import org.girih.ir.type.Dim;

/// Padding by nothing is its operand.
///
/// ```
/// %2: f32[3] = pad %0 %1 {low = [0], high = [0], interior = [0]}   ───▶  %0
/// ```
final class PadNothing implements Rewrite {
  @Override
  public Optional<Step> apply(Equation equation, Context context) {
    if (!(equation.op() instanceof Pad pad)) {
      return Optional.empty();
    }
    Dim zero = Dim.of(0);
    // With equal sizes, low and high may still be −1 and 1: a shift.
    boolean nothing =
        pad.low().stream().allMatch(zero::equals)
            && pad.high().stream().allMatch(zero::equals)
            && pad.interior().stream().allMatch(i -> i == 0);
    return nothing ? Rewrite.is(equation.operands().getFirst()) : Optional.empty();
  }
}
