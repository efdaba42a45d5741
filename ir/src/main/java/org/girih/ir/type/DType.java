package org.girih.ir.type;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// The element types. The name of each, in lower case, is its keyword in `.girih` and `.tir`.
///
/// Layouts: integers are two's complement; `f8…` as in "FP8 Formats for Deep Learning"
/// (Micikevicius et al., 2022) and the `fnuz` variants of openxla's `xla_data.proto`; complex
/// numbers are pairs (real, imaginary). The sub-byte types take one byte an element on the host.
public enum DType {
  BOOL(Kind.BOOL, 8),
  I4(Kind.SIGNED, 4),
  I8(Kind.SIGNED, 8),
  I16(Kind.SIGNED, 16),
  I32(Kind.SIGNED, 32),
  I64(Kind.SIGNED, 64),
  U4(Kind.UNSIGNED, 4),
  U8(Kind.UNSIGNED, 8),
  U16(Kind.UNSIGNED, 16),
  U32(Kind.UNSIGNED, 32),
  U64(Kind.UNSIGNED, 64),
  F8E4M3FN(Kind.FLOAT, 8),
  F8E5M2(Kind.FLOAT, 8),
  F8E4M3B11FNUZ(Kind.FLOAT, 8),
  F8E4M3FNUZ(Kind.FLOAT, 8),
  F8E5M2FNUZ(Kind.FLOAT, 8),
  F16(Kind.FLOAT, 16),
  BF16(Kind.FLOAT, 16),
  F32(Kind.FLOAT, 32),
  F64(Kind.FLOAT, 64),
  C64(Kind.COMPLEX, 64),
  C128(Kind.COMPLEX, 128);

  /// The families that rules distinguish.
  public enum Kind {
    BOOL,
    SIGNED,
    UNSIGNED,
    FLOAT,
    COMPLEX
  }

  private final Kind kind;
  private final int bits;

  DType(Kind kind, int bits) {
    this.kind = kind;
    this.bits = bits;
  }

  public Kind kind() {
    return kind;
  }

  /// Returns the bits of one element as the type counts them: 4 for `i4`.
  public int bits() {
    return bits;
  }

  /// Returns the bytes of one element on the host: 1 for the sub-byte types.
  public int bytes() {
    return Math.max(1, bits / 8);
  }

  /// Returns the keyword: `f32`.
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<DType> of(String text) {
    return Arrays.stream(values()).filter(d -> d.text().equals(text)).findFirst();
  }

  public boolean isBool() {
    return kind == Kind.BOOL;
  }

  /// Returns whether it is a signed or unsigned integer; `bool` is not one.
  public boolean integer() {
    return kind == Kind.SIGNED || kind == Kind.UNSIGNED;
  }

  public boolean floating() {
    return kind == Kind.FLOAT;
  }

  public boolean complex() {
    return kind == Kind.COMPLEX;
  }

  /// Returns whether it is floating or complex: has a tangent.
  public boolean inexact() {
    return floating() || complex();
  }

  /// Returns whether it is anything but `bool`.
  public boolean numeric() {
    return kind != Kind.BOOL;
  }

  /// Returns the dtype of the real part: `f32` of `c64`, `f64` of `c128`, any other is its own.
  public DType real() {
    return switch (this) {
      case C64 -> F32;
      case C128 -> F64;
      case BOOL, I4, I8, I16, I32, I64, U4, U8, U16, U32, U64 -> this;
      case F8E4M3FN, F8E5M2, F8E4M3B11FNUZ, F8E4M3FNUZ, F8E5M2FNUZ -> this;
      case F16, BF16, F32, F64 -> this;
    };
  }
}
