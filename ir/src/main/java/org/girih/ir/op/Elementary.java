package org.girih.ir.op;

import java.util.List;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.Value;

/// Elementary and special functions of one inexact operand. Those marked `true` take complex ones
/// too.
///
/// - (C1) one operand
/// - (C2) an inexact dtype; of those marked real, a floating one
public enum Elementary implements Smooth {
  EXP(true),
  /// 2ˣ, exact where x is a whole number.
  EXP2(true),
  /// eˣ − 1, accurate near 0.
  EXPM1(true),
  LOG(true),
  /// log(1 + x), accurate near 0.
  LOG1P(true),
  SQRT(true),
  RSQRT(true),
  CBRT(false),
  SIN(true),
  COS(true),
  TAN(true),
  ASIN(true),
  ACOS(true),
  ATAN(true),
  SINH(true),
  COSH(true),
  TANH(true),
  ASINH(true),
  ACOSH(true),
  ATANH(true),
  /// 1 / (1 + e⁻ˣ).
  LOGISTIC(true),
  ERF(false),
  ERFC(false),
  /// The inverse of erf on (−1, 1); infinities at the ends, NaN outside.
  ERF_INV(false),
  /// log |Γ(x)|.
  LGAMMA(false),
  /// The derivative of `lgamma`.
  DIGAMMA(false);

  private final boolean complex;

  Elementary(boolean complex) {
    this.complex = complex;
  }

  /// Returns whether complex operands are taken.
  public boolean complex() {
    return complex;
  }

  @Override
  public List<ArrayType> infer(Inference cx, List<ArrayType> in) {
    cx.c(1).count(in, 1);
    ArrayType type = in.getFirst();
    cx.c(2)
        .require(
            complex ? type.dtype().inexact() : type.dtype().floating(),
            "expected %s dtype, got %s",
            complex ? "an inexact" : "a floating",
            type);
    return in;
  }

  @Override
  public Work work(List<ArrayType> in, List<ArrayType> out) {
    return Work.elementary(out);
  }

  /// Multiplies by the usual derivatives (Abramowitz and Stegun, chapters 4, 6 and 7), by way of
  /// the result where that is cheaper or more accurate. For tanh, (t + t y) (1 − y): what is used
  /// twice of it has one operand, and such things XLA computes again in each fusion instead of
  /// keeping them in memory.
  @Override
  public Value tangent(Builder b, int i, List<Value> xs, Value y, Value t) {
    Value x = xs.getFirst();
    Value one = b.fill(x, 1);
    return switch (this) {
      case EXP -> b.multiply(t, y);
      case EXP2 -> b.multiply(t, b.multiply(b.fill(x, Math.log(2)), y));
      case EXPM1 -> b.multiply(t, b.add(y, one));
      case LOG -> b.divide(t, x);
      case LOG1P -> b.divide(t, b.add(x, one));
      case SQRT -> b.multiply(t, b.divide(b.fill(x, 0.5), y));
      case RSQRT -> b.multiply(t, b.multiply(b.fill(x, -0.5), b.divide(y, x)));
      case CBRT ->
          b.multiply(
              t, b.multiply(b.fill(x, 1.0 / 3), b.emit1(ElementaryPair.POWER, y, b.fill(y, -2))));
      case SIN -> b.multiply(t, b.emit1(COS, x));
      case COS -> b.multiply(t, b.negate(b.emit1(SIN, x)));
      case TAN -> b.multiply(t, b.add(one, b.multiply(y, y)));
      case ASIN -> b.multiply(t, b.emit1(RSQRT, oneMinusSquare(b, x)));
      case ACOS -> b.multiply(t, b.negate(b.emit1(RSQRT, oneMinusSquare(b, x))));
      case ATAN -> b.divide(t, b.add(one, b.multiply(x, x)));
      case SINH -> b.multiply(t, b.emit1(COSH, x));
      case COSH -> b.multiply(t, b.emit1(SINH, x));
      case TANH -> b.multiply(b.add(t, b.multiply(t, y)), b.subtract(one, y));
      case ASINH -> b.multiply(t, b.emit1(RSQRT, b.add(one, b.multiply(x, x))));
      case ACOSH ->
          b.multiply(
              t, b.multiply(b.emit1(RSQRT, b.subtract(x, one)), b.emit1(RSQRT, b.add(x, one))));
      case ATANH -> b.divide(t, oneMinusSquare(b, x));
      case LOGISTIC -> b.multiply(t, b.multiply(y, b.subtract(one, y)));
      case ERF -> b.multiply(t, bell(b, x, 2 / Math.sqrt(Math.PI)));
      case ERFC -> b.multiply(t, bell(b, x, -2 / Math.sqrt(Math.PI)));
      case ERF_INV ->
          b.multiply(
              t, b.multiply(b.fill(x, Math.sqrt(Math.PI) / 2), b.emit1(EXP, b.multiply(y, y))));
      case LGAMMA -> b.multiply(t, b.emit1(DIGAMMA, x));
      case DIGAMMA -> b.multiply(t, Trigamma.of(b, x));
    };
  }

  /// Returns (1 − x) (1 + x), which loses nothing near ±1.
  private static Value oneMinusSquare(Builder b, Value x) {
    Value one = b.fill(x, 1);
    return b.multiply(b.subtract(one, x), b.add(one, x));
  }

  /// Returns factor · exp(−x²).
  private static Value bell(Builder b, Value x, double factor) {
    return b.multiply(b.fill(x, factor), b.emit1(EXP, b.negate(b.multiply(x, x))));
  }
}
