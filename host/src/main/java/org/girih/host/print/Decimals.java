package org.girih.host.print;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;

/// The decimal digits of binary numbers.
///
/// The shortest digits that only this number of its format rounds to are found by the exact
/// algorithm of Steele and White, "How to Print Floating-Point Numbers Accurately" (1990), in
/// integers. Java's own `toString` cannot serve: it knows two formats of three, and prints at least
/// two digits.
final class Decimals {
  private Decimals() {}

  /// A binary format.
  ///
  /// @param precision bits of the significand, the hidden one counted
  /// @param minExponent the exponent of the smallest positive number, a power of two
  record Format(int precision, int minExponent) {
    static final Format F16 = new Format(11, -24);
    static final Format F32 = new Format(24, -149);
    static final Format F64 = new Format(53, -1074);
  }

  /// Returns the shortest digits of a positive finite number, without trailing zeros; of several
  /// equally short the nearest.
  static BigDecimal shortest(double value, Format format) {
    int exponent = Math.max(Math.getExponent(value) - format.precision() + 1, format.minExponent());
    // value = significand * 2^exponent, exactly
    long significand = (long) Math.scalb(value, -exponent);
    boolean even = (significand & 1) == 0;
    // The next number below is only half as far where the significand is a power of two.
    boolean narrow =
        significand == 1L << (format.precision() - 1) && exponent > format.minExponent();
    // value = r / s; half way to its neighbours is (r + high) / s and (r - low) / s
    BigInteger r = BigInteger.valueOf(significand).shiftLeft(2 + Math.max(0, exponent));
    BigInteger s = BigInteger.ONE.shiftLeft(2 + Math.max(0, -exponent));
    BigInteger high = BigInteger.TWO.shiftLeft(Math.max(0, exponent));
    BigInteger low = narrow ? high.shiftRight(1) : high;

    int scale = (int) Math.ceil(Math.log10(value) - 1e-10);
    if (scale >= 0) {
      s = s.multiply(BigInteger.TEN.pow(scale));
    } else {
      BigInteger power = BigInteger.TEN.pow(-scale);
      r = r.multiply(power);
      high = high.multiply(power);
      low = low.multiply(power);
    }
    if (r.compareTo(s) >= 0) {
      scale++;
      s = s.multiply(BigInteger.TEN);
    }
    BigInteger digits = BigInteger.ZERO;
    int count = 0;
    while (true) {
      BigInteger[] divided = r.multiply(BigInteger.TEN).divideAndRemainder(s);
      r = divided[1];
      high = high.multiply(BigInteger.TEN);
      low = low.multiply(BigInteger.TEN);
      digits = digits.multiply(BigInteger.TEN).add(divided[0]);
      count++;
      int below = r.compareTo(low);
      int above = r.add(high).compareTo(s);
      boolean stopBelow = even ? below <= 0 : below < 0;
      boolean stopAbove = even ? above >= 0 : above > 0;
      if (stopBelow || stopAbove) {
        int half = r.shiftLeft(1).compareTo(s);
        boolean roundUp =
            stopBelow && stopAbove ? half > 0 || half == 0 && digits.testBit(0) : stopAbove;
        return strip(new BigDecimal(roundUp ? digits.add(BigInteger.ONE) : digits, count - scale));
      }
    }
  }

  /// Returns the value itself, every digit of it.
  static BigDecimal exact(double value) {
    return new BigDecimal(value);
  }

  /// Returns the exponent of the first digit: 2 for 123, -1 for 0.5, 0 for 0.
  static int exponent(BigDecimal value) {
    return value.signum() == 0 ? 0 : value.precision() - value.scale() - 1;
  }

  /// Returns the value rounded to that many digits, at least one, ties to even.
  static BigDecimal round(BigDecimal value, int digits) {
    return value.round(new MathContext(digits, RoundingMode.HALF_EVEN));
  }

  static BigDecimal strip(BigDecimal value) {
    return value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
  }

  /// Returns the shortest digits with at most `most` and at least `least` of them after the point;
  /// those that are cut or added are the exact value's. Never negative scale.
  static BigDecimal positional(double value, Format format, int least, int most) {
    BigDecimal shortest = value == 0 ? BigDecimal.ZERO : shortest(value, format);
    if (shortest.scale() > most) {
      shortest = strip(exact(value).setScale(most, RoundingMode.HALF_EVEN));
    }
    if (shortest.scale() < least) {
      shortest = exact(value).setScale(least, RoundingMode.HALF_EVEN);
    }
    return shortest.scale() < 0 ? shortest.setScale(0) : shortest;
  }

  /// Returns the digits as [#positional] does, with the digits counted after the first.
  static BigDecimal scientific(double value, Format format, int least, int most) {
    if (value == 0) {
      return BigDecimal.ZERO;
    }
    BigDecimal shortest = shortest(value, format);
    if (shortest.precision() - 1 > most) {
      shortest = strip(round(exact(value), most + 1));
    }
    if (shortest.precision() - 1 < least) {
      BigDecimal rounded = round(exact(value), least + 1);
      // a value of few digits is not lengthened by rounding
      return rounded.setScale(least - exponent(rounded), RoundingMode.UNNECESSARY);
    }
    return shortest;
  }

  /// Returns `d.ddd` and `e+dd` of a number's digits: `fraction` digits after the point, zeros
  /// filled in; none and no point if it is 0 and `point` is not asked for.
  static String scientificText(BigDecimal value, int fraction, int exponentDigits, boolean point) {
    String digits = value.unscaledValue().abs().toString();
    if (digits.length() > fraction + 1) {
      throw new IllegalArgumentException(value + " with " + fraction + " digits");
    }
    int exponent = exponent(value);
    var text = new StringBuilder(digits.substring(0, 1));
    if (fraction > 0 || point) {
      text.append('.').append(digits, 1, digits.length());
      text.repeat('0', fraction + 1 - digits.length());
    }
    String magnitude = Integer.toString(Math.abs(exponent));
    text.append('e').append(exponent < 0 ? '-' : '+');
    text.repeat('0', Math.max(0, exponentDigits - magnitude.length()));
    return text.append(magnitude).toString();
  }
}
