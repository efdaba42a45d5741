package org.girih.cli.array;

/// The floating formats that Java has no type for, decoded to `float`, which holds each exactly.
///
/// Source: "FP8 Formats for Deep Learning" (Micikevicius et al., 2022) for `f8e4m3fn` and `f8e5m2`;
/// openxla's `xla_data.proto` for the `fnuz` formats, which have neither infinities nor a negative
/// zero: the pattern `0x80` is their one NaN.
final class SmallFloat {
  private SmallFloat() {}

  static float f8e4m3fn(byte bits) {
    return (bits & 0x7f) == 0x7f ? Float.NaN : decode(bits, 3, 7);
  }

  static float f8e5m2(byte bits) {
    // The upper half of an f16, bit for bit.
    return Float.float16ToFloat((short) (bits << 8));
  }

  static float fnuz(byte bits, int mantissaBits, int bias) {
    return bits == (byte) 0x80 ? Float.NaN : decode(bits, mantissaBits, bias);
  }

  static float bf16(short bits) {
    return Float.intBitsToFloat(bits << 16);
  }

  private static float decode(byte bits, int mantissaBits, int bias) {
    int exponent = (bits & 0x7f) >> mantissaBits;
    int mantissa = bits & ((1 << mantissaBits) - 1);
    float magnitude =
        exponent == 0
            ? Math.scalb((float) mantissa, 1 - bias - mantissaBits)
            : Math.scalb((float) (mantissa | 1 << mantissaBits), exponent - bias - mantissaBits);
    return bits < 0 ? -magnitude : magnitude;
  }
}
