package org.girih.ir.cost;

import java.math.BigInteger;
import java.util.List;
import org.girih.ir.op.Convolution;
import org.girih.ir.op.Dot;
import org.girih.ir.op.Sliding;
import org.girih.ir.type.ArrayType;

/// Counts the products of two elements that a `dot` and a convolution sum. All sizes are numbers.
public final class Products {
  private Products() {}

  /// Counts one for each element of the result and each contracted index.
  ///
  /// @param left the type of the first operand
  public static double dot(Dot dot, ArrayType left, ArrayType out) {
    double contracted = 1;
    for (int axis : dot.leftContract()) {
      contracted *= Work.size(left.dim(axis));
    }
    return Work.elements(out) * contracted;
  }

  /// Products of an element of the input with one of the kernel; those with padding, or with what
  /// lies between elements that are spread apart, are none.
  public static double convolution(Convolution c, List<ArrayType> in, ArrayType out) {
    ArrayType x = in.get(0);
    ArrayType kernel = in.get(1);
    double products =
        (double) Work.size(out.dim(c.out().get(0)))
            * Work.size(out.dim(c.out().get(1)))
            * Work.size(kernel.dim(c.kernel().get(1)));
    for (int i = 0; i < c.window().size(); i++) {
      products *=
          pairs(
              c.window().get(i),
              Work.size(x.dim(c.x().get(i + 2))),
              Work.size(kernel.dim(c.kernel().get(i + 2))),
              Work.size(out.dim(c.out().get(i + 2))));
    }
    return products;
  }

  /// Returns how often a place of the window, of `places`, puts one of its `width` elements on one
  /// of the `size` elements of the axis: the pairs (p, k) for which p · stride + k · window − low
  /// is one of 0, base, 2 base, …, (size − 1) base.
  static double pairs(Sliding s, long size, long width, long places) {
    // What is longer is solved for, the other is gone through.
    boolean few = places < width;
    long outer = few ? places : width;
    long outerStep = few ? s.stride() : s.window();
    long inner = few ? width : places;
    long innerStep = few ? s.window() : s.stride();
    double all = 0;
    for (long i = 0; i < outer; i++) {
      all += solutions(innerStep, i * outerStep - s.low(), s.base(), size, inner);
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
