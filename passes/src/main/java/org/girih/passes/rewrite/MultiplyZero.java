package org.girih.passes.rewrite;

import java.util.Optional;
import org.girih.ir.op.Arithmetic;
import org.girih.ir.program.Equation;
import org.girih.ir.type.Value;

/// `x * 0` is the zero, for integers only: for floats it may be −0 or NaN.
///
/// ```
/// %1: i32[3] = constant {value = i32[3] splat 0}
/// %2: i32[3] = multiply %0 %1                          ───▶  %1
/// ```
final class MultiplyZero implements Rewrite {
  @Override
  public Optional<Step> apply(Equation equation, Context context) {
    if (equation.op() == Arithmetic.MULTIPLY && equation.result().type().dtype().integer()) {
      for (Value operand : equation.operands()) {
        if (context.splat(operand).filter(zero -> Splats.isNumber(zero, 0)).isPresent()) {
          return Rewrite.is(operand);
        }
      }
    }
    return Optional.empty();
  }
}
