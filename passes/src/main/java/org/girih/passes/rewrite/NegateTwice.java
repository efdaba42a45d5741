package org.girih.passes.rewrite;

import java.util.Optional;
import org.girih.ir.op.Arithmetic;
import org.girih.ir.op.Bits;
import org.girih.ir.program.Equation;

/// `-(-x)` is `x`, and `not not x` is `x`: negation of a float flips its sign bit, that of an
/// integer is its own inverse modulo 2ⁿ, and `not` flips bits.
///
/// ```
/// %1: f32 = negate %0
/// %2: f32 = negate %1                                  ───▶  %0
/// ```
final class NegateTwice implements Rewrite {
  @Override
  public Optional<Step> apply(Equation equation, Context context) {
    if (equation.op() != Arithmetic.NEGATE && equation.op() != Bits.NOT) {
      return Optional.empty();
    }
    Equation inner = context.equation(equation.operands().getFirst());
    return inner != null && inner.op() == equation.op()
        ? Rewrite.is(inner.operands().getFirst())
        : Optional.empty();
  }
}
