package org.girih.hlo.verify;

import java.util.EnumSet;
import java.util.Set;
import org.girih.hlo.proto.PrimitiveType;

/// The families of element types that rules distinguish; only the language's own dtypes are known.
public final class Types {
  private static final Set<PrimitiveType> SIGNED =
      EnumSet.of(
          PrimitiveType.S4,
          PrimitiveType.S8,
          PrimitiveType.S16,
          PrimitiveType.S32,
          PrimitiveType.S64);
  private static final Set<PrimitiveType> UNSIGNED =
      EnumSet.of(
          PrimitiveType.U4,
          PrimitiveType.U8,
          PrimitiveType.U16,
          PrimitiveType.U32,
          PrimitiveType.U64);
  private static final Set<PrimitiveType> FLOATING =
      EnumSet.of(
          PrimitiveType.F8E5M2,
          PrimitiveType.F8E4M3FN,
          PrimitiveType.F8E4M3B11FNUZ,
          PrimitiveType.F8E5M2FNUZ,
          PrimitiveType.F8E4M3FNUZ,
          PrimitiveType.F16,
          PrimitiveType.BF16,
          PrimitiveType.F32,
          PrimitiveType.F64);

  private Types() {}

  static boolean known(PrimitiveType type) {
    return type == PrimitiveType.PRED || integral(type) || floating(type) || complex(type);
  }

  static boolean signed(PrimitiveType type) {
    return SIGNED.contains(type);
  }

  /// Returns whether elements are integers without a sign.
  public static boolean unsigned(PrimitiveType type) {
    return UNSIGNED.contains(type);
  }

  static boolean integral(PrimitiveType type) {
    return signed(type) || unsigned(type);
  }

  static boolean floating(PrimitiveType type) {
    return FLOATING.contains(type);
  }

  static boolean complex(PrimitiveType type) {
    return type == PrimitiveType.C64 || type == PrimitiveType.C128;
  }

  static boolean inexact(PrimitiveType type) {
    return floating(type) || complex(type);
  }

  /// Returns the type of the parts of a complex one.
  static PrimitiveType part(PrimitiveType type) {
    return type == PrimitiveType.C64 ? PrimitiveType.F32 : PrimitiveType.F64;
  }

  /// Returns the bits of an element, 8 for `pred`.
  public static int bits(PrimitiveType type) {
    return switch (type) {
      case S4, U4 -> 4;
      case PRED, S8, U8, F8E5M2, F8E4M3FN, F8E4M3B11FNUZ, F8E5M2FNUZ, F8E4M3FNUZ -> 8;
      case S16, U16, F16, BF16 -> 16;
      case S32, U32, F32 -> 32;
      case S64, U64, F64, C64 -> 64;
      case C128 -> 128;
      case TUPLE, TOKEN, OPAQUE_TYPE, PRIMITIVE_TYPE_INVALID, UNRECOGNIZED -> 0;
      case S1, S2, U1, U2, F8E4M3, F8E3M4, F4E2M1FN, F8E8M0FNU -> 0;
    };
  }
}
