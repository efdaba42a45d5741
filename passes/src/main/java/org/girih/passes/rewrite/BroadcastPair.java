package org.girih.passes.rewrite;

import java.util.List;
import java.util.Optional;
import org.girih.ir.op.Broadcast;
import org.girih.ir.program.Equation;
import org.girih.ir.type.Dim;
import org.girih.ir.type.Value;

/// A broadcast to the dims that are there is its operand; one of another is one, along the axes of
/// both. Elements are repeated, not computed.
///
/// ```
/// %1: f32[3] = broadcast %0 {dims = [3], axes = []}
/// %2: f32[2, 3] = broadcast %1 {dims = [2, 3], axes = [1]}   ───▶  %2 = broadcast %0 {dims = [2,
/// 3], axes = []}
/// ```
final class BroadcastPair implements Rewrite {
  @Override
  public Optional<Step> apply(Equation equation, Context context) {
    if (!(equation.op() instanceof Broadcast(List<Dim> dims, List<Integer> outer))) {
      return Optional.empty();
    }
    Value operand = equation.operands().getFirst();
    if (operand.type().equals(equation.result().type())) {
      return Rewrite.is(operand);
    }
    Equation before = context.equation(operand);
    return before != null && before.op() instanceof Broadcast(_, List<Integer> inner)
        ? Rewrite.becomes(
            new Broadcast(dims, inner.stream().map(outer::get).toList()),
            before.operands().getFirst())
        : Optional.empty();
  }
}
