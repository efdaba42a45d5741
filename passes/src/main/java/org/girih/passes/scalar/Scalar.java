package org.girih.passes.scalar;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.girih.ir.type.DType;
import org.girih.ir.type.Elements;

/// An element: exact, whatever its dtype.
public sealed interface Scalar {
  /// An integer, or a `bool` as 0 or 1. Signed ones are sign-extended, unsigned ones zero-extended,
  /// so that a `u64` above 2⁶³ looks negative.
  record Whole(long bits) implements Scalar {}

  /// A float of any width.
  record Real(double value) implements Scalar {}

  record Complex(double real, double imaginary) implements Scalar {}

  /// Returns the element in the bytes.
  static Scalar of(DType dtype, byte[] bytes) {
    return switch (dtype.kind()) {
      case BOOL -> new Whole(bytes[0] == 0 ? 0 : 1);
      case SIGNED, UNSIGNED ->
          new Whole(
              Elements.number(dtype, bytes) instanceof BigInteger big
                  ? big.longValue()
                  : Elements.number(dtype, bytes).longValue());
      case FLOAT -> new Real(Elements.number(dtype, bytes).doubleValue());
      case COMPLEX ->
          new Complex(
              Elements.number(dtype, bytes).doubleValue(), Elements.imaginary(dtype, bytes));
    };
  }

  /// Returns an integer or `bool`, wrapped to the width of the dtype.
  static Whole whole(DType dtype, long value) {
    return new Whole(
        switch (dtype) {
          case BOOL -> value == 0 ? 0 : 1;
          case I4 -> value << 60 >> 60;
          case U4 -> value & 15;
          case I8 -> (byte) value;
          case U8 -> value & 0xff;
          case I16 -> (short) value;
          case U16 -> value & 0xffff;
          case I32 -> (int) value;
          case U32 -> value & 0xffff_ffffL;
          case I64, U64 -> value;
          case F8E4M3FN,
              F8E5M2,
              F8E4M3B11FNUZ,
              F8E4M3FNUZ,
              F8E5M2FNUZ,
              F16,
              BF16,
              F32,
              F64,
              C64,
              C128 ->
              throw new IllegalArgumentException(dtype + " has no integers");
        });
  }

  /// Returns a float, rounded to nearest, ties to even; any NaN becomes the usual one, since the
  /// sign of one that arithmetic made depends on the machine.
  static Real real(DType dtype, double value) {
    if (Double.isNaN(value)) {
      return new Real(Double.NaN);
    }
    return dtype == DType.F64
        ? new Real(value)
        : dtype == DType.F32
            ? new Real((float) value)
            : new Real(Elements.number(dtype, Elements.of(dtype, value)).doubleValue());
  }

  /// Returns a complex number, both parts rounded.
  static Complex complex(DType dtype, double real, double imaginary) {
    return new Complex(real(dtype.real(), real).value(), real(dtype.real(), imaginary).value());
  }

  /// Returns its bytes as an element of the dtype, rounded to it.
  default byte[] bytes(DType dtype) {
    return switch (this) {
      case Whole(long bits) -> Elements.of(dtype, bits);
      case Real(double value) -> Elements.of(dtype, value);
      case Complex(double real, double imaginary) -> Elements.complex(dtype, real, imaginary);
    };
  }

  /// Returns the bytes of an `f32` or `f64` as they are, and of any dtype.
  static Scalar bitcast(DType from, DType to, Scalar element) {
    byte[] bytes = element.bytes(from);
    return of(to, ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).array());
  }
}
