package org.girih.ir.type;

/// The least and the greatest number of each dtype: what maxima and minima start from.
public final class Bounds {
  private Bounds() {}

  /// Returns the least number of a dtype: −∞ where there is one.
  public static Number least(DType dtype) {
    return switch (dtype.kind()) {
      case BOOL, UNSIGNED -> 0;
      case SIGNED -> -1L << (dtype.bits() - 1);
      case FLOAT, COMPLEX -> infinite(dtype) ? Double.NEGATIVE_INFINITY : -largest(dtype);
    };
  }

  /// Returns the greatest number of a dtype: ∞ where there is one.
  public static Number greatest(DType dtype) {
    return switch (dtype.kind()) {
      case BOOL -> 1;
      case UNSIGNED -> dtype.bits() == 64 ? -1L : (1L << dtype.bits()) - 1;
      case SIGNED -> (1L << (dtype.bits() - 1)) - 1;
      case FLOAT, COMPLEX -> infinite(dtype) ? Double.POSITIVE_INFINITY : largest(dtype);
    };
  }

  private static boolean infinite(DType dtype) {
    return dtype.bits() > 8 || dtype == DType.F8E5M2;
  }

  /// Returns the largest finite number of the dtypes without infinities.
  private static double largest(DType dtype) {
    return switch (dtype) {
      case F8E4M3FN -> 448;
      case F8E4M3B11FNUZ -> 30;
      case F8E4M3FNUZ -> 240;
      case F8E5M2FNUZ, F8E5M2 -> 57344;
      case BOOL, I4, I8, I16, I32, I64, U4, U8, U16, U32, U64 -> throw new IllegalStateException();
      case F16, BF16, F32, F64, C64, C128 -> throw new IllegalStateException();
    };
  }
}
