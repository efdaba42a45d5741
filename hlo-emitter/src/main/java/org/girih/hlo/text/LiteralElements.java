package org.girih.hlo.text;

import com.google.protobuf.ByteString;
import org.girih.hlo.proto.LiteralProto;
import org.girih.ir.type.DType;
import org.girih.ir.type.SmallFloat;

/// The elements of a literal, which lie in the one field that its element type chooses.
public final class LiteralElements {
  private LiteralElements() {}

  /// Returns how many elements there are in the field of the literal's element type; -1 if a field
  /// of pairs or of two bytes an element is cut in an element, or the type is not that of an array.
  public static long count(LiteralProto l) {
    return switch (l.getShape().getElementType()) {
      case PRED -> l.getPredsCount();
      case S4 -> l.getS4S().size();
      case S8 -> l.getS8S().size();
      case S16 -> halves(l.getS16S().size());
      case S32 -> l.getS32SCount();
      case S64 -> l.getS64SCount();
      case U4 -> l.getU4S().size();
      case U8 -> l.getU8S().size();
      case U16 -> halves(l.getU16S().size());
      case U32 -> l.getU32SCount();
      case U64 -> l.getU64SCount();
      case F8E5M2 -> l.getF8E5M2S().size();
      case F8E4M3FN -> l.getF8E4M3Fns().size();
      case F8E4M3B11FNUZ -> l.getF8E4M3B11Fnuzs().size();
      case F8E5M2FNUZ -> l.getF8E5M2Fnuzs().size();
      case F8E4M3FNUZ -> l.getF8E4M3Fnuzs().size();
      case F16 -> halves(l.getF16S().size());
      case BF16 -> halves(l.getBf16S().size());
      case F32 -> l.getF32SCount();
      case F64 -> l.getF64SCount();
      case C64 -> halves(l.getC64SCount());
      case C128 -> halves(l.getC128SCount());
      case TUPLE, TOKEN, OPAQUE_TYPE, PRIMITIVE_TYPE_INVALID, UNRECOGNIZED -> -1;
      case S1, S2, U1, U2, F8E4M3, F8E3M4, F4E2M1FN, F8E8M0FNU -> -1;
    };
  }

  private static long halves(int size) {
    return size % 2 == 0 ? size / 2 : -1;
  }

  /// Returns how many of the literal's fields hold anything.
  public static int fields(LiteralProto l) {
    int[] sizes = {
      l.getPredsCount(),
      l.getS4S().size(),
      l.getS8S().size(),
      l.getS16S().size(),
      l.getS32SCount(),
      l.getS64SCount(),
      l.getU4S().size(),
      l.getU8S().size(),
      l.getU16S().size(),
      l.getU32SCount(),
      l.getU64SCount(),
      l.getF8E5M2S().size(),
      l.getF8E4M3Fns().size(),
      l.getF8E4M3B11Fnuzs().size(),
      l.getF8E5M2Fnuzs().size(),
      l.getF8E4M3Fnuzs().size(),
      l.getF16S().size(),
      l.getBf16S().size(),
      l.getF32SCount(),
      l.getF64SCount(),
      l.getC64SCount(),
      l.getC128SCount(),
      l.getTupleLiteralsCount()
    };
    return (int) java.util.Arrays.stream(sizes).filter(n -> n > 0).count();
  }

  /// Returns whether the elements of a four-bit type are in the low half of their bytes.
  public static boolean lowHalves(LiteralProto l) {
    for (ByteString bytes : new ByteString[] {l.getS4S(), l.getU4S()}) {
      for (int i = 0; i < bytes.size(); i++) {
        if ((bytes.byteAt(i) & 0xF0) != 0) {
          return false;
        }
      }
    }
    return true;
  }

