package org.girih.passes.rewrite;

import java.util.Optional;
import org.girih.ir.op.Bitcast;
import org.girih.ir.op.Convert;
import org.girih.ir.program.Equation;
import org.girih.ir.type.Value;

/// A conversion to the dtype that is there is its operand: it changes nothing.
///
/// ```
/// %1: f32 = convert %0 {dtype = f32}                   ───▶  %0
/// ```
final class ConvertSame implements Rewrite {
  @Override
  public Optional<Step> apply(Equation equation, Context context) {
    Value operand = equation.operands().isEmpty() ? null : equation.operands().getFirst();
    return (equation.op() instanceof Convert || equation.op() instanceof Bitcast)
            && operand.type().equals(equation.result().type())
        ? Rewrite.is(operand)
        : Optional.empty();
  }
}
