package org.girih.passes.interpreter;

import org.girih.ir.op.Arithmetic;
import org.girih.ir.op.Elementary;
import org.girih.ir.op.ElementaryPair;
import org.girih.ir.op.Op;
import org.girih.passes.scalar.Scalar.Complex;

/// Functions of complex numbers, by their textbook formulas in `double`; finite operands of
/// moderate size come out to about 10⁻¹³.
final class ComplexFunctions {
  private static final Complex ONE = new Complex(1, 0);

  private ComplexFunctions() {}

  static Complex apply(Op op, Complex x, Complex y) {
    if (op instanceof Arithmetic f) {
      return switch (f) {
        case ADD -> plus(x, y);
        case SUBTRACT -> minus(x, y);
        case NEGATE -> new Complex(-x.real(), -x.imaginary());
        case MULTIPLY -> times(x, y);
        case DIVIDE -> over(x, y);
      };
    }
    if (op instanceof Elementary f) {
      return elementary(f, x);
    }
    if (op == ElementaryPair.POWER) {
      return power(x, y);
    }
    throw new AssertionError("no complex rule for " + op.primitive());
  }

  private static Complex elementary(Elementary f, Complex z) {
    double a = z.real();
    double b = z.imaginary();
    return switch (f) {
      case EXP -> exp(z);
      case EXP2 -> exp(new Complex(a * Math.log(2), b * Math.log(2)));
      case EXPM1 -> {
        double half = Math.sin(b / 2);
        yield new Complex(Math.expm1(a) * Math.cos(b) - 2 * half * half, Math.exp(a) * Math.sin(b));
      }
      case LOG -> log(z);
      case LOG1P -> new Complex(0.5 * Math.log1p(2 * a + a * a + b * b), Math.atan2(b, 1 + a));
      case SQRT -> sqrt(z);
      case RSQRT -> over(ONE, sqrt(z));
      case SIN -> new Complex(Math.sin(a) * Math.cosh(b), Math.cos(a) * Math.sinh(b));
      case COS -> new Complex(Math.cos(a) * Math.cosh(b), -Math.sin(a) * Math.sinh(b));
      case TAN -> over(elementary(Elementary.SIN, z), elementary(Elementary.COS, z));
      case SINH -> new Complex(Math.sinh(a) * Math.cos(b), Math.cosh(a) * Math.sin(b));
      case COSH -> new Complex(Math.cosh(a) * Math.cos(b), Math.sinh(a) * Math.sin(b));
      case TANH -> over(elementary(Elementary.SINH, z), elementary(Elementary.COSH, z));
      case ASINH -> log(plus(z, sqrt(plus(times(z, z), ONE))));
      case ACOSH -> log(plus(z, times(sqrt(minus(z, ONE)), sqrt(plus(z, ONE)))));
      case ATANH -> half(minus(log(plus(ONE, z)), log(minus(ONE, z))));
      // asin z = −i asinh(i z), and so on.
      case ASIN -> timesMinusI(elementary(Elementary.ASINH, timesI(z)));
      case ATAN -> timesMinusI(elementary(Elementary.ATANH, timesI(z)));
      case ACOS -> minus(new Complex(Math.PI / 2, 0), elementary(Elementary.ASIN, z));
      case LOGISTIC -> over(ONE, plus(ONE, exp(new Complex(-a, -b))));
      case CBRT, ERF, ERFC, ERF_INV, LGAMMA, DIGAMMA ->
          throw new AssertionError(f.primitive() + " takes no complex numbers");
    };
  }

  private static Complex plus(Complex x, Complex y) {
    return new Complex(x.real() + y.real(), x.imaginary() + y.imaginary());
  }

  private static Complex minus(Complex x, Complex y) {
    return new Complex(x.real() - y.real(), x.imaginary() - y.imaginary());
  }

  static Complex times(Complex x, Complex y) {
    return new Complex(
        x.real() * y.real() - x.imaginary() * y.imaginary(),
        x.real() * y.imaginary() + x.imaginary() * y.real());
  }

  private static Complex over(Complex x, Complex y) {
    double scale = y.real() * y.real() + y.imaginary() * y.imaginary();
    Complex up = times(x, new Complex(y.real(), -y.imaginary()));
    return new Complex(up.real() / scale, up.imaginary() / scale);
  }

  private static Complex half(Complex z) {
    return new Complex(z.real() / 2, z.imaginary() / 2);
  }

  private static Complex timesI(Complex z) {
    return new Complex(-z.imaginary(), z.real());
  }

  private static Complex timesMinusI(Complex z) {
    return new Complex(z.imaginary(), -z.real());
  }

  private static Complex exp(Complex z) {
    double size = Math.exp(z.real());
    return new Complex(
        size * Math.cos(z.imaginary()), z.imaginary() == 0 ? 0 : size * Math.sin(z.imaginary()));
  }

  private static Complex log(Complex z) {
    return new Complex(
        Math.log(Math.hypot(z.real(), z.imaginary())), Math.atan2(z.imaginary(), z.real()));
  }

  private static Complex sqrt(Complex z) {
    double size = Math.hypot(z.real(), z.imaginary());
    if (size == 0) {
      return new Complex(0, z.imaginary());
    }
    double part = Math.sqrt((size + Math.abs(z.real())) / 2);
    double other = Math.abs(z.imaginary()) / (2 * part);
    return z.real() >= 0
        ? new Complex(part, Math.copySign(other, z.imaginary()))
        : new Complex(other, Math.copySign(part, z.imaginary()));
  }

  private static Complex power(Complex x, Complex y) {
    boolean zero = x.real() == 0 && x.imaginary() == 0;
    if (zero) {
      return y.real() == 0 && y.imaginary() == 0 ? ONE : new Complex(0, 0);
    }
    return exp(times(y, log(x)));
  }
}
