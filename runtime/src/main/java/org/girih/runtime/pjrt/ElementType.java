package org.girih.runtime.pjrt;

import java.util.Optional;

/// The element types of buffers, with the numbers of `PJRT_Buffer_Type`. The names are XLA's.
public enum ElementType {
  PRED(1, 1),
  S8(2, 1),
  S16(3, 2),
  S32(4, 4),
  S64(5, 8),
  U8(6, 1),
  U16(7, 2),
  U32(8, 4),
  U64(9, 8),
  F16(10, 2),
  F32(11, 4),
  F64(12, 8),
  BF16(13, 2),
  C64(14, 8),
  C128(15, 16),
  F8E5M2(16, 1),
  F8E4M3FN(17, 1),
  F8E4M3B11FNUZ(18, 1),
  F8E5M2FNUZ(19, 1),
  F8E4M3FNUZ(20, 1),
  S4(21, 1),
  U4(22, 1),
  S2(24, 1),
  U2(25, 1),
  F8E4M3(26, 1),
  F8E3M4(27, 1),
  F8E8M0FNU(28, 1),
  F4E2M1FN(29, 1);

  private final int number;
  private final int bytes;

  ElementType(int number, int bytes) {
    this.number = number;
    this.bytes = bytes;
  }

  /// Returns the number of `PJRT_Buffer_Type`.
  int number() {
    return number;
  }

  /// Returns the bytes of one element on the host; types of less than a byte take a whole one.
  public int bytes() {
    return bytes;
  }

  /// Returns the type of a number; none for tokens and for types that are newer than this binding.
  static Optional<ElementType> of(int number) {
    for (ElementType type : values()) {
      if (type.number == number) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }
}
