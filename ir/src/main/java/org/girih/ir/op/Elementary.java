package org.girih.ir.op;

import java.util.List;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.Value;

/// Elementary and special functions of one inexact operand. Those marked real take no complex ones.
public enum Elementary implements Smooth {
  EXP(true),
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

  /// Whether complex operands are taken.
  public boolean complex() {
    return complex;
  }

  @Override
  public List<ArrayType> infer(Inference cx, List<ArrayType> in) {
    cx.count(in, 1);
    ArrayType type = in.getFirst();
    cx.require(
        complex ? type.dtype().inexact() : type.dtype().floating(), "%s of %s", primitive(), type);
    return in;
  }

  /// The usual derivatives (Abramowitz and Stegun, chapters 4, 6 and 7), by way of the result where
  /// that is cheaper or more accurate.
  @Override
  public Value derivative(Builder b, int i, List<Value> xs, Value y) {
    Value x = xs.getFirst();
    Value one = b.fill(x, 1);
    return switch (this) {
      case EXP -> y;
      case EXPM1 -> b.add(y, one);
      case LOG -> b.divide(one, x);
      case LOG1P -> b.divide(one, b.add(x, one));
      case SQRT -> b.divide(b.fill(x, 0.5), y);
      case RSQRT -> b.multiply(b.fill(x, -0.5), b.divide(y, x));
      case CBRT -> b.divide(b.fill(x, 1.0 / 3), b.multiply(y, y));
      case SIN -> b.emit1(COS, x);
      case COS -> b.negate(b.emit1(SIN, x));
      case TAN -> b.add(one, b.multiply(y, y));
      case ASIN -> b.emit1(RSQRT, oneMinusSquare(b, x));
      case ACOS -> b.negate(b.emit1(RSQRT, oneMinusSquare(b, x)));
      case ATAN -> b.divide(one, b.add(one, b.multiply(x, x)));
      case SINH -> b.emit1(COSH, x);
      case COSH -> b.emit1(SINH, x);
      case TANH -> oneMinusSquare(b, y);
      case ASINH -> b.emit1(RSQRT, b.add(one, b.multiply(x, x)));
      case ACOSH -> b.multiply(b.emit1(RSQRT, b.subtract(x, one)), b.emit1(RSQRT, b.add(x, one)));
      case ATANH -> b.divide(one, oneMinusSquare(b, x));
      case LOGISTIC -> b.multiply(y, b.subtract(one, y));
      case ERF -> bell(b, x, 2 / Math.sqrt(Math.PI));
      case ERFC -> bell(b, x, -2 / Math.sqrt(Math.PI));
      case ERF_INV -> b.multiply(b.fill(x, Math.sqrt(Math.PI) / 2), b.emit1(EXP, b.multiply(y, y)));
      case LGAMMA -> b.emit1(DIGAMMA, x);
      case DIGAMMA -> Trigamma.of(b, x);
    };
  }

  /// (1 − x) (1 + x), which loses nothing near ±1.
  private static Value oneMinusSquare(Builder b, Value x) {
    Value one = b.fill(x, 1);
    return b.multiply(b.subtract(one, x), b.add(one, x));
  }

  /// factor · exp(−x²).
  private static Value bell(Builder b, Value x, double factor) {
    return b.multiply(b.fill(x, factor), b.emit1(EXP, b.negate(b.multiply(x, x))));
  }
}
