package org.girih.passes.rewrite;

import java.util.List;
import java.util.Optional;
import org.girih.ir.op.Call;
import org.girih.ir.op.Cond;
import org.girih.ir.op.FuncRef;
import org.girih.ir.program.Equation;
import org.girih.ir.type.Value;

/// A conditional on a constant is a call of the branch that is taken; so is one whose branches are
/// the same function.
///
/// ```
/// %1: bool = constant {value = bool false}
/// %2: f32 = cond %1 %0 {then = @a, otherwise = @b}     ───▶  %2: f32 = call %0 {callee = @b}
/// ```
final class CondKnown implements Rewrite {
  @Override
  public Optional<Step> apply(Equation equation, Context context) {
    if (!(equation.op() instanceof Cond(FuncRef then, FuncRef otherwise))) {
      return Optional.empty();
    }
    List<Value> captured = equation.operands().subList(1, equation.operands().size());
    if (then.equals(otherwise)) {
      return Optional.of(new Step.Becomes(new Call(then), captured));
    }
    return context
        .splat(equation.operands().getFirst())
        .map(p -> new Step.Becomes(new Call(Splats.isNumber(p, 0) ? otherwise : then), captured));
  }
}
