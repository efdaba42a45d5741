package org.girih.passes.rewrite;

import java.util.Arrays;
import org.girih.ir.type.Elements;
import org.girih.ir.type.Literal;

/// Questions about literals that hold one element everywhere.
final class Splats {
  private Splats() {}

  /// Returns whether the element is this number, bit for bit: −0.0 is not 0.0. A complex element
  /// must have the number as its real part and the same zero as its imaginary part, `0` being +0.
  static boolean isNumber(Literal splat, Number number) {
    var dtype = splat.type().dtype();
    byte[] due =
        dtype.complex()
            ? Elements.complex(
                dtype, number.doubleValue(), Math.copySign(0.0, number.doubleValue()))
            : Elements.of(dtype, number);
    return Arrays.equals(due, splat.element(0));
  }
}
