package org.girih.passes.rewrite;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.girih.ir.op.Constant;
import org.girih.ir.program.Equation;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.Literal;
import org.girih.passes.scalar.ExactRules;
import org.girih.passes.scalar.Scalar;

/// A pointwise op on literals is a literal, where [ExactRules] knows its result to the bit: every
/// device computes the same. At most 4,096 elements are computed; arrays that hold one element
/// everywhere count as one.
///
/// ```
/// %0: i32 = constant {value = i32 2}
/// %1: i32 = multiply %0 %0                             ───▶  %1: i32 = constant {value = i32 4}
/// ```
final class FoldConstant implements Rewrite {
  private static final long MAX_ELEMENTS = 4096;

  @Override
  public Optional<Step> apply(Equation equation, Context context) {
    if (equation.operands().isEmpty() || !ExactRules.knows(equation.op())) {
      return Optional.empty();
    }
    List<Literal> literals = new ArrayList<>();
    for (var operand : equation.operands()) {
      var literal = context.literal(operand);
      if (literal.isEmpty()) {
        return Optional.empty();
      }
      literals.add(literal.get());
    }
    ArrayType type = equation.result().type();
    boolean splat = literals.stream().allMatch(Literal::isSplat);
    long count = splat ? 1 : type.elements().known().orElseThrow();
    if (count > MAX_ELEMENTS) {
      return Optional.empty();
    }
    int size = type.dtype().bytes();
    byte[] bytes = new byte[Math.toIntExact(count * size)];
    for (int i = 0; i < count; i++) {
      List<Scalar> elements = new ArrayList<>();
      for (Literal literal : literals) {
        elements.add(Scalar.of(literal.type().dtype(), literal.element(i)));
      }
      var result = ExactRules.apply(equation.op(), literals.getLast().type().dtype(), elements);
      if (result.isEmpty()) {
        return Optional.empty();
      }
      System.arraycopy(result.get().bytes(type.dtype()), 0, bytes, i * size, size);
    }
    Literal literal = splat ? Literal.splat(type, bytes) : Literal.dense(type, bytes);
    return Rewrite.becomes(new Constant(literal));
  }
}
