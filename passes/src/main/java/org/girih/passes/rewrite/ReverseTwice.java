package org.girih.passes.rewrite;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.girih.ir.op.Reverse;
import org.girih.ir.program.Equation;
import org.girih.ir.type.Dim;
import org.girih.ir.type.Value;

/// A reversal along no axis, or along axes of size 0 or 1, is its operand; one of another reverses
/// along the axes that are in just one of them.
///
/// ```
/// %1: f32[3] = reverse %0 {axes = [0]}
/// %2: f32[3] = reverse %1 {axes = [0]}                 ───▶  %0
/// ```
final class ReverseTwice implements Rewrite {
  @Override
  public Optional<Step> apply(Equation equation, Context context) {
    if (!(equation.op() instanceof Reverse(List<Integer> axes))) {
      return Optional.empty();
    }
    Value operand = equation.operands().getFirst();
    if (axes.stream().allMatch(a -> operand.type().dim(a).atLeast(Dim.of(2)) == Dim.Truth.NO)) {
      return Rewrite.is(operand);
    }
    Equation before = context.equation(operand);
    if (before == null || !(before.op() instanceof Reverse(List<Integer> inner))) {
      return Optional.empty();
    }
    var both = new ArrayList<>(axes);
    both.removeAll(inner);
    inner.stream().filter(axis -> !axes.contains(axis)).forEach(both::add);
    both.sort(null);
    return Rewrite.becomes(new Reverse(both), before.operands().getFirst());
  }
}
