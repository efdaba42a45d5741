package org.girih.hlo.emit;

import org.girih.ir.op.Elementary;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.DType;

/// Elementary functions: an opcode where all plugins have it, else a formula. Formulas in narrow
/// floats are computed in `f32` and rounded once.
final class ElementaryEmitter {
  private ElementaryEmitter() {}

  static Instr emit(ComputationBuilder b, Elementary f, Instr x) {
    DType dtype = x.type().dtype();
    boolean narrow = dtype.floating() && dtype.bits() < 32;
    Instr wide = narrow ? b.convert(x, DType.F32) : x;
    var m = new Formula(b);
    return b.convert(wide(m, f, wide), dtype);
  }

  private static Instr wide(Formula m, Elementary f, Instr x) {
    return switch (f) {
      case EXP -> m.op("exponential", x);
      // All plugins round powers of two within one unit; e^(x log 2) is off by |x|.
      case EXP2 ->
          complex(x)
              ? m.op("exponential", m.mul(x, m.like(x, Math.log(2))))
              : m.op("power", m.like(x, 2), x);
      case EXPM1 -> m.op("exponential-minus-one", x);
      case LOG -> m.op("log", x);
      case LOG1P -> m.op("log-plus-one", x);
      case SQRT -> complex(x) ? ComplexFunctions.sqrt(m, x) : m.op("sqrt", x);
      case RSQRT -> m.op("rsqrt", x);
      case CBRT -> m.op("cbrt", x);
      case SIN -> complex(x) ? ComplexFunctions.sin(m, x) : m.op("sine", x);
      case COS -> complex(x) ? ComplexFunctions.cos(m, x) : m.op("cosine", x);
      case TAN -> complex(x) ? ComplexFunctions.tan(m, x) : m.op("tan", x);
      case TANH -> complex(x) ? ComplexFunctions.tanh(m, x) : m.op("tanh", x);
      case LOGISTIC -> m.op("logistic", x);
      case ERF -> m.op("erf", x);
      case ERFC -> SpecialFunctions.erfc(m, x);
      case ERF_INV -> SpecialFunctions.erfInv(m, x);
      case LGAMMA -> SpecialFunctions.lgamma(m, x);
      case DIGAMMA -> SpecialFunctions.digamma(m, x);
      case SINH -> complex(x) ? ComplexFunctions.hyperbolicSine(m, x) : sinh(m, x);
      case COSH -> complex(x) ? ComplexFunctions.hyperbolicCosine(m, x) : cosh(m, x);
      case ASIN -> complex(x) ? ComplexFunctions.asin(m, x) : asin(m, x);
      case ACOS -> complex(x) ? ComplexFunctions.acos(m, x) : acos(m, x);
      case ATAN -> complex(x) ? ComplexFunctions.atan(m, x) : m.angle(x, m.like(x, 1));
      case ASINH -> complex(x) ? ComplexFunctions.asinh(m, x) : asinh(m, x);
      case ACOSH -> complex(x) ? ComplexFunctions.acosh(m, x) : acosh(m, x);
      case ATANH -> complex(x) ? ComplexFunctions.atanh(m, x) : atanh(m, x);
    };
  }

  private static boolean complex(Instr x) {
    return x.type().dtype().complex();
  }

  /// Computes it near 0 by way of expm1, else as half the difference of e^x and e^−x.
  private static Instr sinh(Formula m, Instr x) {
    Instr e = m.op("exponential-minus-one", x);
    Instr small = m.mul(m.like(x, 0.5), m.add(e, m.div(e, m.add(e, m.like(x, 1)))));
    Instr large = m.sub(halfExponential(m, x), halfExponential(m, m.neg(x)));
    return m.select(m.less(m.abs(x), 1), small, large);
  }

  private static Instr cosh(Formula m, Instr x) {
    return m.add(halfExponential(m, x), halfExponential(m, m.neg(x)));
  }

  /// Returns ½ e^x as a product of roots: it overflows no sooner than sinh and cosh do, and the
  /// exponent is exact, where x + log ½ is rounded.
  private static Instr halfExponential(Formula m, Instr x) {
    Instr root = m.op("exponential", m.mul(m.like(x, 0.5), x));
    return m.mul(m.mul(m.like(x, 0.5), root), root);
  }

  /// Returns √((1 − x)(1 + x)).
  private static Instr cofunction(Formula m, Instr x) {
    Instr one = m.like(x, 1);
    return m.op("sqrt", m.mul(m.sub(one, x), m.add(one, x)));
  }

  /// Returns 2 · atan2(x, 1 + √(1 − x²)).
  private static Instr asin(Formula m, Instr x) {
    return m.mul(m.like(x, 2), m.op("atan2", x, m.add(m.like(x, 1), cofunction(m, x))));
  }

  /// Returns 2 · atan2(√(1 − x²), 1 + x); π at −1.
  private static Instr acos(Formula m, Instr x) {
    Instr value = m.mul(m.like(x, 2), m.op("atan2", cofunction(m, x), m.add(m.like(x, 1), x)));
    return m.select(m.compare("EQ", x, m.like(x, -1)), m.like(x, Math.PI), value);
  }

  /// Returns sign(x) · log(|x| + √(x² + 1)), as log1p near 0 and as log|x| + log 2 where x² would
  /// overflow.
  private static Instr asinh(Formula m, Instr x) {
    Instr a = m.abs(x);
    Instr one = m.like(x, 1);
    Instr root = m.op("sqrt", m.add(m.mul(a, a), one));
    Instr small = m.op("log-plus-one", m.add(a, m.div(m.mul(a, a), m.add(one, root))));
    Instr large = m.add(m.op("log", a), m.like(x, Math.log(2)));
    Instr size = m.select(m.less(a, big(x.type())), small, large);
    return m.mul(m.op("sign", x), size);
  }

  /// Returns log(x + √((x + 1)(x − 1))); NaN below 1.
  private static Instr acosh(Formula m, Instr x) {
    Instr one = m.like(x, 1);
    Instr d = m.sub(x, one);
    Instr root = m.op("sqrt", m.mul(d, m.add(x, one)));
    Instr small = m.op("log-plus-one", m.add(d, root));
    Instr large = m.add(m.op("log", x), m.like(x, Math.log(2)));
    Instr value = m.select(m.less(x, big(x.type())), small, large);
    return m.select(m.compare("LT", x, one), m.like(x, Double.NaN), value);
  }

  /// Returns a bound up to which a square does not overflow.
  private static double big(ArrayType type) {
    return type.dtype() == DType.F64 ? 1e150 : 1e18;
  }

  /// Returns ½ (log1p(x) − log1p(−x)).
  private static Instr atanh(Formula m, Instr x) {
    return m.mul(m.like(x, 0.5), m.sub(m.op("log-plus-one", x), m.op("log-plus-one", m.neg(x))));
  }
}
