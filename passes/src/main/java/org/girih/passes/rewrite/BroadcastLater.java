package org.girih.passes.rewrite;

import java.util.ArrayList;
import java.util.Optional;
import org.girih.ir.op.Broadcast;
import org.girih.ir.op.Constant;
import org.girih.ir.op.Select;
import org.girih.ir.program.Equation;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.Literal;
import org.girih.ir.type.Value;

/// Computes once, and repeats, what is computed of arrays repeated in the same way. Each element is
/// computed from the same numbers, and the op computes the same bits at each place ([Pointwise]).
///
/// ```
/// %2: f32[9, 3] = broadcast %0 {dims = [9, 3], axes = [1]}
/// %3: f32[9, 3] = broadcast %1 {dims = [9, 3], axes = [1]}
/// %4: f32[9, 3] = add %2 %3
///   ───▶  %4: f32[3] = add %0 %1
///         %5: f32[9, 3] = broadcast %4 {dims = [9, 3], axes = [1]}
/// ```
///
/// A literal that holds one element everywhere counts as repeated. Limits: one operand that is not
/// repeated keeps all others so, and repetitions along different axes are not joined.
final class BroadcastLater implements Rewrite {
  @Override
  public Optional<Step> apply(Equation equation, Context context) {
    if (equation.operands().isEmpty() || !Pointwise.isExact(equation)) {
      return Optional.empty();
    }
    Optional<Equation> repeated =
        equation.operands().stream()
            .flatMap(o -> context.by(Broadcast.class, o).stream())
            .findFirst();
    if (repeated.isEmpty()) {
      return Optional.empty();
    }
    var op = (Broadcast) repeated.get().op();
    ArrayType source = repeated.get().operands().getFirst().type();
    ArrayType type = equation.result().type();
    if (!op.dims().equals(type.dims()) || !isLess(source, type)) {
      return Optional.empty();
    }
    for (int i = 0; i < equation.operands().size(); i++) {
      if (!fits(equation, i, op, context)) {
        return Optional.empty();
      }
    }
    var operands = new ArrayList<Value>();
    for (Value operand : equation.operands()) {
      operands.add(once(operand, type, source, context));
    }
    Value small =
        context.emit(equation.op(), type.withDims(source.dims()), operands.toArray(Value[]::new));
    return Rewrite.becomes(op, small);
  }

  private static boolean isLess(ArrayType a, ArrayType b) {
    return a.elements().known().orElse(Long.MAX_VALUE) < b.elements().known().orElse(0L);
  }

  private static boolean fits(Equation equation, int i, Broadcast op, Context context) {
    Value operand = equation.operands().get(i);
    boolean choice = equation.op() instanceof Select && i == 0 && operand.type().isScalar();
    return choice
        || context.splat(operand).isPresent()
        || context.by(Broadcast.class, operand).filter(b -> b.op().equals(op)).isPresent();
  }

  private static Value once(Value operand, ArrayType large, ArrayType source, Context context) {
    if (!operand.type().dims().equals(large.dims())) {
      return operand; // what a select asks, a scalar
    }
    Optional<Literal> splat = context.splat(operand);
    if (splat.isEmpty()) {
      return context.by(Broadcast.class, operand).orElseThrow().operands().getFirst();
    }
    ArrayType small = operand.type().withDims(source.dims());
    return context.emit(new Constant(Literal.splat(small, splat.get().element(0))), small);
  }
}
