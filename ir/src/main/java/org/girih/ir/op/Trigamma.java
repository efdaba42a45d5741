package org.girih.ir.op;

import org.girih.ir.type.Value;

/// The derivative of `digamma`, ψ′(x) = Σ 1 / (x + k)², k = 0, 1, …, as equations, so that further
/// derivatives follow from theirs.
final class Trigamma {
  /// The recurrence is used this many times; then the asymptotic series is exact in `f64`.
  private static final int STEPS = 12;

  /// Bernoulli numbers B₂, B₄, …: the series' coefficients (Abramowitz and Stegun, 6.4.12).
  private static final double[] BERNOULLI = {
    1.0 / 6, -1.0 / 30, 1.0 / 42, -1.0 / 30, 5.0 / 66, -691.0 / 2730, 7.0 / 6
  };

  private Trigamma() {}

  /// Returns ψ′(x); for x < ½ by reflection: ψ′(x) = π² / sin²(πx) − ψ′(1 − x).
  static Value of(Builder b, Value x) {
    Value one = b.fill(x, 1);
    Value low = b.compare(Compare.LT, x, b.fill(x, 0.5));
    Value positive = positive(b, b.select(low, b.subtract(one, x), x));
    // sin(πx) from the distance to the nearest integer, so that large arguments lose nothing.
    Value turn = b.subtract(x, b.emit1(Rounding.ROUND, x));
    Value sine =
        b.emit1(
            Elementary.SIN, b.multiply(b.fill(x, Math.PI), b.select(low, turn, b.fill(x, 0.5))));
    Value ratio = b.divide(b.fill(x, Math.PI), sine);
    return b.select(low, b.subtract(b.multiply(ratio, ratio), positive), positive);
  }

  private static Value positive(Builder b, Value x) {
    Value one = b.fill(x, 1);
    Value sum = b.fill(x, 0);
    Value z = x;
    for (int i = 0; i < STEPS; i++) {
      sum = b.add(sum, b.divide(one, b.multiply(z, z)));
      z = b.add(z, one);
    }
    // 1/z + 1/(2z²) + Σ B₂ₖ / z²ᵏ⁺¹
    Value inverse = b.divide(one, z);
    Value square = b.multiply(inverse, inverse);
    Value series = b.fill(x, BERNOULLI[BERNOULLI.length - 1]);
    for (int k = BERNOULLI.length - 2; k >= 0; k--) {
      series = b.add(b.multiply(series, square), b.fill(x, BERNOULLI[k]));
    }
    Value tail =
        b.add(inverse, b.multiply(square, b.add(b.fill(x, 0.5), b.multiply(inverse, series))));
    return b.add(sum, tail);
  }
}
