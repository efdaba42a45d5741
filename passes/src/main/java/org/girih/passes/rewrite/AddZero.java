package org.girih.passes.rewrite;

import java.util.Optional;
import org.girih.ir.op.Arithmetic;
import org.girih.ir.program.Equation;
import org.girih.ir.type.Literal;
import org.girih.ir.type.Value;

/// `x + 0` and `0 + x` are `x` for integers; for floats and complex numbers only where the zero is
/// −0: x + (−0) = x for every x, while −0 + 0 = 0. `x - 0` is `x` for integers, and for floats
/// where the zero is +0: x − 0 = x + (−0).
///
/// ```
/// %1: f32[3] = constant {value = f32[3] splat 0.0}
/// %2: f32[3] = subtract %0 %1                          ───▶  %0
/// ```
final class AddZero implements Rewrite {
  @Override
  public Optional<Step> apply(Equation equation, Context context) {
    if (equation.op() != Arithmetic.ADD && equation.op() != Arithmetic.SUBTRACT) {
      return Optional.empty();
    }
    Value left = equation.operands().getFirst();
    Value right = equation.operands().getLast();
    boolean add = equation.op() == Arithmetic.ADD;
    if (context.splat(right).filter(zero -> isNeutral(zero, add)).isPresent()) {
      return Rewrite.is(left);
    }
    return add && context.splat(left).filter(zero -> isNeutral(zero, true)).isPresent()
        ? Rewrite.is(right)
        : Optional.empty();
  }

  private static boolean isNeutral(Literal zero, boolean added) {
    if (!zero.type().dtype().inexact()) {
      return Splats.isNumber(zero, 0);
    }
    return Splats.isNumber(zero, added ? -0.0 : 0.0);
  }
}
