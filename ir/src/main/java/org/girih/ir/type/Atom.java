package org.girih.ir.type;

import java.util.Map;

/// The building block of polynomials of sizes: a name, or a term that is not polynomial.
public sealed interface Atom extends Comparable<Atom> {
  record Name(String name) implements Atom {
    @Override
    public String toString() {
      return name;
    }
  }

  record FloorDiv(Dim dividend, Dim divisor) implements Atom {
    @Override
    public String toString() {
      return DimText.factor(dividend) + " // " + DimText.factor(divisor);
    }
  }

  record Max(Dim left, Dim right) implements Atom {
    /// Puts the operands in one order, since it commutes.
    static Max of(Dim a, Dim b) {
      return a.toString().compareTo(b.toString()) <= 0 ? new Max(a, b) : new Max(b, a);
    }

    @Override
    public String toString() {
      return "max(" + left + ", " + right + ")";
    }
  }

  record Min(Dim left, Dim right) implements Atom {
    /// Puts the operands in one order, since it commutes.
    static Min of(Dim a, Dim b) {
      return a.toString().compareTo(b.toString()) <= 0 ? new Min(a, b) : new Min(b, a);
    }

    @Override
    public String toString() {
      return "min(" + left + ", " + right + ")";
    }
  }

  /// Returns whether its value is ≥ 0 for all sizes ≥ 0.
  default boolean nonNegative() {
    Dim zero = Dim.of(0);
    return switch (this) {
      case Name _ -> true;
      case FloorDiv(Dim a, Dim b) ->
          a.atLeast(zero) == Dim.Truth.YES && b.atLeast(zero) == Dim.Truth.YES;
      case Max(Dim a, Dim b) ->
          a.atLeast(zero) == Dim.Truth.YES || b.atLeast(zero) == Dim.Truth.YES;
      case Min(Dim a, Dim b) ->
          a.atLeast(zero) == Dim.Truth.YES && b.atLeast(zero) == Dim.Truth.YES;
    };
  }

  /// Returns its value when the names have these.
  ///
  /// @throws ArithmeticException for overflow or a zero divisor
  default long evaluate(Map<String, Long> sizes) {
    return switch (this) {
      case Name(String name) -> {
        Long size = sizes.get(name);
        if (size == null) {
          throw new IllegalArgumentException("no value for size " + name);
        }
        yield size;
      }
      case FloorDiv(Dim a, Dim b) -> Math.floorDiv(a.evaluate(sizes), b.evaluate(sizes));
      case Max(Dim a, Dim b) -> Math.max(a.evaluate(sizes), b.evaluate(sizes));
      case Min(Dim a, Dim b) -> Math.min(a.evaluate(sizes), b.evaluate(sizes));
    };
  }

  @Override
  default int compareTo(Atom other) {
    return toString().compareTo(other.toString());
  }
}
