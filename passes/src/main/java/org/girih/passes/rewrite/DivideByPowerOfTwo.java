package org.girih.passes.rewrite;

import java.util.Optional;
import org.girih.ir.op.Arithmetic;
import org.girih.ir.op.Constant;
import org.girih.ir.program.Equation;
import org.girih.ir.type.DType;
import org.girih.ir.type.Elements;
import org.girih.ir.type.Literal;

/// A division by a power of two is a product with its reciprocal, which is a power of two as well:
/// both are the same real number, rounded once. So for NaN, infinities and zeros of either sign.
///
/// ```
/// %1: f32[3] = constant {value = f32[3] splat 4.0}
/// %2: f32[3] = divide %0 %1
///   ───▶  %2: f32[3] = constant {value = f32[3] splat 0.25}
///         %3: f32[3] = multiply %0 %2
/// ```
///
/// Limits: `f16` and wider; both powers must be normal numbers, since a plugin may take others for
/// zero; complex quotients stay.
final class DivideByPowerOfTwo implements Rewrite {
  @Override
  public Optional<Step> apply(Equation equation, Context context) {
    if (equation.op() != Arithmetic.DIVIDE) {
      return Optional.empty();
    }
    var type = equation.result().type();
    int least = leastExponent(type.dtype());
    return context
        .splat(equation.operands().getLast())
        .filter(_ -> least < 0)
        .flatMap(
            splat -> {
              double by = Elements.number(type.dtype(), splat.element(0)).doubleValue();
              int exponent = Math.getExponent(by);
              if (Math.abs(by) != Math.scalb(1.0, exponent) || Math.abs(exponent) > -least) {
                return Optional.empty();
              }
              var reciprocal = new Constant(Literal.of(type, 1 / by));
              return Rewrite.becomes(
                  Arithmetic.MULTIPLY,
                  equation.operands().getFirst(),
                  context.emit(reciprocal, type));
            });
  }

  /// Returns the exponent of the least normal number; 0 for what has none here.
  private static int leastExponent(DType dtype) {
    return switch (dtype) {
      case F16 -> -14;
      case BF16, F32 -> -126;
      case F64 -> -1022;
      case C64, C128, BOOL, I4, I8, I16, I32, I64, U4, U8, U16, U32, U64 -> 0;
      case F8E4M3FN, F8E5M2, F8E4M3B11FNUZ, F8E4M3FNUZ, F8E5M2FNUZ -> 0;
    };
  }
}
