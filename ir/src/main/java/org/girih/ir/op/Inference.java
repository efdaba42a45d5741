package org.girih.ir.op;

import java.util.List;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.Condition;
import org.girih.ir.type.Dim;

/// The questions that a typing rule may ask: the types of functions, and whether sizes are what
/// they must be. A question that normal forms cannot decide becomes a condition ([#unknown]).
public interface Inference {
  /// The types of a function's parameters and results.
  record Signature(List<ArrayType> params, List<ArrayType> results) {}

  /// @throws IllTyped if there is no such function
  Signature signature(FuncRef function);

  /// Returns the same for the constraint of that number in the op's doc, which failures then cite.
  default Inference c(int number) {
    return new Constraint(this, number);
  }

  /// Returns what is thrown with that message.
  default IllTyped refused(String message) {
    return new IllTyped(message);
  }

  /// Takes note of what could not be decided: `n // 2 == m`.
  void unknown(Condition condition);

  /// Demands something of the operands.
  ///
  /// @throws IllTyped with the formatted message
  default void require(boolean holds, String format, Object... args) {
    if (!holds) {
      throw refused(String.format(format, args));
    }
  }

  default void count(List<ArrayType> in, int operands) {
    require(
        in.size() == operands,
        operands == 1 ? "expected %d operand, got %d" : "expected %d operands, got %d",
        operands,
        in.size());
  }

  /// Demands equal sizes.
  default void equal(Dim a, Dim b, String what) {
    switch (a.equalTo(b)) {
      case YES -> {}
      case NO -> throw refused(what + ": " + a + " and " + b + " differ");
      case UNKNOWN -> unknown(Condition.equal(a, b));
    }
  }

  /// Demands `a >= b`.
  default void atLeast(Dim a, Dim b, String what) {
    switch (a.atLeast(b)) {
      case YES -> {}
      case NO -> throw refused(what + ": " + a + " is less than " + b);
      case UNKNOWN -> unknown(Condition.atLeast(a, b));
    }
  }

  /// Demands equal dims.
  default void sameDims(ArrayType a, ArrayType b) {
    require(a.rank() == b.rank(), "%s and %s differ in rank", a, b);
    for (int i = 0; i < a.rank(); i++) {
      equal(a.dim(i), b.dim(i), "dimension " + i);
    }
  }

  /// Demands equal types.
  default void same(ArrayType a, ArrayType b) {
    require(a.dtype() == b.dtype(), "%s and %s differ in dtype", a, b);
    sameDims(a, b);
  }

  /// Demands equal types, pair by pair.
  default void same(List<ArrayType> a, List<ArrayType> b, String what) {
    require(a.size() == b.size(), "%s: %d values and %d", what, a.size(), b.size());
    for (int i = 0; i < a.size(); i++) {
      same(a.get(i), b.get(i));
    }
  }

  /// Demands an axis of the type.
  default void axis(ArrayType type, int axis) {
    require(axis >= 0 && axis < type.rank(), "no axis %d in %s", axis, type);
  }

  /// Demands distinct axes of the type.
  default void axes(ArrayType type, List<Integer> axes) {
    for (int axis : axes) {
      axis(type, axis);
    }
    require(axes.stream().distinct().count() == axes.size(), "an axis is repeated in %s", axes);
  }

  /// Demands a scalar `i32`, which run-time positions have.
  default void position(ArrayType type) {
    require(
        type.equals(ArrayType.scalar(org.girih.ir.type.DType.I32)),
        "expected a position of type i32, got %s",
        type);
  }
}
