package org.girih.host.file;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// Turns the layouts that a `.npy` may have into row-major, little-endian.
final class Layouts {
  private Layouts() {}

  /// Reverses the bytes of each number, in place.
  ///
  /// @param width bytes of a number: of a complex element, half
  static void swap(MemorySegment data, int width) {
    long size = data.byteSize();
    switch (width) {
      case 2 -> {
        for (long i = 0; i < size; i += 2) {
          data.set(JAVA_SHORT_UNALIGNED, i, Short.reverseBytes(data.get(JAVA_SHORT_UNALIGNED, i)));
        }
      }
      case 4 -> {
        for (long i = 0; i < size; i += 4) {
          data.set(JAVA_INT_UNALIGNED, i, Integer.reverseBytes(data.get(JAVA_INT_UNALIGNED, i)));
        }
      }
      case 8 -> {
        for (long i = 0; i < size; i += 8) {
          data.set(JAVA_LONG_UNALIGNED, i, Long.reverseBytes(data.get(JAVA_LONG_UNALIGNED, i)));
        }
      }
      default -> {} // a byte has no order
    }
  }

  /// Returns the same elements with the last axis varying fastest, where the first did.
  ///
  /// @param width bytes of an element
  static MemorySegment rowMajor(MemorySegment data, long[] dims, int width) {
    MemorySegment out = Arena.ofAuto().allocate(data.byteSize(), 64);
    long[] strides = new long[dims.length];
    long stride = width;
    for (int i = 0; i < dims.length; i++) {
      strides[i] = stride;
      stride *= dims[i];
    }
    long[] index = new long[dims.length];
    long from = 0;
    for (long to = 0; to < out.byteSize(); to += width) {
      element(data, from, out, to, width);
      for (int axis = dims.length - 1; axis >= 0; axis--) {
        from += strides[axis];
        if (++index[axis] < dims[axis]) {
          break;
        }
        from -= strides[axis] * dims[axis];
        index[axis] = 0;
      }
    }
    return out;
  }

  private static void element(
      MemorySegment data, long from, MemorySegment out, long to, int width) {
    switch (width) {
      case 1 -> out.set(JAVA_BYTE, to, data.get(JAVA_BYTE, from));
      case 2 -> out.set(JAVA_SHORT_UNALIGNED, to, data.get(JAVA_SHORT_UNALIGNED, from));
      case 4 -> out.set(JAVA_INT_UNALIGNED, to, data.get(JAVA_INT_UNALIGNED, from));
      case 8 -> out.set(JAVA_LONG_UNALIGNED, to, data.get(JAVA_LONG_UNALIGNED, from));
      default -> MemorySegment.copy(data, from, out, to, width);
    }
  }

  /// Makes each byte that is not 0 a 1, in place: NumPy writes no other, but reads any.
  static void truths(MemorySegment data) {
    for (long i = 0; i < data.byteSize(); i++) {
      if (data.get(JAVA_BYTE, i) != 0) {
        data.set(JAVA_BYTE, i, (byte) 1);
      }
    }
  }
}
