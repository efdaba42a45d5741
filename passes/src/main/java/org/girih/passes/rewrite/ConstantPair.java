package org.girih.passes.rewrite;

import java.util.Optional;
import org.girih.ir.op.Arithmetic;
import org.girih.ir.program.Equation;
import org.girih.ir.type.DType;
import org.girih.ir.type.Value;

/// Adds the sum of two constants that are added one after the other, and likewise products. Of
/// integers that is the same modulo 2ⁿ. Floats are rounded at another place, so that their rule is
/// not among those of `simplify`, but of the pass `reassociate`.
///
/// ```
/// %1: i32 = constant {value = i32 3}
/// %2: i32 = multiply %0 %1
/// %3: i32 = multiply %1 %2                             ───▶  %3: i32 = multiply %0 9
/// ```
final class ConstantPair implements Rewrite {
  private final boolean floats;

  /// @param floats whether floats are meant, instead of integers
  ConstantPair(boolean floats) {
    this.floats = floats;
  }

  @Override
  public Optional<Step> apply(Equation equation, Context context) {
    DType dtype = equation.results().getFirst().type().dtype();
    boolean meant = floats ? dtype.inexact() && !dtype.complex() : dtype.integer();
    if (!meant || equation.op() != Arithmetic.ADD && equation.op() != Arithmetic.MULTIPLY) {
      return Optional.empty();
    }
    Optional<Value> outer = constant(equation, context);
    if (outer.isEmpty()) {
      return Optional.empty();
    }
    Value rest = other(equation, outer.get());
    Equation before = context.equation(rest);
    if (before == null || before.op() != equation.op()) {
      return Optional.empty();
    }
    Optional<Value> inner = constant(before, context);
    if (inner.isEmpty()) {
      return Optional.empty();
    }
    Value x = other(before, inner.get());
    if (context.literal(x).isPresent()) {
      return Optional.empty(); // That is folded.
    }
    Value both = context.emit(equation.op(), outer.get().type(), inner.get(), outer.get());
    return Rewrite.becomes(equation.op(), x, both);
  }

  private static Optional<Value> constant(Equation equation, Context context) {
    return equation.operands().stream().filter(x -> context.literal(x).isPresent()).findFirst();
  }

  private static Value other(Equation equation, Value value) {
    Value left = equation.operands().getFirst();
    return left.equals(value) ? equation.operands().getLast() : left;
  }
}
