package org.girih.ir.op;

import java.util.List;
import org.girih.ir.type.ArrayType;

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
}
