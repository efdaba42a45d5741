package org.girih.ir.text;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Locale;
import org.girih.ir.type.DType;
import org.girih.ir.type.Elements;
import org.girih.ir.type.Literal;

/// Literals as text. Integers are decimal; floats are the shortest decimal that reads back to the
/// same bits, `inf`, `-inf`, `nan` (the dtype's usual NaN) or their bits, `0x7fc00001`; complex
/// numbers are pairs `(1.0, -0.0)`; `bool` is `true` or `false`. An array lists its elements in
/// row-major order: `f32[2, 2] [1.0, 2.0, 3.0, 4.0]`; one that holds the same everywhere is
/// `f32[2, 2] splat 1.0`.
final class LiteralText {
  private LiteralText() {}

  static void print(StringBuilder out, Literal literal) {
    DType dtype = literal.type().dtype();
    out.append(literal.type()).append(' ');
    if (literal.isSplat()) {
      out.append(literal.type().isScalar() ? "" : "splat ");
      out.append(element(dtype, literal.element(0)));
      return;
    }
    long count = literal.type().elements().known().orElseThrow();
    out.append('[');
    for (long i = 0; i < count; i++) {
      out.append(i == 0 ? "" : ", ").append(element(dtype, literal.element(i)));
    }
    out.append(']');
  }

  /// Returns one element's text.
  static String element(DType dtype, byte[] bytes) {
    return switch (dtype.kind()) {
      case BOOL -> bytes[0] == 0 ? "false" : bytes[0] == 1 ? "true" : bits(bytes);
      case SIGNED, UNSIGNED -> {
        Number number = Elements.number(dtype, bytes);
        yield Arrays.equals(Elements.of(dtype, number), bytes) ? number.toString() : bits(bytes);
      }
      case FLOAT -> real(dtype, bytes);
      case COMPLEX -> {
        int half = bytes.length / 2;
        yield "("
            + real(dtype.real(), Arrays.copyOf(bytes, half))
            + ", "
            + real(dtype.real(), Arrays.copyOfRange(bytes, half, bytes.length))
            + ")";
      }
    };
  }

  private static String real(DType dtype, byte[] bytes) {
    double value = Elements.number(dtype, bytes).doubleValue();
    String text =
        Double.isNaN(value)
            ? "nan"
            : Double.isInfinite(value)
                ? value < 0 ? "-inf" : "inf"
                : dtype == DType.F64 ? Double.toString(value) : Float.toString((float) value);
    return Arrays.equals(parse(dtype, text), bytes) ? text : bits(bytes);
  }

  private static String bits(byte[] bytes) {
    var text = new StringBuilder("0x");
    for (int i = bytes.length - 1; i >= 0; i--) {
      text.append(String.format(Locale.ROOT, "%02x", bytes[i]));
    }
    return text.toString();
  }

  /// Returns the bytes of one element that is not complex.
  ///
  /// @return null if the text is not an element of the dtype
  static byte[] parse(DType dtype, String text) {
    try {
      if (text.startsWith("0x")) {
        return fromBits(dtype, text.substring(2));
      }
      return switch (dtype.kind()) {
        case BOOL ->
            text.equals("true") ? new byte[] {1} : text.equals("false") ? new byte[] {0} : null;
        case SIGNED, UNSIGNED -> integer(dtype, text);
        case FLOAT -> floating(dtype, text);
        case COMPLEX -> null;
      };
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private static byte[] fromBits(DType dtype, String digits) {
    if (digits.length() != 2 * dtype.bytes() || dtype.complex()) {
      return null;
    }
    long bits = Long.parseUnsignedLong(digits, 16);
    byte[] all = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(bits).array();
    byte[] bytes = Arrays.copyOf(all, dtype.bytes());
    // One byte an element: bits above the width would be no value of the dtype.
    return dtype.bits() < 8 || dtype.isBool() ? null : bytes;
  }

  private static byte[] integer(DType dtype, String text) {
    if (text.length() > 20) {
      return null;
    }
    BigInteger value = new BigInteger(text);
    byte[] bytes = Elements.of(dtype, value);
    Number back = Elements.number(dtype, bytes);
    BigInteger held = back instanceof BigInteger big ? big : BigInteger.valueOf(back.longValue());
    return held.equals(value) ? bytes : null;
  }

  private static byte[] floating(DType dtype, String text) {
    double value =
        switch (text) {
          case "inf" -> Double.POSITIVE_INFINITY;
          case "-inf" -> Double.NEGATIVE_INFINITY;
          case "nan" -> Double.NaN;
          default -> decimal(dtype, text);
        };
    byte[] bytes = Elements.of(dtype, value);
    // What is too large for the dtype is refused, not turned into an infinity or NaN.
    double held = Elements.number(dtype, bytes).doubleValue();
    boolean same =
        switch (text) {
          case "inf", "-inf" -> held == value;
          case "nan" -> Double.isNaN(held);
          default -> Double.isFinite(held);
        };
    return same ? bytes : null;
  }

  private static double decimal(DType dtype, String text) {
    for (int i = 0; i < text.length(); i++) {
      if ("0123456789+-.eE".indexOf(text.charAt(i)) < 0) {
        throw new NumberFormatException(text);
      }
    }
    return dtype == DType.F32 ? Float.parseFloat(text) : Double.parseDouble(text);
  }
}
