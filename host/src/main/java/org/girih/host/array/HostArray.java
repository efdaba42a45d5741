package org.girih.host.array;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.math.BigInteger;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.girih.ir.type.DType;
import org.girih.ir.type.SmallFloat;

/// An array on the host: dtype, dims and bytes, row-major, little-endian, without gaps; a sub-byte
/// element takes one byte, `bool` is 0 or 1, a complex element is its real part, then its
/// imaginary.
///
/// It is immutable by convention: whoever makes one gives its segment away. Two are equal if dtype,
/// dims and bytes are, so that NaN equals itself and 0 differs from -0.
public final class HostArray implements HostValue {
  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfFloat FLOAT =
      ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfDouble DOUBLE =
      ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final DType dtype;
  private final long[] dims;
  private final MemorySegment data;
  private final long size;

  /// @param dims sizes ≥ 0; empty for a scalar
  /// @param data exactly `dtype.bytes()` for each element
  public HostArray(DType dtype, long[] dims, MemorySegment data) {
    this.dtype = dtype;
    this.dims = dims.clone();
    this.size = elements(dims);
    if (data.byteSize() != Math.multiplyExact(size, dtype.bytes())) {
      throw new IllegalArgumentException(
          "%d bytes for %s%s".formatted(data.byteSize(), dtype.text(), Arrays.toString(dims)));
    }
    this.data = data.asReadOnly();
  }

  /// Returns the number of elements of these dims.
  ///
  /// @throws ArithmeticException if a long does not hold it
  public static long elements(long... dims) {
    long product = 1;
    boolean empty = false;
    for (long dim : dims) {
      if (dim < 0) {
        throw new IllegalArgumentException("size " + dim);
      }
      empty |= dim == 0;
    }
    if (empty) {
      return 0;
    }
    for (long dim : dims) {
      product = Math.multiplyExact(product, dim);
    }
    return product;
  }

