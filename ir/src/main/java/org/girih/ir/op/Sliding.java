package org.girih.ir.op;

import java.math.BigInteger;
import org.girih.ir.type.Dim;

/// The movement of a window along one axis: in steps of `stride` over the axis with `low` and
/// `high` zeros around it (negative: elements fewer), `base` − 1 between neighbours, while `window`
/// − 1 elements lie between those that the window takes.
public record Sliding(long stride, long low, long high, long base, long window) {
  /// A window that moves by one, without padding.
  static final Sliding PLAIN = new Sliding(1, 0, 0, 1, 1);

  /// Returns whether stride and dilations are at least 1.
  boolean moves() {
    return stride >= 1 && base >= 1 && window >= 1;
  }

  /// Returns how many places the window has.
  ///
  /// @param size of the axis
  /// @param width of the window, in elements that it takes
  Dim places(Dim size, Dim width) {
    Dim padded = dilated(size, base).plus(low).plus(high);
    Dim room = padded.minus(dilated(width, window));
    return room.floorDiv(Dim.of(stride)).plus(1).max(Dim.of(0));
  }

  /// Returns (size − 1) · by + 1; 0 of 0.
  static Dim dilated(Dim size, long by) {
    return by == 1 ? size : size.minus(Dim.of(1)).times(by).plus(1).max(Dim.of(0));
  }

  /// Returns how often a place of the window, of `places`, puts one of its `width` elements on one
  /// of the `size` elements of the axis: the pairs (p, k) for which p · stride + k · window − low
  /// is one of 0, base, 2 base, …, (size − 1) base.
  public double pairs(long size, long width, long places) {
    // What is longer is solved for, the other is gone through.
    boolean few = places < width;
    long outer = few ? places : width;
    long outerStep = few ? stride : window;
    long inner = few ? width : places;
    long innerStep = few ? window : stride;
    double all = 0;
    for (long i = 0; i < outer; i++) {
      all += solutions(innerStep, i * outerStep - low, base, size, inner);
    }
    return all;
  }

  /// Returns how many j, 0 ≤ j < count, there are with j · step + from = m · base, 0 ≤ m < size.
  private static long solutions(long step, long from, long base, long size, long count) {
    long first = Math.max(0, -Math.floorDiv(from, step)); // the least j with a sum ≥ 0
    long last = Math.min(count - 1, Math.floorDiv((size - 1) * base - from, step));
    if (size == 0 || last < first) {
      return 0;
    }
    if (base == 1) {
      return last - first + 1;
    }
    long common = BigInteger.valueOf(step).gcd(BigInteger.valueOf(base)).longValue();
    if (Math.floorMod(from, common) != 0) {
      return 0;
    }
    // Solutions of step · j ≡ −from (mod base) lie `every` apart.
    long every = base / common;
    long residue =
        every == 1
            ? 0
            : BigInteger.valueOf(step / common)
                .modInverse(BigInteger.valueOf(every))
                .multiply(BigInteger.valueOf(-from / common))
                .mod(BigInteger.valueOf(every))
                .longValue();
    long next = first + Math.floorMod(residue - first, every);
    return next > last ? 0 : (last - next) / every + 1;
  }
}
