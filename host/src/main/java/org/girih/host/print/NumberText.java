package org.girih.host.print;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Locale;
import org.girih.host.print.Decimals.Format;
import org.girih.ir.type.DType;

/// A number in parts, between which a format puts separators and filling.
///
/// @param sign `-`, `+`, a space or nothing
/// @param prefix `0x` and the like
/// @param whole the digits before the point, or `inf` or `nan`
/// @param rest the point and all that follows
record NumberText(String sign, String prefix, String whole, String rest) {
  String join() {
    return sign + prefix + whole + rest;
  }

  static NumberText integer(BigInteger value, FormatSpec spec) {
    int radix =
        switch (spec.type()) {
          case 'b' -> 2;
          case 'o' -> 8;
          case 'x', 'X' -> 16;
          default -> 10;
        };
    String digits = value.abs().toString(radix);
    String prefix = radix == 10 || !spec.alternate() ? "" : "0" + spec.type();
    return new NumberText(
        sign(value.signum() < 0, spec),
        prefix,
        spec.type() == 'X' ? digits.toUpperCase(Locale.ROOT) : digits,
        "");
  }

  static NumberText real(double number, DType dtype, FormatSpec spec) {
    char type = Character.toLowerCase(spec.type());
    // Python's `%` multiplies in floating point.
    double value = type == '%' ? number * 100 : number;
    boolean upper = type != spec.type();
    boolean negative = Double.doubleToRawLongBits(value) < 0;
    if (!Double.isFinite(value)) {
      String name = Double.isNaN(value) ? "nan" : "inf";
      return new NumberText(
          sign(negative && !Double.isNaN(value), spec),
          "",
          upper ? name.toUpperCase(Locale.ROOT) : name,
          type == '%' ? "%" : "");
    }
    BigDecimal magnitude = Decimals.exact(Math.abs(value));
    int precision = spec.precision() < 0 ? 6 : spec.precision();
    String text =
        switch (type) {
          case 'f' -> fixed(magnitude, precision, spec.alternate());
          case '%' -> fixed(magnitude, precision, spec.alternate()) + "%";
          case 'e' -> scientific(magnitude, precision, spec.alternate());
          case 'g' -> general(magnitude, Math.max(1, precision), false, spec.alternate());
          default ->
              spec.precision() < 0
                  ? shortest(Math.abs(value), dtype, spec.alternate())
                  : general(magnitude, Math.max(1, precision), !dtype.complex(), spec.alternate());
        };
    if (negative && spec.noNegativeZero() && text.chars().noneMatch(c -> c >= '1' && c <= '9')) {
      negative = false;
    }
    int end = 0;
    while (end < text.length() && Character.isDigit(text.charAt(end))) {
      end++;
    }
    String rest = text.substring(end);
    return new NumberText(
        sign(negative, spec),
        "",
        text.substring(0, end),
        upper ? rest.toUpperCase(Locale.ROOT) : rest);
  }

  private static String sign(boolean negative, FormatSpec spec) {
    return negative ? "-" : spec.sign() == '-' ? "" : Character.toString(spec.sign());
  }

  private static String fixed(BigDecimal value, int precision, boolean point) {
    String text = value.setScale(precision, RoundingMode.HALF_EVEN).toPlainString();
    return point && precision == 0 ? text + "." : text;
  }

  private static String scientific(BigDecimal value, int precision, boolean point) {
    BigDecimal rounded = Decimals.strip(Decimals.round(value, precision + 1));
    return Decimals.scientificText(rounded, precision, 2, point);
  }

  /// Returns `g`; with `dotZero` Python's format without a type, which turns scientific one digit
  /// earlier and keeps a digit after the point.
  private static String general(BigDecimal value, int digits, boolean dotZero, boolean keepZeros) {
    BigDecimal rounded = Decimals.strip(Decimals.round(value, digits));
    int exponent = Decimals.exponent(rounded);
    if (exponent < -4 || exponent >= (dotZero ? digits - 1 : digits)) {
      int fraction = keepZeros ? digits - 1 : rounded.precision() - 1;
      return Decimals.scientificText(rounded, fraction, 2, keepZeros);
    }
    if (keepZeros) {
      int scale = Math.max(0, digits - 1 - exponent);
      return fixed(rounded, scale, true);
    }
    String text = rounded.toPlainString();
    return dotZero && text.indexOf('.') < 0 ? text + ".0" : text;
  }

  private static String shortest(double magnitude, DType dtype, boolean point) {
    boolean dotZero = !dtype.complex();
    if (magnitude == 0) {
      return dotZero ? "0.0" : point ? "0." : "0";
    }
    Format format = FloatColumn.format(dtype);
    BigDecimal digits = Decimals.shortest(magnitude, format);
    int exponent = Decimals.exponent(digits);
    if (exponent < -4 || exponent >= 16) {
      return Decimals.scientificText(digits, digits.precision() - 1, 2, point);
    }
    String text = digits.toPlainString();
    return text.indexOf('.') >= 0 ? text : dotZero ? text + ".0" : point ? text + "." : text;
  }

  /// Returns the same with separators in the whole part, which is filled with zeros up to the
  /// width.
  NumberText grouped(FormatSpec spec, int width) {
    if (spec.grouping() == 0 || whole.equalsIgnoreCase("inf") || whole.equalsIgnoreCase("nan")) {
      return this;
    }
    int group = "boxX".indexOf(spec.type()) >= 0 && spec.type() != 0 ? 4 : 3;
    int room = width - sign.length() - prefix.length() - rest.length();
    var reversed = new StringBuilder();
    for (int i = 0; i < whole.length() || reversed.length() < room; i++) {
      if (i > 0 && i % group == 0) {
        reversed.append(spec.grouping());
      }
      reversed.append(i < whole.length() ? whole.charAt(whole.length() - 1 - i) : '0');
    }
    return new NumberText(sign, prefix, reversed.reverse().toString(), rest);
  }
}