  /// Returns a one-dimensional `bool`.
  public static HostArray of(boolean... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (values[i] ? 1 : 0);
    }
    return new HostArray(DType.BOOL, new long[] {bytes.length}, MemorySegment.ofArray(bytes));
  }

  /// Returns a one-dimensional `u8`.
  public static HostArray of(byte... values) {
    return new HostArray(
        DType.U8, new long[] {values.length}, MemorySegment.ofArray(values.clone()));
  }

  /// Returns a one-dimensional `i32`.
  public static HostArray of(int... values) {
    var data = MemorySegment.ofArray(new byte[4 * values.length]);
    MemorySegment.copy(values, 0, data, INT, 0, values.length);
    return new HostArray(DType.I32, new long[] {values.length}, data);
  }

  /// Returns a one-dimensional `i64`.
  public static HostArray of(long... values) {
    var data = MemorySegment.ofArray(new byte[8 * values.length]);
    MemorySegment.copy(values, 0, data, LONG, 0, values.length);
    return new HostArray(DType.I64, new long[] {values.length}, data);
  }

  /// Returns a one-dimensional `f32`.
  public static HostArray of(float... values) {
    var data = MemorySegment.ofArray(new byte[4 * values.length]);
    MemorySegment.copy(values, 0, data, FLOAT, 0, values.length);
    return new HostArray(DType.F32, new long[] {values.length}, data);
  }

  /// Returns a one-dimensional `f64`.
  public static HostArray of(double... values) {
    var data = MemorySegment.ofArray(new byte[8 * values.length]);
    MemorySegment.copy(values, 0, data, DOUBLE, 0, values.length);
    return new HostArray(DType.F64, new long[] {values.length}, data);
  }

  /// Returns the same bytes under other dims of as many elements.
  public HostArray reshape(long... other) {
    return new HostArray(dtype, other, data);
  }

  public DType dtype() {
    return dtype;
  }

  public long[] dims() {
    return dims.clone();
  }

  public long dim(int axis) {
    return dims[axis];
  }

  public int rank() {
    return dims.length;
  }

  /// Returns the number of elements.
  public long size() {
    return size;
  }

  /// Returns the bytes, read-only.
  public MemorySegment data() {
    return data;
  }

  /// Returns an element by itself, at a row-major place.
  public HostArray scalar(long index) {
    long bytes = dtype.bytes();
    return new HostArray(dtype, new long[0], data.asSlice(index * bytes, bytes));
  }

  public boolean bool(long index) {
    return data.get(ValueLayout.JAVA_BYTE, index) != 0;
  }

  /// Returns an element of `bool` or an integer dtype; `u64` as its bits.
  public long integer(long index) {
    return switch (dtype) {
      case BOOL, U8 -> data.get(ValueLayout.JAVA_BYTE, index) & 0xff;
      case U4 -> data.get(ValueLayout.JAVA_BYTE, index) & 0xf;
      case I4 -> (data.get(ValueLayout.JAVA_BYTE, index) << 28) >> 28;
      case I8 -> data.get(ValueLayout.JAVA_BYTE, index);
      case I16 -> data.get(SHORT, 2 * index);
      case U16 -> Short.toUnsignedInt(data.get(SHORT, 2 * index));
      case I32 -> data.get(INT, 4 * index);
      case U32 -> Integer.toUnsignedLong(data.get(INT, 4 * index));
      case I64, U64 -> data.get(LONG, 8 * index);
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
          throw new IllegalStateException("integer element of " + dtype.text());
    };
  }

  /// Returns an element of an integer dtype, exactly.
  public BigInteger bigInteger(long index) {
    long value = integer(index);
    var signed = BigInteger.valueOf(value);
    return dtype == DType.U64 && value < 0 ? signed.add(BigInteger.ONE.shiftLeft(64)) : signed;
  }

  /// Returns an element, or its real part: exact but for the 64-bit integers, which are rounded.
  public double real(long index) {
    return switch (dtype) {
      case BOOL, I4, I8, I16, I32, I64, U4, U8, U16, U32 -> integer(index);
      case U64 -> bigInteger(index).doubleValue();
      case F8E4M3FN, F8E5M2, F8E4M3B11FNUZ, F8E4M3FNUZ, F8E5M2FNUZ ->
          SmallFloat.of(dtype).decode(data.get(ValueLayout.JAVA_BYTE, index) & 0xff);
      case F16, BF16 -> SmallFloat.of(dtype).decode(data.get(SHORT, 2 * index) & 0xffff);
      case F32 -> data.get(FLOAT, 4 * index);
      case F64 -> data.get(DOUBLE, 8 * index);
      case C64 -> data.get(FLOAT, 8 * index);
      case C128 -> data.get(DOUBLE, 16 * index);
    };
  }

  /// Returns the imaginary part of an element; 0 where the dtype is not complex.
  public double imaginary(long index) {
    return switch (dtype) {
      case C64 -> data.get(FLOAT, 8 * index + 4);
      case C128 -> data.get(DOUBLE, 16 * index + 8);
      case BOOL, I4, I8, I16, I32, I64, U4, U8, U16, U32, U64 -> 0;
      case F8E4M3FN, F8E5M2, F8E4M3B11FNUZ, F8E4M3FNUZ, F8E5M2FNUZ, F16, BF16, F32, F64 -> 0;
    };
  }

  /// Returns `f32[2, 3]`, as a program writes the type.
  public String typeText() {
    if (dims.length == 0) {
      return dtype.text();
    }
    return dtype.text() + Arrays.toString(dims);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof HostArray that
        && dtype == that.dtype
        && Arrays.equals(dims, that.dims)
        && data.mismatch(that.data) < 0;
  }

  @Override
  public int hashCode() {
    return 31 * dtype.hashCode() + Arrays.hashCode(dims);
  }

  @Override
  public String toString() {
    return "HostArray " + typeText();
  }
}
