package org.girih.passes.rewrite;

import java.util.Optional;
import org.girih.ir.op.Arithmetic;
import org.girih.ir.op.ElementaryPair;
import org.girih.ir.program.Equation;
import org.girih.ir.type.Value;

/// `x ** 2.0` is `x * x`, which is the square rounded once, and `x ** 1.0` is `x`. Other exponents
/// would be rounded more often, and a square root differs at −0 and −∞. An exponent that is an
/// integer, as in `x ** 3`, is a product from the start.
///
/// ```
/// %1: f32[3] = constant {value = f32[3] splat 2.0}
/// %2: f32[3] = power %0 %1                             ───▶  %2: f32[3] = multiply %0 %0
/// ```
final class PowerOfConstant implements Rewrite {
  @Override
  public Optional<Step> apply(Equation equation, Context context) {
    if (equation.op() != ElementaryPair.POWER
        || equation.results().getFirst().type().dtype().complex()) {
      return Optional.empty();
    }
    Value base = equation.operands().getFirst();
    var exponent = context.splat(equation.operands().getLast());
    if (exponent.filter(e -> Splats.isNumber(e, 1)).isPresent()) {
      return Rewrite.is(base);
    }
    return exponent.filter(e -> Splats.isNumber(e, 2)).isPresent()
        ? Rewrite.becomes(Arithmetic.MULTIPLY, base, base)
        : Optional.empty();
  }
}
