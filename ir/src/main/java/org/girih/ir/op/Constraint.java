package org.girih.ir.op;

import org.girih.ir.type.Condition;

/// The same questions, asked for one of an op's numbered constraints ([Inference#c]): what fails
/// cites its number. What cannot be decided does not.
record Constraint(Inference rule, int number) implements Inference {
  /// Keeps the number: what an op leaves to the rule of another is a constraint of its own.
  @Override
  public Inference c(int ignored) {
    return this;
  }

  @Override
  public Signature signature(FuncRef function) {
    try {
      return rule.signature(function);
    } catch (IllTyped problem) {
      throw refused(problem.getMessage());
    }
  }

  @Override
  public void unknown(Condition condition) {
    rule.unknown(condition);
  }

  @Override
  public IllTyped refused(String message) {
    return new IllTyped(number, message);
  }
}