  /// Appends the element at an index below [#count].
  static void append(StringBuilder out, LiteralProto l, int i) {
    switch (l.getShape().getElementType()) {
      case PRED -> out.append(l.getPreds(i));
      case S4 -> out.append((byte) (l.getS4S().byteAt(i) << 4) >> 4);
      case S8 -> out.append(l.getS8S().byteAt(i));
      case S16 -> out.append((short) bits16(l.getS16S(), i));
      case S32 -> out.append(l.getS32S(i));
      case S64 -> out.append(l.getS64S(i));
      case U4 -> out.append(l.getU4S().byteAt(i) & 0xF);
      case U8 -> out.append(l.getU8S().byteAt(i) & 0xFF);
      case U16 -> out.append(bits16(l.getU16S(), i));
      case U32 -> out.append(Integer.toUnsignedString(l.getU32S(i)));
      case U64 -> out.append(Long.toUnsignedString(l.getU64S(i)));
      case F8E5M2 -> small(out, DType.F8E5M2, l.getF8E5M2S().byteAt(i) & 0xFF);
      case F8E4M3FN -> small(out, DType.F8E4M3FN, l.getF8E4M3Fns().byteAt(i) & 0xFF);
      case F8E4M3B11FNUZ -> small(out, DType.F8E4M3B11FNUZ, l.getF8E4M3B11Fnuzs().byteAt(i) & 0xFF);
      case F8E5M2FNUZ -> small(out, DType.F8E5M2FNUZ, l.getF8E5M2Fnuzs().byteAt(i) & 0xFF);
      case F8E4M3FNUZ -> small(out, DType.F8E4M3FNUZ, l.getF8E4M3Fnuzs().byteAt(i) & 0xFF);
      case F16 -> small(out, DType.F16, bits16(l.getF16S(), i));
      case BF16 -> small(out, DType.BF16, bits16(l.getBf16S(), i));
      case F32 -> single(out, l.getF32S(i));
      case F64 -> twice(out, l.getF64S(i));
      case C64 -> {
        out.append('(');
        single(out, l.getC64S(2 * i));
        out.append(", ");
        single(out, l.getC64S(2 * i + 1));
        out.append(')');
      }
      case C128 -> {
        out.append('(');
        twice(out, l.getC128S(2 * i));
        out.append(", ");
        twice(out, l.getC128S(2 * i + 1));
        out.append(')');
      }
      case TUPLE, TOKEN, OPAQUE_TYPE, PRIMITIVE_TYPE_INVALID, UNRECOGNIZED -> out.append('?');
      case S1, S2, U1, U2, F8E4M3, F8E3M4, F4E2M1FN, F8E8M0FNU -> out.append('?');
    }
  }

  private static int bits16(ByteString bytes, int i) {
    return bytes.byteAt(2 * i) & 0xFF | (bytes.byteAt(2 * i + 1) & 0xFF) << 8;
  }

  private static void small(StringBuilder out, DType dtype, int bits) {
    var format = SmallFloat.of(dtype);
    double value = format.decode(bits);
    if (Double.isNaN(value)) {
      nan(out, format.isNegative(bits), format.mantissa(bits), format.mantissa(format.nan()));
    } else {
      number(out, value);
    }
  }

  private static void single(StringBuilder out, float value) {
    if (Float.isNaN(value)) {
      int bits = Float.floatToRawIntBits(value);
      nan(out, bits < 0, bits & 0x7F_FFFF, 1 << 22);
      return;
    }
    String shortest = Float.toString(value);
    // XLA reads a double and rounds it to a float: rounding twice could miss the shortest decimal.
    if ((float) Double.parseDouble(shortest) == value) {
      number(out, shortest);
    } else {
      number(out, (double) value);
    }
  }

  private static void twice(StringBuilder out, double value) {
    if (Double.isNaN(value)) {
      long bits = Double.doubleToRawLongBits(value);
      nan(out, bits < 0, bits & 0xF_FFFF_FFFF_FFFFL, 1L << 51);
    } else {
      number(out, value);
    }
  }

  private static void number(StringBuilder out, double value) {
    number(out, Double.toString(value));
  }

  private static void number(StringBuilder out, String decimal) {
    switch (decimal) {
      case "Infinity" -> out.append("inf");
      case "-Infinity" -> out.append("-inf");
      default -> out.append(decimal.endsWith(".0") ? trimmed(decimal) : decimal);
    }
  }

  private static String trimmed(String decimal) {
    return decimal.substring(0, decimal.length() - 2);
  }

  /// Appends a NaN: `nan` is the quiet one without a payload; any other carries its bits.
  private static void nan(StringBuilder out, boolean negative, long payload, long quiet) {
    out.append(negative ? "-nan" : "nan");
    if (payload != quiet) {
      out.append("(0x").append(Long.toHexString(payload)).append(')');
    }
  }
}
