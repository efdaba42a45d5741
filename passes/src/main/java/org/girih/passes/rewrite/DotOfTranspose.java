package org.girih.passes.rewrite;

import java.util.List;
import java.util.Optional;
import org.girih.ir.op.Dot;
import org.girih.ir.op.Transpose;
import org.girih.ir.program.Equation;
import org.girih.ir.type.Value;

/// A product with a transposed array is a product of the array along its own axes: the same sums of
/// the same products, with the contracted axes in the same order.
///
/// ```
/// %2: f32[3, 2] = transpose %1 {permutation = [1, 0]}
/// %3: f32[4, 2] = dot %0 %2 {…, left_contract = [1], right_contract = [0]}
///   ───▶  %3: f32[4, 2] = dot %0 %1 {…, left_contract = [1], right_contract = [1]}
/// ```
///
/// Limits: axes that the product keeps must be in the order that they have in the array, since the
/// result has them in that order.
final class DotOfTranspose implements Rewrite {
  @Override
  public Optional<Step> apply(Equation equation, Context context) {
    if (!(equation.op()
        instanceof
        Dot(
            List<Integer> leftBatch,
            List<Integer> rightBatch,
            List<Integer> leftContract,
            List<Integer> rightContract))) {
      return Optional.empty();
    }
    Value left = equation.operands().getFirst();
    Value right = equation.operands().getLast();
    Optional<Equation> l = transposed(left, leftBatch, leftContract, context);
    if (l.isPresent()) {
      List<Integer> axes = ((Transpose) l.get().op()).permutation();
      return Rewrite.becomes(
          new Dot(of(axes, leftBatch), rightBatch, of(axes, leftContract), rightContract),
          l.get().operands().getFirst(),
          right);
    }
    return transposed(right, rightBatch, rightContract, context)
        .flatMap(
            r -> {
              List<Integer> axes = ((Transpose) r.op()).permutation();
              return Rewrite.becomes(
                  new Dot(leftBatch, of(axes, rightBatch), leftContract, of(axes, rightContract)),
                  left,
                  r.operands().getFirst());
            });
  }

  private static List<Integer> of(List<Integer> permutation, List<Integer> axes) {
    return axes.stream().map(permutation::get).toList();
  }

  /// Returns the transposition that makes the operand, if what the product keeps of it is in order.
  private static Optional<Equation> transposed(
      Value operand, List<Integer> batch, List<Integer> contract, Context context) {
    Optional<Equation> made = context.by(Transpose.class, operand);
    if (made.isEmpty()) {
      return made;
    }
    int last = -1;
    List<Integer> permutation = ((Transpose) made.get().op()).permutation();
    for (int i = 0; i < permutation.size(); i++) {
      if (!batch.contains(i) && !contract.contains(i)) {
        if (permutation.get(i) < last) {
          return Optional.empty();
        }
        last = permutation.get(i);
      }
    }
    return made;
  }
}
