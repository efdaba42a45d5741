package org.girih.passes.rewrite;

import java.util.List;
import java.util.Optional;
import org.girih.ir.op.Bits;
import org.girih.ir.op.Select;
import org.girih.ir.program.Equation;
import org.girih.ir.type.Value;

/// A selection by `not p` is one by p the other way round; one of a selection by the same p takes
/// what that takes. Elements are chosen, not computed.
///
/// ```
/// %3: f32[3] = select %0 %1 %2
/// %4: f32[3] = select %0 %3 %1                         ───▶  %4: f32[3] = select %0 %1 %1
/// ```
final class SelectPair implements Rewrite {
  @Override
  public Optional<Step> apply(Equation equation, Context context) {
    if (!(equation.op() instanceof Select)) {
      return Optional.empty();
    }
    List<Value> in = equation.operands();
    Value p = in.get(0);
    Equation condition = context.equation(p);
    if (condition != null && condition.op() == Bits.NOT) {
      return Rewrite.becomes(equation.op(), condition.operands().getFirst(), in.get(2), in.get(1));
    }
    Value then = taken(in.get(1), p, 1, context);
    Value otherwise = taken(in.get(2), p, 2, context);
    return then.equals(in.get(1)) && otherwise.equals(in.get(2))
        ? Optional.empty()
        : Rewrite.becomes(equation.op(), p, then, otherwise);
  }

  private static Value taken(Value value, Value p, int side, Context context) {
    return context
        .by(Select.class, value)
        .filter(inner -> inner.operands().getFirst().equals(p))
        .map(inner -> inner.operands().get(side))
        .orElse(value);
  }
}
