package org.girih.passes.rewrite;

import java.util.Optional;
import org.girih.ir.op.Convert;
import org.girih.ir.program.Equation;
import org.girih.ir.type.DType;
import org.girih.ir.type.Value;

/// A conversion of one to a wider dtype of the same kind is one conversion: the wider dtype holds
/// each number of the narrower one. So there and back is nothing.
///
/// ```
/// %1: f32[3] = convert %0 {dtype = f32}                %0: bf16[3]
/// %2: bf16[3] = convert %1 {dtype = bf16}              ───▶  %0
/// ```
///
/// Limits: from integers to floats and back stays, since floats clamp where integers wrap; so do
/// floats of 8 bits, of which some have no infinities.
final class ConvertPair implements Rewrite {
  @Override
  public Optional<Step> apply(Equation equation, Context context) {
    if (!(equation.op() instanceof Convert(DType last))) {
      return Optional.empty();
    }
    Value operand = equation.operands().getFirst();
    return context
        .by(Convert.class, operand)
        .flatMap(
            before -> {
              Value source = before.operands().getFirst();
              DType first = source.type().dtype();
              if (!holds(operand.type().dtype(), first) || last.floating() && last.bits() < 16) {
                return Optional.empty();
              }
              return first == last ? Rewrite.is(source) : Rewrite.becomes(equation.op(), source);
            });
  }

  /// Returns whether the wide dtype holds each number of the narrow one, and both are of one kind.
  private static boolean holds(DType wide, DType narrow) {
    if (wide.kind() != narrow.kind()) {
      return false;
    }
    return switch (narrow.kind()) {
      case SIGNED, UNSIGNED -> wide.bits() > narrow.bits();
      case FLOAT ->
          narrow.bits() >= 16 && wide.bits() > narrow.bits(); // f16 and bf16 hold not each other
      case COMPLEX -> wide.bits() > narrow.bits();
      case BOOL -> false;
    };
  }
}
