package org.girih.passes.rewrite;

import java.util.Optional;
import org.girih.ir.op.Reshape;
import org.girih.ir.program.Equation;
import org.girih.ir.type.Value;

/// A reshape to the dims that are there is its operand; one of another is one. The row-major order
/// of elements is the same through all of them.
///
/// ```
/// %1: f32[6] = reshape %0 {dims = [6]}
/// %2: f32[3, 2] = reshape %1 {dims = [3, 2]}           ───▶  %2: f32[3, 2] = reshape %0 {dims =
/// [3, 2]}
/// ```
final class ReshapePair implements Rewrite {
  @Override
  public Optional<Step> apply(Equation equation, Context context) {
    if (!(equation.op() instanceof Reshape)) {
      return Optional.empty();
    }
    Value operand = equation.operands().getFirst();
    if (operand.type().equals(equation.result().type())) {
      return Rewrite.is(operand);
    }
    return context
        .by(Reshape.class, operand)
        .flatMap(before -> Rewrite.becomes(equation.op(), before.operands().getFirst()));
  }
}
