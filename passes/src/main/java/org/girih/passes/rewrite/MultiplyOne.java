package org.girih.passes.rewrite;

import java.util.Optional;
import org.girih.ir.op.Arithmetic;
import org.girih.ir.program.Equation;
import org.girih.ir.type.Value;

/// `x * 1`, `1 * x` and `x / 1` are `x`, for integers and floats: multiplication and division are
/// rounded from the exact result, which is x. Not for complex numbers, where the products with the
/// imaginary part 0 turn infinities into NaN.
///
/// ```
/// %1: f32 = constant {value = f32 1.0}
/// %2: f32 = multiply %0 %1                             ───▶  %0
/// ```
final class MultiplyOne implements Rewrite {
  @Override
  public Optional<Step> apply(Equation equation, Context context) {
    boolean multiply = equation.op() == Arithmetic.MULTIPLY;
    if (!multiply && equation.op() != Arithmetic.DIVIDE
        || equation.result().type().dtype().complex()) {
      return Optional.empty();
    }
    Value left = equation.operands().getFirst();
    Value right = equation.operands().getLast();
    if (context.splat(right).filter(one -> Splats.isNumber(one, 1)).isPresent()) {
      return Rewrite.is(left);
    }
    return multiply && context.splat(left).filter(one -> Splats.isNumber(one, 1)).isPresent()
        ? Rewrite.is(right)
        : Optional.empty();
  }
}
