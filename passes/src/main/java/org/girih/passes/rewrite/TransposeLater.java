package org.girih.passes.rewrite;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.girih.ir.op.Constant;
import org.girih.ir.op.Select;
import org.girih.ir.op.Transpose;
import org.girih.ir.program.Equation;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.Dim;
import org.girih.ir.type.Literal;
import org.girih.ir.type.Value;

/// Computes first, and then transposes, once, what is computed of two arrays or more transposed in
/// the same way. The op computes the same bits at each place ([Pointwise]).
///
/// ```
/// %2: f32[3, 2] = transpose %0 {permutation = [1, 0]}
/// %3: f32[3, 2] = transpose %1 {permutation = [1, 0]}
/// %4: f32[3, 2] = add %2 %3
///   ───▶  %4: f32[2, 3] = add %0 %1
///         %5: f32[3, 2] = transpose %4 {permutation = [1, 0]}
/// ```
///
/// Limits: of one transposed array nothing would be gained, so it stays where it is.
final class TransposeLater implements Rewrite {
  @Override
  public Optional<Step> apply(Equation equation, Context context) {
    if (!Pointwise.isExact(equation)) {
      return Optional.empty();
    }
    Optional<Transpose> op = Optional.empty();
    int transposed = 0;
    for (Value operand : equation.operands()) {
      Equation made = context.equation(operand);
      if (made != null && made.op() instanceof Transpose transpose) {
        if (!op.orElse(transpose).equals(transpose)) {
          return Optional.empty();
        }
        op = Optional.of(transpose);
        transposed++;
      } else if (context.splat(operand).isEmpty() && !isChoice(equation, operand)) {
        return Optional.empty();
      }
    }
    if (transposed < 2) {
      return Optional.empty();
    }
    List<Dim> dims = before(op.get(), equation.result().type().dims());
    var operands = new ArrayList<Value>();
    for (Value operand : equation.operands()) {
      operands.add(before(operand, dims, context));
    }
    Value first =
        context.emit(
            equation.op(), equation.result().type().withDims(dims), operands.toArray(Value[]::new));
    return Rewrite.becomes(op.get(), first);
  }

  private static boolean isChoice(Equation equation, Value operand) {
    return equation.op() instanceof Select && operand.type().isScalar();
  }

  private static List<Dim> before(Transpose op, List<Dim> after) {
    var dims = new ArrayList<>(after);
    for (int i = 0; i < after.size(); i++) {
      dims.set(op.permutation().get(i), after.get(i));
    }
    return dims;
  }

  private static Value before(Value operand, List<Dim> dims, Context context) {
    Optional<Equation> transposed = context.by(Transpose.class, operand);
    if (transposed.isPresent()) {
      return transposed.get().operands().getFirst();
    }
    if (operand.type().rank() != dims.size()) {
      return operand; // what a select asks, a scalar
    }
    ArrayType type = operand.type().withDims(dims);
    byte[] element = context.splat(operand).orElseThrow().element(0);
    return context.emit(new Constant(Literal.splat(type, element)), type);
  }
}
