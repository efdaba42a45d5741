package org.girih.host.print;

import java.math.BigDecimal;
import org.girih.host.array.HostArray;
import org.girih.host.print.Decimals.Format;
import org.girih.ir.type.DType;

/// One element as text, as `str` of a NumPy scalar: `True`, `-3`, `0.1`, `1e-05`, `(1+2j)`.
///
/// The 8-bit floats and `bf16` print six digits at most, as `ml_dtypes` does.
final class ScalarText {
  private ScalarText() {}

  static String of(HostArray array, long index) {
    DType dtype = array.dtype();
    return switch (dtype) {
      case BOOL -> array.bool(index) ? "True" : "False";
      case I4, I8, I16, I32, I64, U4, U8, U16, U32, U64 -> array.bigInteger(index).toString();
      case F8E4M3FN, F8E5M2, F8E4M3B11FNUZ, F8E4M3FNUZ, F8E5M2FNUZ, BF16 ->
          general(array.real(index), 6);
      case F16, F32, F64 -> number(array.real(index), dtype, true);
      case C64, C128 -> complex(array.real(index), array.imaginary(index), dtype);
    };
  }

  private static String complex(double real, double imaginary, DType dtype) {
    String i = number(imaginary, dtype, false) + "j";
    if (Double.doubleToRawLongBits(real) == 0) {
      return i;
    }
    return "(" + number(real, dtype, false) + (i.startsWith("-") ? "" : "+") + i + ")";
  }

  /// Returns the shortest digits, scientific outside `[1e-4, 10 ** precision)`.
  ///
  /// @param point whether a whole number gets its `.0`
  static String number(double value, DType dtype, boolean point) {
    if (Double.isNaN(value)) {
      return "nan";
    }
    String sign = Double.doubleToRawLongBits(value) < 0 ? "-" : "";
    if (Double.isInfinite(value)) {
      return sign + "inf";
    }
    double magnitude = Math.abs(value);
    if (magnitude == 0) {
      return sign + (point ? "0.0" : "0");
    }
    Format format = FloatColumn.format(dtype);
    double cutoff = format == Format.F16 ? 1e3 : format == Format.F32 ? 1e6 : 1e16;
    BigDecimal digits = Decimals.shortest(magnitude, format);
    if (magnitude < 1e-4 || magnitude >= cutoff) {
      return sign + Decimals.scientificText(digits, digits.precision() - 1, 2, false);
    }
    String text = digits.toPlainString();
    return sign + (point && text.indexOf('.') < 0 ? text + ".0" : text);
  }

  /// Prints as C's `%g` of that many digits.
  static String general(double value, int digits) {
    if (Double.isNaN(value)) {
      return "nan";
    }
    String sign = Double.doubleToRawLongBits(value) < 0 ? "-" : "";
    if (Double.isInfinite(value)) {
      return sign + "inf";
    }
    BigDecimal rounded = Decimals.strip(Decimals.round(Decimals.exact(Math.abs(value)), digits));
    int exponent = Decimals.exponent(rounded);
    if (exponent < -4 || exponent >= digits) {
      return sign + Decimals.scientificText(rounded, rounded.precision() - 1, 2, false);
    }
    return sign + rounded.toPlainString();
  }
}
