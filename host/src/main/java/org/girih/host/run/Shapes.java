package org.girih.host.run;

import org.girih.ir.type.ArrayType;
import org.girih.ir.type.DType;
import org.girih.runtime.pjrt.ElementType;
import org.girih.runtime.pjrt.Shape;

/// Types of the IR as the runtime names them.
public final class Shapes {
  private Shapes() {}

  public static Shape of(ArrayType type) {
    return new Shape(element(type.dtype()), type.sizes());
  }

  public static ElementType element(DType dtype) {
    return switch (dtype) {
      case BOOL -> ElementType.PRED;
      case I4 -> ElementType.S4;
      case I8 -> ElementType.S8;
      case I16 -> ElementType.S16;
      case I32 -> ElementType.S32;
      case I64 -> ElementType.S64;
      case U4 -> ElementType.U4;
      case U8 -> ElementType.U8;
      case U16 -> ElementType.U16;
      case U32 -> ElementType.U32;
      case U64 -> ElementType.U64;
      case F8E4M3FN -> ElementType.F8E4M3FN;
      case F8E5M2 -> ElementType.F8E5M2;
      case F8E4M3B11FNUZ -> ElementType.F8E4M3B11FNUZ;
      case F8E4M3FNUZ -> ElementType.F8E4M3FNUZ;
      case F8E5M2FNUZ -> ElementType.F8E5M2FNUZ;
      case F16 -> ElementType.F16;
      case BF16 -> ElementType.BF16;
      case F32 -> ElementType.F32;
      case F64 -> ElementType.F64;
      case C64 -> ElementType.C64;
      case C128 -> ElementType.C128;
    };
  }

  /// The dtype of an element type.
  ///
  /// @throws IllegalArgumentException if the language has none
  public static DType dtype(ElementType type) {
    for (DType dtype : DType.values()) {
      if (element(dtype) == type) {
        return dtype;
      }
    }
    throw new IllegalArgumentException("no dtype for " + type);
  }
}
