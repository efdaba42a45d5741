package org.girih.ir.type;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/// A constant array: little-endian row-major bytes, one byte an element for the sub-byte types, or
/// (the splat form) the bytes of one element that is everywhere. Immutable; equal by type and
/// bytes, the hash cached. A splat and the same array written out are different literals.
public final class Literal {
  private final ArrayType type;
  private final byte[] bytes;
  private final boolean splat;
  private final int hash;

  private Literal(ArrayType type, byte[] bytes, boolean splat) {
    this.type = type;
    this.bytes = bytes;
    this.splat = splat;
    this.hash = 31 * type.hashCode() + Arrays.hashCode(bytes);
  }

  /// @param bytes all elements; copied
  /// @throws IllegalArgumentException if their number is not that of the type's elements
  public static Literal dense(ArrayType type, byte[] bytes) {
    long elements = type.elements().known().orElseThrow();
    if (bytes.length != elements * type.dtype().bytes()) {
      throw new IllegalArgumentException(bytes.length + " bytes for " + type);
    }
    return new Literal(type, bytes.clone(), type.isScalar());
  }

  /// @param element the bytes of one element; copied
  /// @throws IllegalArgumentException if their number is not that of one element
  public static Literal splat(ArrayType type, byte[] element) {
    if (element.length != type.dtype().bytes()) {
      throw new IllegalArgumentException(element.length + " bytes for an element of " + type);
    }
    return new Literal(type, element.clone(), true);
  }

  /// Returns a scalar, or an array of one number everywhere, rounded to the dtype as [Elements#of]
  /// does.
  public static Literal of(ArrayType type, Number number) {
    return splat(type, Elements.of(type.dtype(), number));
  }

  /// Returns a scalar of dtype `i32`, which indices have.
  public static Literal i32(int value) {
    return of(ArrayType.scalar(DType.I32), value);
  }

  public ArrayType type() {
    return type;
  }

  /// Returns whether one element is everywhere; true of every scalar.
  public boolean isSplat() {
    return splat;
  }

  /// Returns the bytes, read-only and little-endian: one element's for a splat, all otherwise.
  public ByteBuffer bytes() {
    return ByteBuffer.wrap(bytes).asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
  }

  /// Returns the bytes of the element at a row-major position.
  public byte[] element(long position) {
    int size = type.dtype().bytes();
    int at = splat ? 0 : Math.toIntExact(position * size);
    return Arrays.copyOfRange(bytes, at, at + size);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Literal o
        && hash == o.hash
        && splat == o.splat
        && type.equals(o.type)
        && Arrays.equals(bytes, o.bytes);
  }

  @Override
  public int hashCode() {
    return hash;
  }

  @Override
  public String toString() {
    return type + (splat ? " splat" : " of " + bytes.length + " bytes");
  }
}
