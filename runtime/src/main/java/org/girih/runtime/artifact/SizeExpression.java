package org.girih.runtime.artifact;

import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/// A size that is worked out from others: `2 * n`, `(n + 1) // 2`, `max(n, m) - 1`. `*` and `//`
/// group from the left, `//` rounds down.
sealed interface SizeExpression {
  /// A number.
  record Number(long value) implements SizeExpression {}

  /// A size with a name.
  record Name(String name) implements SizeExpression {}

  /// An operation.
  record Of(Operation operation, SizeExpression left, SizeExpression right)
      implements SizeExpression {}

  /// An operation on two sizes.
  enum Operation {
    PLUS,
    MINUS,
    TIMES,
    FLOOR_DIVIDE,
    MAX,
    MIN
  }

  /// Reads one.
  ///
  /// @throws IllegalArgumentException if the text is none, or has more than a hundred operations
  static SizeExpression parse(String text) {
    return new Reader(text).whole();
  }

  /// Returns the names in it.
  default Set<String> names() {
    var names = new TreeSet<String>();
    collect(this, names);
    return names;
  }

  private static void collect(SizeExpression expression, Set<String> names) {
    switch (expression) {
      case Number _ -> {}
      case Name(String name) -> names.add(name);
      case Of(_, var left, var right) -> {
        collect(left, names);
        collect(right, names);
      }
    }
  }

  /// Returns its number for these sizes, which are all of its names. Absent if it has none: beyond
  /// 64 bits, or divided by zero.
  default OptionalLong value(Map<String, Long> sizes) {
    try {
      return OptionalLong.of(compute(this, sizes));
    } catch (ArithmeticException _) {
      return OptionalLong.empty();
    }
  }

  private static long compute(SizeExpression expression, Map<String, Long> sizes) {
    return switch (expression) {
      case Number(long value) -> value;
      case Name(String name) -> sizes.get(name);
      case Of(Operation operation, var left, var right) -> {
        long a = compute(left, sizes);
        long b = compute(right, sizes);
        yield switch (operation) {
          case PLUS -> Math.addExact(a, b);
          case MINUS -> Math.subtractExact(a, b);
          case TIMES -> Math.multiplyExact(a, b);
          case FLOOR_DIVIDE -> Math.floorDiv(a, b);
          case MAX -> Math.max(a, b);
          case MIN -> Math.min(a, b);
        };
      }
    };
  }

  /// Reads from the left.
  final class Reader {
    private static final int MAX_DEPTH = 100;

    private final String text;
    private int at;
    private int depth;

    private Reader(String text) {
      this.text = text;
    }

    private SizeExpression whole() {
      SizeExpression all = sum();
      skip();
      if (at < text.length()) {
        throw wrong();
      }
      return all;
    }

    private SizeExpression sum() {
      boolean negative = take("-");
      SizeExpression sum = product();
      if (negative) {
        sum = of(Operation.MINUS, new Number(0), sum);
      }
      while (true) {
        if (take("+")) {
          sum = of(Operation.PLUS, sum, product());
        } else if (take("-")) {
          sum = of(Operation.MINUS, sum, product());
        } else {
          return sum;
        }
      }
    }

    private SizeExpression product() {
      SizeExpression product = factor();
      while (true) {
        if (take("//")) {
          product = of(Operation.FLOOR_DIVIDE, product, factor());
        } else if (take("*")) {
          product = of(Operation.TIMES, product, factor());
        } else {
          return product;
        }
      }
    }

    private SizeExpression factor() {
      if (take("(")) {
        deeper();
        SizeExpression inner = sum();
        expect(")");
        return inner;
      }
      skip();
      int start = at;
      while (at < text.length() && Character.isJavaIdentifierPart(text.charAt(at))) {
        at++;
      }
      String word = text.substring(start, at);
      if (word.isEmpty()) {
        throw wrong();
      }
      if ((word.equals("max") || word.equals("min")) && take("(")) {
        deeper();
        SizeExpression left = sum();
        expect(",");
        SizeExpression right = sum();
        expect(")");
        return of(word.equals("max") ? Operation.MAX : Operation.MIN, left, right);
      }
      return Character.isDigit(word.charAt(0)) ? new Number(Long.parseLong(word)) : new Name(word);
    }

    private SizeExpression of(Operation operation, SizeExpression left, SizeExpression right) {
      deeper();
      return new Of(operation, left, right);
    }

    /// Counts parentheses and operations alike, since chains nest too: what walks the tree needs no
    /// deep stack.
    private void deeper() {
      if (++depth > MAX_DEPTH) {
        throw wrong();
      }
    }

    private boolean take(String token) {
      skip();
      boolean there = text.startsWith(token, at);
      at += there ? token.length() : 0;
      return there;
    }

    private void expect(String token) {
      if (!take(token)) {
        throw wrong();
      }
    }

    private void skip() {
      while (at < text.length() && text.charAt(at) == ' ') {
        at++;
      }
    }

    private IllegalArgumentException wrong() {
      return new IllegalArgumentException("no size: " + text);
    }
  }
}
