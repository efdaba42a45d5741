package org.girih.ir.type;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// Single elements as bytes, little-endian: numbers to bytes and back, each dtype's rounding.
public final class Elements {
  private Elements() {}

  /// Returns the bytes of a number: integers wrap to the width, floats round to nearest, ties to
  /// even; a complex dtype gets imaginary part zero; `bool` is whether it is not zero.
  public static byte[] of(DType dtype, Number number) {
    ByteBuffer out = ByteBuffer.allocate(dtype.bytes()).order(ByteOrder.LITTLE_ENDIAN);
    switch (dtype) {
      case BOOL -> out.put((byte) (number.doubleValue() != 0 ? 1 : 0));
      case I4 -> out.put((byte) ((integer(number) << 60) >> 60));
      case U4 -> out.put((byte) (integer(number) & 15));
      case I8, U8 -> out.put((byte) integer(number));
      case I16, U16 -> out.putShort((short) integer(number));
      case I32, U32 -> out.putInt((int) integer(number));
      case I64, U64 -> out.putLong(integer(number));
      case F8E4M3FN, F8E5M2, F8E4M3B11FNUZ, F8E4M3FNUZ, F8E5M2FNUZ ->
          out.put((byte) SmallFloat.of(dtype).encode(number.doubleValue()));
      case F16, BF16 -> out.putShort((short) SmallFloat.of(dtype).encode(number.doubleValue()));
      case F32 -> out.putFloat(toFloat(number));
      case F64 -> out.putDouble(number.doubleValue());
      case C64 -> out.putFloat(toFloat(number)).putFloat(0);
      case C128 -> out.putDouble(number.doubleValue()).putDouble(0);
    }
    return out.array();
  }

  /// Returns the bytes of a complex number.
  ///
  /// @throws IllegalArgumentException if the dtype is not complex
  public static byte[] complex(DType dtype, double real, double imaginary) {
    ByteBuffer out = ByteBuffer.allocate(dtype.bytes()).order(ByteOrder.LITTLE_ENDIAN);
    if (dtype == DType.C64) {
      out.putFloat((float) real).putFloat((float) imaginary);
    } else if (dtype == DType.C128) {
      out.putDouble(real).putDouble(imaginary);
    } else {
      throw new IllegalArgumentException(dtype + " is not complex");
    }
    return out.array();
  }

  /// Returns the number in the bytes: a `Long`, a `BigInteger` for `u64`, a `Double` (of a complex
  /// number its real part); for `bool` 0 or 1.
  public static Number number(DType dtype, byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    return switch (dtype) {
      case BOOL, U4 -> (long) (in.get() & 15);
      case U8 -> (long) (in.get() & 0xff);
      case I4 -> ((long) in.get() << 60) >> 60;
      case I8 -> (long) in.get();
      case I16 -> (long) in.getShort();
      case U16 -> (long) (in.getShort() & 0xffff);
      case I32 -> (long) in.getInt();
      case U32 -> in.getInt() & 0xffff_ffffL;
      case I64 -> in.getLong();
      case U64 -> new BigInteger(Long.toUnsignedString(in.getLong()));
      case F8E4M3FN, F8E5M2, F8E4M3B11FNUZ, F8E4M3FNUZ, F8E5M2FNUZ ->
          SmallFloat.of(dtype).decode(in.get() & 0xff);
      case F16, BF16 -> SmallFloat.of(dtype).decode(in.getShort() & 0xffff);
      case F32, C64 -> (double) in.getFloat();
      case F64, C128 -> in.getDouble();
    };
  }

  /// Returns the imaginary part; zero unless the dtype is complex.
  public static double imaginary(DType dtype, byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    return !dtype.complex() ? 0 : dtype == DType.C64 ? in.getFloat(4) : in.getDouble(8);
  }

  private static long integer(Number number) {
    return number instanceof BigInteger big ? big.longValue() : number.longValue();
  }

  private static float toFloat(Number number) {
    return number instanceof BigInteger || number instanceof java.math.BigDecimal
        ? number.floatValue()
        : number instanceof Long l ? (float) (long) l : (float) number.doubleValue();
  }
}
