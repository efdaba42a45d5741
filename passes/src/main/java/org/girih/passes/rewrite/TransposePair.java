package org.girih.passes.rewrite;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.girih.ir.op.Transpose;
import org.girih.ir.program.Equation;

/// A transposition that moves nothing is its operand; one of another is one by the composed
/// permutation. Elements are moved, not computed.
///
/// ```
/// %1: f32[3, 2] = transpose %0 {permutation = [1, 0]}
/// %2: f32[2, 3] = transpose %1 {permutation = [1, 0]}  ───▶  %0
/// ```
final class TransposePair implements Rewrite {
  @Override
  public Optional<Step> apply(Equation equation, Context context) {
    if (!(equation.op() instanceof Transpose(List<Integer> outer))) {
      return Optional.empty();
    }
    if (IntStream.range(0, outer.size()).allMatch(i -> outer.get(i) == i)) {
      return Rewrite.is(equation.operands().getFirst());
    }
    Equation before = context.equation(equation.operands().getFirst());
    return before != null && before.op() instanceof Transpose(List<Integer> inner)
        ? Rewrite.becomes(
            new Transpose(outer.stream().map(inner::get).toList()), before.operands().getFirst())
        : Optional.empty();
  }
}
