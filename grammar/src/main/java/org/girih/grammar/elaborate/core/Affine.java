package org.girih.grammar.elaborate.core;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;

/// A whole number as base + Σ coefficient · symbol. No coefficient is 0, and no symbol is one that
/// is always 0. Arithmetic throws [ArithmeticException] where 64 bits do not suffice.
public record Affine(long base, Map<Symbol, Long> terms) {
  /// At most this many values are looked at one by one.
  private static final long MAX_VALUES = 4096;

  public Affine {
    terms = Map.copyOf(terms);
  }

  public static Affine of(long number) {
    return new Affine(number, Map.of());
  }

  public static Affine of(Symbol symbol) {
    return of(0).plus(symbol, 1);
  }

  private Affine plus(Symbol symbol, long coefficient) {
    if (symbol.count().orElse(2) <= 1) {
      return this;
    }
    var sum = new LinkedHashMap<>(terms);
    sum.merge(symbol, coefficient, Math::addExact);
    sum.values().removeIf(c -> c == 0);
    return new Affine(base, sum);
  }

  public Affine plus(Affine other) {
    Affine sum = new Affine(Math.addExact(base, other.base), terms);
    for (var term : other.terms.entrySet()) {
      sum = sum.plus(term.getKey(), term.getValue());
    }
    return sum;
  }

  public Affine times(long factor) {
    var product = new LinkedHashMap<Symbol, Long>();
    if (factor != 0) {
      terms.forEach((s, c) -> product.put(s, Math.multiplyExact(c, factor)));
    }
    return new Affine(Math.multiplyExact(base, factor), product);
  }

  boolean isNumber() {
    return terms.isEmpty();
  }

  /// Returns where a read begins: the index itself where that is proved to lie inside.
  public static Affine read(Affine index, OptionalLong size, long width, String text) {
    var range = index.range();
    if (range.isPresent() && size.isPresent()) {
      long n = size.getAsLong();
      if (range.get().low >= 0 && range.get().high <= n - width) {
        return index;
      }
      if (range.get().high < 0 && range.get().low >= -n && range.get().high + n <= n - width) {
        return index.plus(of(n));
      }
    }
    return of(new Symbol.Read(index, size, width, text));
  }

  /// The number with some symbols replaced; null leaves a symbol as it is.
  public Affine with(Function<Symbol, Affine> replacement) {
    Affine out = of(base);
    for (var term : terms.entrySet()) {
      Affine by =
          term.getKey() instanceof Symbol.Read read
              ? read(inside(read.index(), replacement), read.size(), read.width(), read.text())
              : replacement.apply(term.getKey());
      out =
          by == null
              ? out.plus(term.getKey(), term.getValue())
              : out.plus(by.times(term.getValue()));
    }
    return out;
  }

  private static Affine inside(Affine index, Function<Symbol, Affine> replacement) {
    try {
      return index.with(replacement);
    } catch (ArithmeticException tooLarge) {
      return of(Symbol.Unknown.any());
    }
  }

  /// Bounds, both included.
  public record Range(long low, long high) {}

  /// The least and the greatest value, where all symbols are bounded.
  Optional<Range> range() {
    long low = base;
    long high = base;
    try {
      for (var term : terms.entrySet()) {
        if (term.getKey().count().isEmpty()) {
          return Optional.empty();
        }
        long last = Math.multiplyExact(term.getValue(), term.getKey().count().getAsLong() - 1);
        low = Math.addExact(low, Math.min(0, last));
        high = Math.addExact(high, Math.max(0, last));
      }
    } catch (ArithmeticException tooLarge) {
      return Optional.empty();
    }
    return Optional.of(new Range(low, high));
  }

  /// Returns whether it depends on such a symbol, be it by the index of a read.
  public boolean depends(Predicate<Symbol> which) {
    return terms.keySet().stream()
        .anyMatch(
            s -> which.test(s) || s instanceof Symbol.Read read && read.index().depends(which));
  }

  /// The reads in it.
  List<Symbol.Read> reads() {
    var out = new ArrayList<Symbol.Read>();
    terms.keySet().forEach(s -> out.addAll(s instanceof Symbol.Read r ? List.of(r) : List.of()));
    return out;
  }

  /// Returns whether no value of this is one of the other, whatever the symbols of each are.
  boolean apart(Affine other) {
    if (below(other) || other.below(this)) {
      return true;
    }
    long divisor = 0;
    for (long c : terms.values()) {
      divisor = gcd(divisor, c);
    }
    for (long c : other.terms.values()) {
      divisor = gcd(divisor, c);
    }
    if (divisor != 0 && (base - other.base) % divisor != 0) {
      return true;
    }
    var values = values();
    var others = other.values();
    return values.isPresent()
        && others.isPresent()
        && values.get().stream().noneMatch(others.get()::contains);
  }

  /// Returns whether all values are less than the other's.
  private boolean below(Affine other) {
    var high = bound(1);
    var low = other.bound(-1);
    return high.isPresent() && low.isPresent() && high.getAsLong() < low.getAsLong();
  }

  /// The greatest value, or the least for a direction of −1, if there is one.
  private OptionalLong bound(int direction) {
    long out = base;
    for (var term : terms.entrySet()) {
      if (Long.signum(term.getValue()) == direction) {
        Symbol symbol = term.getKey();
        if (symbol.count().isEmpty()) {
          return OptionalLong.empty();
        }
        out += term.getValue() * (symbol.count().getAsLong() - 1);
      } else if (term.getKey() instanceof Symbol.Unknown) {
        return OptionalLong.empty();
      }
    }
    return OptionalLong.of(out);
  }

  /// Returns whether a value of this is one of the other for sure, given that all of them occur.
  boolean meets(Affine other) {
    var values = values();
    var others = other.values();
    if (values.isPresent() && others.isPresent()) {
      return values.get().stream().anyMatch(others.get()::contains);
    }
    return unbroken() && other.unbroken() && !apart(other);
  }

  /// Returns whether it is a number, or goes over neighbours.
  private boolean unbroken() {
    return terms.size() <= 1
        && terms.entrySet().stream()
            .allMatch(t -> Math.abs(t.getValue()) == 1 && t.getKey().count().isPresent());
  }

  /// Returns whether it goes over a whole axis.
  boolean isAll(Symbol.Axis axis) {
    return base == 0
        && (axis.count().orElse(2) <= 1
            || terms.size() == 1
                && terms.entrySet().stream()
                    .allMatch(
                        t ->
                            t.getValue() == 1
                                && t.getKey() instanceof Symbol.Axis a
                                && a.count().equals(axis.count())
                                && (a == axis || a.count().isPresent())));
  }

  private static long gcd(long a, long b) {
    return b == 0 ? Math.abs(a) : gcd(b, a % b);
  }

  /// All values, where they are few.
  private Optional<TreeSet<Long>> values() {
    long count = 1;
    for (Symbol symbol : terms.keySet()) {
      long own = symbol.count().orElse(Long.MAX_VALUE);
      if (own > MAX_VALUES || count * own > MAX_VALUES) {
        return Optional.empty();
      }
      count *= own;
    }
    var out = new TreeSet<>(List.of(base));
    for (var term : terms.entrySet()) {
      var next = new TreeSet<Long>();
      for (long i = 0; i < term.getKey().count().getAsLong(); i++) {
        for (long value : out) {
          next.add(value + i * term.getValue());
        }
      }
      out = next;
    }
    return Optional.of(out);
  }
}
