package org.girih.host.print;

import java.math.BigDecimal;
import org.girih.host.print.Decimals.Format;
import org.girih.ir.type.DType;

/// The common layout of the floating-point numbers of one array, as NumPy's `FloatingFormat`
/// chooses it: positional, padded so that the points are under each other, or scientific with one
/// number of digits, where the largest number or the ratio of two would make the columns too wide.
final class FloatColumn {
  private static final int PRECISION = 8;

  private final Format format;
  private final boolean plus;
  private boolean scientific;
  private int left;
  private int right;
  private int exponentDigits;

  /// @param real `f16`, `f32` or `f64`: where NumPy's limits lie depends on it
  /// @param values the numbers that will be shown
  /// @param plus whether a positive number gets its sign
  FloatColumn(DType real, double[] values, boolean plus) {
    this.format = format(real);
    this.plus = plus;
    double max = 0;
    double min = Double.POSITIVE_INFINITY;
    boolean finite = false;
    boolean nonFinite = false;
    boolean negativeInfinity = false;
    for (double value : values) {
      double magnitude = Math.abs(value);
      if (Double.isFinite(value)) {
        finite = true;
        max = Math.max(max, magnitude);
        min = magnitude == 0 ? min : Math.min(min, magnitude);
      } else {
        nonFinite = true;
        negativeInfinity |= value == Double.NEGATIVE_INFINITY;
      }
    }
    // NumPy compares in the array's own dtype.
    scientific =
        max > 0
            && (max >= cutoff(real) || min < round(real, 1e-4) || round(real, max / min) > 1000);
    if (finite) {
      measure(values);
    }
    if (nonFinite) {
      int offset = tail() + 1;
      left = Math.max(left, 3 + (plus || negativeInfinity ? 1 : 0) - offset);
    }
  }

  /// Returns the format in which the dtype's numbers, or its parts, are stored.
  static Format format(DType dtype) {
    return switch (dtype) {
      case F16 -> Format.F16;
      case F32, C64 -> Format.F32;
      case F64, C128 -> Format.F64;
      case BF16, F8E4M3FN, F8E5M2, F8E4M3B11FNUZ, F8E4M3FNUZ, F8E5M2FNUZ -> Format.F32;
      case BOOL, I4, I8, I16, I32, I64, U4, U8, U16, U32, U64 -> Format.F64;
    };
  }

  /// Returns `10 ** min(8, finfo(dtype).precision)`.
  private static double cutoff(DType real) {
    return real == DType.F16 ? 1e3 : real == DType.F32 ? 1e6 : 1e8;
  }

  private static double round(DType real, double value) {
    return switch (real) {
      case F16 -> Float.float16ToFloat(Float.floatToFloat16((float) value));
      case F32 -> (float) value;
      default -> value;
    };
  }

  private void measure(double[] values) {
    for (double value : values) {
      if (!Double.isFinite(value)) {
        continue;
      }
      boolean sign = plus || Double.doubleToRawLongBits(value) < 0;
      int integerDigits = 1;
      int fraction;
      if (scientific) {
        BigDecimal digits = Decimals.scientific(Math.abs(value), format, 0, PRECISION);
        fraction = Decimals.strip(digits).precision() - 1;
        int exponent = Math.abs(Decimals.exponent(digits));
        exponentDigits = Math.max(exponentDigits, exponent >= 100 ? 3 : 2);
      } else {
        BigDecimal digits = Decimals.positional(Math.abs(value), format, 0, PRECISION);
        fraction = Math.max(0, digits.scale());
        integerDigits = Math.max(1, digits.precision() - digits.scale());
      }
      left = Math.max(left, integerDigits + (sign ? 1 : 0));
      right = Math.max(right, fraction);
    }
  }

  /// Returns the width of what follows the point.
  private int tail() {
    return scientific ? right + exponentDigits + 2 : right;
  }

  /// Returns the number in the column's layout.
  String format(double value) {
    String sign = Double.doubleToRawLongBits(value) < 0 ? "-" : plus ? "+" : "";
    if (!Double.isFinite(value)) {
      String text = Double.isNaN(value) ? (plus ? "+nan" : "nan") : sign + "inf";
      return " ".repeat(Math.max(0, left + 1 + tail() - text.length())) + text;
    }
    double magnitude = Math.abs(value);
    if (scientific) {
      BigDecimal digits = Decimals.scientific(magnitude, format, right, right);
      String text = Decimals.scientificText(digits, right, exponentDigits, true);
      return " ".repeat(Math.max(0, left - 1 - sign.length())) + sign + text;
    }
    BigDecimal digits = Decimals.positional(magnitude, format, 0, PRECISION);
    String text = digits.toPlainString();
    int point = text.indexOf('.');
    String whole = sign + (point < 0 ? text : text.substring(0, point));
    String fraction = point < 0 ? "" : text.substring(point + 1);
    return " ".repeat(Math.max(0, left - whole.length()))
        + whole
        + "."
        + fraction
        + " ".repeat(right - fraction.length());
  }
}
