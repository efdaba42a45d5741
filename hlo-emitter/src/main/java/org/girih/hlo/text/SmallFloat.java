package org.girih.hlo.text;

/// The floating-point formats of at most 16 bits: sign, exponent, mantissa.
///
/// `FN` formats have no infinities; `FNUZ` ones neither infinities nor a negative zero, whose bits
/// are their only NaN. F8E4M3FN's only NaNs are all ones. Sources: IEEE 754 for F16, "FP8 Formats
/// for Deep Learning" (Micikevicius et al., 2022), and the table in `xla/xla_data.proto`.
enum SmallFloat {
  F16(5, 10, 15, Special.IEEE),
  BF16(8, 7, 127, Special.IEEE),
  F8E5M2(5, 2, 15, Special.IEEE),
  F8E4M3FN(4, 3, 7, Special.FN),
  F8E4M3B11FNUZ(4, 3, 11, Special.FNUZ),
  F8E5M2FNUZ(5, 2, 16, Special.FNUZ),
  F8E4M3FNUZ(4, 3, 8, Special.FNUZ);

  private enum Special {
    IEEE,
    FN,
    FNUZ
  }

  private final int exponentBits;
  private final int mantissaBits;
  private final int bias;
  private final Special special;

  SmallFloat(int exponentBits, int mantissaBits, int bias, Special special) {
    this.exponentBits = exponentBits;
    this.mantissaBits = mantissaBits;
    this.bias = bias;
    this.special = special;
  }

  private int exponent(int bits) {
    return bits >> mantissaBits & (1 << exponentBits) - 1;
  }

  private int mantissa(int bits) {
    return bits & (1 << mantissaBits) - 1;
  }

  boolean isNegative(int bits) {
    return (bits >> exponentBits + mantissaBits & 1) != 0;
  }

  boolean isNan(int bits) {
    boolean ones = exponent(bits) == (1 << exponentBits) - 1;
    return switch (special) {
      case IEEE -> ones && mantissa(bits) != 0;
      case FN -> ones && mantissa(bits) == (1 << mantissaBits) - 1;
      case FNUZ -> bits == 1 << exponentBits + mantissaBits;
    };
  }

  /// The mantissa of a NaN, which the text shows unless it is [#quiet].
  int payload(int bits) {
    return mantissa(bits);
  }

  /// The mantissa of the NaN that the text calls `nan`.
  int quiet() {
    return switch (special) {
      case IEEE -> 1 << mantissaBits - 1;
      case FN -> (1 << mantissaBits) - 1;
      case FNUZ -> 0;
    };
  }

  /// The value, exactly; the bits are no NaN.
  double value(int bits) {
    int exponent = exponent(bits);
    double magnitude;
    if (special == Special.IEEE && exponent == (1 << exponentBits) - 1) {
      magnitude = Double.POSITIVE_INFINITY;
    } else if (exponent == 0) {
      magnitude = Math.scalb((double) mantissa(bits), 1 - bias - mantissaBits);
    } else {
      magnitude =
          Math.scalb((double) (mantissa(bits) | 1 << mantissaBits), exponent - bias - mantissaBits);
    }
    return isNegative(bits) ? -magnitude : magnitude;
  }
}
