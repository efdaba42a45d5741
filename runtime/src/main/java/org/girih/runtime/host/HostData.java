package org.girih.runtime.host;

import java.lang.foreign.MemorySegment;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.nio.ShortBuffer;
import org.girih.runtime.artifact.DType;

/// Elements on the host: a primitive array or a buffer, as memory.
///
/// @param dtype what it is unless stated otherwise
/// @param words bytes of what the host's type holds: 4 for `float` and `int`
/// @param bytes whether it is raw bytes, which may be of any dtype
record HostData(DType dtype, int words, boolean bytes, MemorySegment memory)
    implements Call.Argument {

  static HostData of(float[] values) {
    return new HostData(DType.F32, 4, false, MemorySegment.ofArray(values));
  }

  static HostData of(double[] values) {
    return new HostData(DType.F64, 8, false, MemorySegment.ofArray(values));
  }

  static HostData of(int[] values) {
    return new HostData(DType.I32, 4, false, MemorySegment.ofArray(values));
  }

  static HostData of(long[] values) {
    return new HostData(DType.I64, 8, false, MemorySegment.ofArray(values));
  }

  static HostData of(short[] values) {
    return new HostData(DType.I16, 2, false, MemorySegment.ofArray(values));
  }

  static HostData of(byte[] values) {
    return new HostData(DType.I8, 1, false, MemorySegment.ofArray(values));
  }

  static HostData of(boolean[] values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (values[i] ? 1 : 0);
    }
    return new HostData(DType.BOOL, 1, false, MemorySegment.ofArray(bytes));
  }

  /// @throws IllegalArgumentException if it is in another byte order than the machine's
  static HostData of(Buffer values) {
    MemorySegment memory = MemorySegment.ofBuffer(values);
    HostData data =
        switch (values) {
          case FloatBuffer b -> ordered(DType.F32, 4, b.order(), memory);
          case DoubleBuffer b -> ordered(DType.F64, 8, b.order(), memory);
          case IntBuffer b -> ordered(DType.I32, 4, b.order(), memory);
          case LongBuffer b -> ordered(DType.I64, 8, b.order(), memory);
          case ShortBuffer b -> ordered(DType.I16, 2, b.order(), memory);
          case CharBuffer b -> ordered(DType.U16, 2, b.order(), memory);
          case ByteBuffer _ -> new HostData(DType.I8, 1, true, memory);
        };
    return data;
  }

  private static HostData ordered(DType dtype, int words, ByteOrder order, MemorySegment memory) {
    if (!order.equals(ByteOrder.nativeOrder())) {
      throw new IllegalArgumentException(
          "the buffer is "
              + order
              + ", the device "
              + ByteOrder.nativeOrder()
              + ": make it with `order(ByteOrder.nativeOrder())`");
    }
    return new HostData(dtype, words, false, memory);
  }

  /// Returns whether it may be passed for this dtype: signed for unsigned integers, 16-bit integers
  /// for half floats, pairs of floats for complex numbers.
  boolean holds(DType wanted) {
    return bytes
        || switch (wanted) {
          case C64 -> dtype == DType.F32;
          case C128 -> dtype == DType.F64;
          case F32, F64, BOOL -> dtype == wanted;
          case I4, U4, I8, U8, F8E4M3FN, F8E5M2, F8E4M3B11FNUZ, F8E4M3FNUZ, F8E5M2FNUZ ->
              dtype == DType.I8;
          case I16, U16, F16, BF16 -> dtype == DType.I16 || dtype == DType.U16;
          case I32, U32 -> dtype == DType.I32;
          case I64, U64 -> dtype == DType.I64;
        };
  }

  /// Returns how many elements of that dtype these are.
  ///
  /// @return -1 if they are not a whole number
  long elements(DType of) {
    return memory.byteSize() % of.bytes() == 0 ? memory.byteSize() / of.bytes() : -1;
  }

  /// Returns the name in messages: `float`.
  String what() {
    return bytes
        ? "bytes"
        : switch (words) {
          case 8 -> dtype == DType.F64 ? "double" : "long";
          case 4 -> dtype == DType.F32 ? "float" : "int";
          case 2 -> "short";
          default -> dtype == DType.BOOL ? "boolean" : "byte";
        };
  }
}
