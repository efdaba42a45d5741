package org.girih.passes.rewrite;

import java.util.Optional;
import org.girih.ir.op.Constant;
import org.girih.ir.op.Op;
import org.girih.ir.program.Equation;
import org.girih.ir.type.Literal;
import org.girih.ir.type.Value;

/// Finds what defines a value, within one function.
@FunctionalInterface
public interface DefiningEquations {
  /// Returns the equation, or null for a parameter.
  Equation equation(Value value);

  /// Returns the value's equation, if its op is of this type.
  default <T extends Op> Optional<Equation> by(Class<T> op, Value value) {
    Equation equation = equation(value);
    return equation != null && op.isInstance(equation.op())
        ? Optional.of(equation)
        : Optional.empty();
  }

  /// Returns the literal that the value is.
  default Optional<Literal> literal(Value value) {
    Equation equation = equation(value);
    return equation != null && equation.op() instanceof Constant(Literal literal)
        ? Optional.of(literal)
        : Optional.empty();
  }

  /// Returns the literal that the value is, if one element is everywhere in it.
  default Optional<Literal> splat(Value value) {
    return literal(value).filter(Literal::isSplat);
  }
}
