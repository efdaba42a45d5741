package org.girih.ir.type;

/// Floating formats of 8 and 16 bits, described by their fields; conversion goes through the
/// arithmetic of `double`, which holds each of their values exactly.
///
/// @param exponentBits width of the exponent
/// @param mantissaBits width of the mantissa without its hidden bit
/// @param bias of the exponent
/// @param infinities whether the highest exponent is reserved for infinity and NaN (IEEE 754)
/// @param unsignedZero `fnuz`: no −0 and no infinities, NaN is the pattern of −0
public record SmallFloat(
    int exponentBits, int mantissaBits, int bias, boolean infinities, boolean unsignedZero) {
  private static final SmallFloat F16 = new SmallFloat(5, 10, 15, true, false);
  private static final SmallFloat BF16 = new SmallFloat(8, 7, 127, true, false);
  private static final SmallFloat E4M3FN = new SmallFloat(4, 3, 7, false, false);
  private static final SmallFloat E5M2 = new SmallFloat(5, 2, 15, true, false);
  private static final SmallFloat E4M3B11 = new SmallFloat(4, 3, 11, false, true);
  private static final SmallFloat E4M3FNUZ = new SmallFloat(4, 3, 8, false, true);
  private static final SmallFloat E5M2FNUZ = new SmallFloat(5, 2, 16, false, true);

  /// Returns the format of a dtype of at most 16 bits.
  ///
  /// @throws IllegalArgumentException for any other
  public static SmallFloat of(DType dtype) {
    return switch (dtype) {
      case F16 -> F16;
      case BF16 -> BF16;
      case F8E4M3FN -> E4M3FN;
      case F8E5M2 -> E5M2;
      case F8E4M3B11FNUZ -> E4M3B11;
      case F8E4M3FNUZ -> E4M3FNUZ;
      case F8E5M2FNUZ -> E5M2FNUZ;
      case BOOL, I4, I8, I16, I32, I64, U4, U8, U16, U32, U64, F32, F64, C64, C128 ->
          throw new IllegalArgumentException(dtype + " is not a small float");
    };
  }

  private int signBit() {
    return 1 << (exponentBits + mantissaBits);
  }

  /// Returns the pattern of the NaN that conversions produce.
  public int nan() {
    if (unsignedZero) {
      return signBit();
    }
    int ones = ((1 << exponentBits) - 1) << mantissaBits;
    return infinities ? ones | 1 << (mantissaBits - 1) : ones | (1 << mantissaBits) - 1;
  }

  /// Returns the largest finite pattern, without its sign.
  private int largest() {
    int all = signBit() - 1;
    return infinities
        ? (((1 << exponentBits) - 1) << mantissaBits) - 1
        : unsignedZero ? all : all - 1;
  }

  /// Returns the pattern of the nearest value, ties to even. What is too large becomes infinity, or
  /// NaN in the formats without infinities, as XLA converts.
  public int encode(double value) {
    if (Double.isNaN(value)) {
      return nan();
    }
    boolean negative = Double.doubleToRawLongBits(value) < 0;
    double size = Math.abs(value);
    int pattern = Double.isInfinite(size) ? largest() + 1 : nearest(size);
    if (pattern > largest()) {
      if (!infinities) {
        return nan() | (negative && !unsignedZero ? signBit() : 0);
      }
      pattern = ((1 << exponentBits) - 1) << mantissaBits;
    }
    return negative && !(pattern == 0 && unsignedZero) ? pattern | signBit() : pattern;
  }

  private int nearest(double size) {
    int exponent = Math.max(size == 0 ? 1 - bias : Math.getExponent(size), 1 - bias);
    double steps = Math.rint(size * Math.scalb(1.0, mantissaBits) * Math.scalb(1.0, -exponent));
    // A carry out of the mantissa lands in the exponent by itself; a subnormal has exponent field
    // 0.
    int field = exponent + bias - 1;
    long pattern = ((long) field << mantissaBits) + (long) steps;
    return (int) Math.min(pattern, (long) largest() + 1);
  }

  public boolean isNegative(int pattern) {
    return (pattern & signBit()) != 0;
  }

  /// Returns the mantissa's bits, which tell NaNs apart.
  public int mantissa(int pattern) {
    return pattern & (1 << mantissaBits) - 1;
  }

  /// Returns the value of a pattern.
  public double decode(int pattern) {
    boolean negative = (pattern & signBit()) != 0;
    int size = pattern & (signBit() - 1);
    if (unsignedZero ? pattern == signBit() : size > largest()) {
      boolean infinite = infinities && (size & ((1 << mantissaBits) - 1)) == 0;
      return infinite ? (negative ? -1 : 1) * Double.POSITIVE_INFINITY : Double.NaN;
    }
    int field = size >> mantissaBits;
    int mantissa = size & ((1 << mantissaBits) - 1);
    double value =
        field == 0
            ? Math.scalb((double) mantissa, 1 - bias - mantissaBits)
            : Math.scalb((double) (mantissa + (1 << mantissaBits)), field - bias - mantissaBits);
    return negative ? -value : value;
  }
}
