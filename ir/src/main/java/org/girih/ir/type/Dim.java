package org.girih.ir.type;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// One dimension's size, never negative when it is in a type; differences that occur on the way may
/// be. Arithmetic is on normal forms, so that equal polynomials are equal records.
public sealed interface Dim {
  /// A number.
  record Known(long size) implements Dim {
    @Override
    public String toString() {
      return Long.toString(size);
    }
  }

  /// A sum of monomials with non-zero coefficients; never constant (that is [Known]).
  record Poly(SortedMap<Monomial, Long> terms) implements Dim {
    @Override
    public String toString() {
      return DimText.of(terms);
    }
  }

  /// The answer to a question about sizes; UNKNOWN becomes a condition that each call must meet.
  enum Truth {
    YES,
    NO,
    UNKNOWN
  }

  static Dim of(long size) {
    return new Known(size);
  }

  /// Returns the size called so.
  static Dim name(String name) {
    return atom(new Atom.Name(name));
  }

  private static Dim atom(Atom atom) {
    return normal(new TreeMap<>(Map.of(Monomial.of(atom), 1L)));
  }

  private static Dim normal(TreeMap<Monomial, Long> terms) {
    terms.values().removeIf(c -> c == 0);
    if (terms.isEmpty()) {
      return new Known(0);
    }
    if (terms.size() == 1 && terms.firstKey().isOne()) {
      return new Known(terms.firstEntry().getValue());
    }
    return new Poly(java.util.Collections.unmodifiableSortedMap(terms));
  }

  /// Returns the terms; of a number, its one constant term.
  default SortedMap<Monomial, Long> asTerms() {
    return switch (this) {
      case Known(long size) ->
          size == 0 ? new TreeMap<>() : new TreeMap<>(Map.of(Monomial.ONE, size));
      case Poly(var terms) -> terms;
    };
  }

  /// @throws ArithmeticException if a coefficient leaves 64 bits
  default Dim plus(Dim other) {
    if (this instanceof Known(long a) && other instanceof Known(long b)) {
      return new Known(Math.addExact(a, b));
    }
    var sum = new TreeMap<>(asTerms());
    other.asTerms().forEach((m, c) -> sum.merge(m, c, Math::addExact));
    return normal(sum);
  }

  default Dim minus(Dim other) {
    return plus(other.times(new Known(-1)));
  }

  default Dim plus(long other) {
    return plus(new Known(other));
  }

  /// @throws ArithmeticException if a coefficient leaves 64 bits
  default Dim times(Dim other) {
    if (this instanceof Known(long a) && other instanceof Known(long b)) {
      return new Known(Math.multiplyExact(a, b));
    }
    var product = new TreeMap<Monomial, Long>();
    asTerms()
        .forEach(
            (m, c) ->
                other
                    .asTerms()
                    .forEach(
                        (n, d) ->
                            product.merge(m.times(n), Math.multiplyExact(c, d), Math::addExact)));
    return normal(product);
  }

  default Dim times(long other) {
    return times(new Known(other));
  }

  /// Returns the quotient rounded down: a number, an exact polynomial quotient, or the atom `p //
  /// q`.
  ///
  /// @throws ArithmeticException for a zero divisor
  default Dim floorDiv(Dim by) {
    if (by instanceof Known(long zero) && zero == 0) {
      throw new ArithmeticException("division by zero");
    }
    if (this instanceof Known(long a) && by instanceof Known(long b)) {
      return new Known(Math.floorDiv(a, b));
    }
    return DimDivision.exact(this, by).orElseGet(() -> atom(new Atom.FloorDiv(this, by)));
  }

  /// Returns the remainder with the sign of the divisor.
  ///
  /// @throws ArithmeticException for a zero divisor
  default Dim floorMod(Dim by) {
    if (this instanceof Known(long a) && by instanceof Known(long b)) {
      return new Known(Math.floorMod(a, b));
    }
    return minus(floorDiv(by).times(by));
  }

  default Dim max(Dim other) {
    return switch (atLeast(other)) {
      case YES -> this;
      case NO -> other;
      case UNKNOWN -> other.atLeast(this) == Truth.YES ? other : atom(Atom.Max.of(this, other));
    };
  }

  default Dim min(Dim other) {
    return switch (atLeast(other)) {
      case YES -> other;
      case NO -> this;
      case UNKNOWN -> other.atLeast(this) == Truth.YES ? this : atom(Atom.Min.of(this, other));
    };
  }

  /// Returns whether they are the same for all values of the names. Sizes that differ by a
  /// polynomial without floors, minima and maxima differ for some value: the answer is NO, since
  /// differently named sizes are never taken for equal.
  default Truth equalTo(Dim other) {
    if (this.equals(other)) {
      return Truth.YES;
    }
    return switch (minus(other)) {
      case Known _ -> Truth.NO;
      case Poly(var terms) ->
          terms.keySet().stream().allMatch(Monomial::plain) ? Truth.NO : Truth.UNKNOWN;
    };
  }

  /// Returns whether it is at least the other for all sizes ≥ 0; NO only if it is less for all of
  /// them.
  default Truth atLeast(Dim other) {
    return switch (minus(other)) {
      case Known(long d) -> d >= 0 ? Truth.YES : Truth.NO;
      case Poly(var terms) -> {
        boolean nonNegative =
            terms.entrySet().stream().allMatch(t -> t.getValue() >= 0 && t.getKey().nonNegative());
        boolean negative =
            terms.entrySet().stream().allMatch(t -> t.getValue() <= 0 && t.getKey().nonNegative())
                && terms.getOrDefault(Monomial.ONE, 0L) < 0;
        yield nonNegative ? Truth.YES : negative ? Truth.NO : Truth.UNKNOWN;
      }
    };
  }

  /// Returns its value when the names have these.
  ///
  /// @throws ArithmeticException for overflow or a zero divisor
  /// @throws IllegalArgumentException for a name without a value
  default long evaluate(Map<String, Long> sizes) {
    return switch (this) {
      case Known(long size) -> size;
      case Poly(var terms) -> {
        long sum = 0;
        for (var term : terms.entrySet()) {
          sum =
              Math.addExact(
                  sum, Math.multiplyExact(term.getKey().evaluate(sizes), term.getValue()));
        }
        yield sum;
      }
    };
  }

  /// Returns its value, where it is a number.
  default java.util.OptionalLong known() {
    return this instanceof Known(long size)
        ? java.util.OptionalLong.of(size)
        : java.util.OptionalLong.empty();
  }
}
