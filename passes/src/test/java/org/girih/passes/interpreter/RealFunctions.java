package org.girih.passes.interpreter;

import org.girih.ir.op.Elementary;
import org.girih.ir.op.ElementaryPair;

/// Elementary and special functions of `double`, to about 10⁻¹³.
final class RealFunctions {
  private static final double LN2 = Math.log(2);

  private RealFunctions() {}

  static double apply(Elementary f, double x) {
    return switch (f) {
      case EXP -> Math.exp(x);
      case EXP2 -> Math.pow(2, x);
      case EXPM1 -> Math.expm1(x);
      case LOG -> Math.log(x);
      case LOG1P -> Math.log1p(x);
      case SQRT -> Math.sqrt(x);
      case RSQRT -> 1 / Math.sqrt(x);
      case CBRT -> Math.cbrt(x);
      case SIN -> Math.sin(x);
      case COS -> Math.cos(x);
      case TAN -> Math.tan(x);
      case ASIN -> Math.asin(x);
      case ACOS -> Math.acos(x);
      case ATAN -> Math.atan(x);
      case SINH -> Math.sinh(x);
      case COSH -> Math.cosh(x);
      case TANH -> Math.tanh(x);
      case ASINH -> Math.copySign(asinh(Math.abs(x)), x);
      case ACOSH -> x > 1e150 ? Math.log(x) + LN2 : acosh(x - 1);
      case ATANH -> Math.copySign(0.5 * Math.log1p(2 * Math.abs(x) / (1 - Math.abs(x))), x);
      case LOGISTIC -> x < 0 ? Math.exp(x) / (1 + Math.exp(x)) : 1 / (1 + Math.exp(-x));
      case ERF -> erf(x);
      case ERFC -> x < 0 ? 1 + erf(-x) : erfc(x);
      case ERF_INV -> Math.copySign(erfInv(Math.abs(x)), x);
      case LGAMMA -> lgamma(x);
      case DIGAMMA -> digamma(x);
    };
  }

  static double apply(ElementaryPair f, double x, double y) {
    return switch (f) {
      case POWER -> power(x, y);
      case ATAN2 -> Math.atan2(x, y);
      case REMAINDER -> x % y;
    };
  }

  /// As C's `pow`: 1 to any power is 1, and so is −1 to an infinite one.
  private static double power(double x, double y) {
    return x == 1 || x == -1 && Double.isInfinite(y) ? 1 : Math.pow(x, y);
  }

  private static double asinh(double x) {
    return x > 1e150 ? Math.log(x) + LN2 : Math.log1p(x + x * x / (1 + Math.sqrt(x * x + 1)));
  }

  private static double acosh(double above) {
    return Math.log1p(above + Math.sqrt(2 * above + above * above));
  }

  /// By the series e^(−x²) Σ 2ⁿ x^(2n+1) / (2n+1)!!, whose terms have one sign (Abramowitz and
  /// Stegun 7.1.6).
  private static double erf(double x) {
    if (Math.abs(x) > 3) {
      return x > 0 ? 1 - erfc(x) : erfc(-x) - 1;
    }
    double term = x;
    double sum = x;
    for (int n = 1; Math.abs(term) > 1e-18 * Math.abs(sum); n++) {
      term *= 2 * x * x / (2 * n + 1);
      sum += term;
    }
    return 2 / Math.sqrt(Math.PI) * Math.exp(-x * x) * sum;
  }

  /// For x ≥ 0; beyond 1 by the continued fraction 7.1.14 of Abramowitz and Stegun.
  private static double erfc(double x) {
    if (!(x > 1)) {
      return 1 - erf(x);
    }
    double fraction = 0;
    for (int n = 200; n >= 1; n--) {
      fraction = n / 2.0 / (x + fraction);
    }
    return Math.exp(-x * x) / Math.sqrt(Math.PI) / (x + fraction);
  }

  /// By bisection, then Newton's method on erf or erfc, whichever is small.
  private static double erfInv(double y) {
    if (!(y < 1)) {
      return y == 1 ? Double.POSITIVE_INFINITY : Double.NaN;
    }
    double low = 0;
    double high = 7;
    for (int i = 0; i < 40; i++) {
      double middle = (low + high) / 2;
      if (y < 0.9 ? erf(middle) < y : erfc(middle) > 1 - y) {
        low = middle;
      } else {
        high = middle;
      }
    }
    double x = y < 1e-8 ? y * Math.sqrt(Math.PI) / 2 : low;
    for (int i = 0; i < 3; i++) {
      double error = y < 0.9 ? erf(x) - y : 1 - y - erfc(x);
      x -= error * Math.sqrt(Math.PI) / 2 * Math.exp(x * x);
    }
    return x;
  }

  /// log |Γ(x)| by Stirling's series beyond 15, the recurrence below it and the reflection for
  /// negative numbers.
  private static double lgamma(double x) {
    if (Double.isInfinite(x) || x <= 0 && x == Math.rint(x)) {
      return Double.POSITIVE_INFINITY;
    }
    if (x < 0.5) {
      return Math.log(Math.PI / Math.abs(sinPi(x))) - lgamma(1 - x);
    }
    if (x == 1 || x == 2) {
      return 0;
    }
    double shift = 1;
    double z = x;
    while (z < 15) {
      shift *= z++;
    }
    double w = 1 / (z * z);
    double series =
        (1 / 12.0 - w * (1 / 360.0 - w * (1 / 1260.0 - w * (1 / 1680.0 - w / 1188)))) / z;
    return (z - 0.5) * Math.log(z) - z + 0.5 * Math.log(2 * Math.PI) + series - Math.log(shift);
  }

  private static double digamma(double x) {
    if (x <= 0 && x == Math.rint(x)) {
      return Double.NaN;
    }
    if (x < 0) {
      return digamma(1 - x) - Math.PI * sinPi(x + 0.5) / sinPi(x);
    }
    double shift = 0;
    double z = x;
    while (z < 15) {
      shift += 1 / z++;
    }
    double w = 1 / (z * z);
    double series = w * (1 / 12.0 - w * (1 / 120.0 - w * (1 / 252.0 - w * (1 / 240.0 - w / 132))));
    return Math.log(z) - 0.5 / z - series - shift;
  }

  private static double sinPi(double x) {
    double r = x - 2 * Math.rint(x / 2);
    return Math.sin(Math.PI * r);
  }
}
