package org.girih.passes.rewrite;

import java.util.List;
import java.util.Optional;
import org.girih.ir.op.Select;
import org.girih.ir.program.Equation;
import org.girih.ir.type.Value;

/// A selection by a constant, or between equal values, is the one that is taken: the other is never
/// looked at.
///
/// ```
/// %2: bool = constant {value = bool true}
/// %3: f32[3] = select %2 %0 %1                         ───▶  %0
/// ```
final class SelectKnown implements Rewrite {
  @Override
  public Optional<Step> apply(Equation equation, Context context) {
    if (!(equation.op() instanceof Select)) {
      return Optional.empty();
    }
    List<Value> in = equation.operands();
    if (in.get(1).equals(in.get(2))) {
      return Rewrite.is(in.get(1));
    }
    return context.splat(in.get(0)).flatMap(p -> Rewrite.is(in.get(Splats.isNumber(p, 0) ? 2 : 1)));
  }
}
