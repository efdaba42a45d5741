package org.girih.passes.rewrite;

import java.util.List;
import java.util.Optional;
import org.girih.ir.op.Op;
import org.girih.ir.program.Equation;
import org.girih.ir.type.Value;

/// A rule that replaces an equation.
@FunctionalInterface
public interface Rewrite {
  /// The fate of an equation.
  sealed interface Step {
    /// The value replaces its only result.
    record Is(Value value) implements Step {}

    /// The results stay, computed so; operands are among what was defined before.
    record Becomes(Op op, List<Value> operands) implements Step {
      public Becomes {
        operands = List.copyOf(operands);
      }
    }
  }

  /// Returns what to do with the equation; empty if the pattern does not fit.
  Optional<Step> apply(Equation equation, Context context);

  static Optional<Step> is(Value value) {
    return Optional.of(new Step.Is(value));
  }

  static Optional<Step> becomes(Op op, Value... operands) {
    return Optional.of(new Step.Becomes(op, List.of(operands)));
  }
}
