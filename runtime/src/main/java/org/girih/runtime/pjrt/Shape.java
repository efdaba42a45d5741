package org.girih.runtime.pjrt;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/// An element type and dims, major to minor; no dims is a scalar.
public final class Shape {
  private final ElementType elementType;
  private final long[] dims;
  private final long byteSize;

  /// @throws IllegalArgumentException if a dim is negative or the bytes do not fit a long
  public Shape(ElementType elementType, long... dims) {
    this.elementType = elementType;
    this.dims = dims.clone();
    this.byteSize = byteSize(elementType, this.dims);
  }

  private static long byteSize(ElementType type, long[] dims) {
    long bytes = type.bytes();
    try {
      for (long dim : dims) {
        if (dim < 0) {
          throw new IllegalArgumentException("negative dim in " + text(type, dims));
        }
        // A zero makes the array empty but must not hide an overflow of the other dims.
        bytes = Math.multiplyExact(bytes, Math.max(dim, 1));
      }
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException(text(type, dims) + " takes more than 2^63 bytes", e);
    }
    return Arrays.stream(dims).anyMatch(d -> d == 0) ? 0 : bytes;
  }

  public ElementType elementType() {
    return elementType;
  }

  public int rank() {
    return dims.length;
  }

  public long dim(int axis) {
    return dims[axis];
  }

  /// Returns a copy of the dims.
  public long[] dims() {
    return dims.clone();
  }

  /// Returns the bytes of the dense array on the host.
  public long byteSize() {
    return byteSize;
  }

  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof Shape that
            && elementType == that.elementType
            && Arrays.equals(dims, that.dims));
  }

  @Override
  public int hashCode() {
    return 31 * elementType.hashCode() + Arrays.hashCode(dims);
  }

  /// Returns `f32[2,3]`, as XLA writes it.
  @Override
  public String toString() {
    return text(elementType, dims);
  }

  private static String text(ElementType type, long[] dims) {
    return type.name().toLowerCase(Locale.ROOT)
        + Arrays.stream(dims).mapToObj(Long::toString).collect(Collectors.joining(",", "[", "]"));
  }
}
