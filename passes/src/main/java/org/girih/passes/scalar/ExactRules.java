package org.girih.passes.scalar;

import java.util.List;
import java.util.Optional;
import org.girih.ir.op.Absolute;
import org.girih.ir.op.Arithmetic;
import org.girih.ir.op.Bits;
import org.girih.ir.op.Compare;
import org.girih.ir.op.ComplexPart;
import org.girih.ir.op.Convert;
import org.girih.ir.op.ElementaryPair;
import org.girih.ir.op.Extremum;
import org.girih.ir.op.IsFinite;
import org.girih.ir.op.Op;
import org.girih.ir.op.Quotient;
import org.girih.ir.op.Rounding;
import org.girih.ir.op.Select;
import org.girih.ir.type.DType;
import org.girih.passes.scalar.Scalar.Complex;
import org.girih.passes.scalar.Scalar.Real;
import org.girih.passes.scalar.Scalar.Whole;

/// Pointwise ops whose results are the same bits on every device: integer and bit arithmetic, and
/// what IEEE 754 rounds from the exact result.
///
/// Floats of 16 bits are computed in `double` and rounded once. That is also what a device computes
/// that goes through `f32`: with p and q bits of mantissa, rounding twice is harmless for + − × ÷
/// if q ≥ 2 p + 2 (Figueroa, "When is double rounding innocuous?", 1995), and 24 ≥ 2 · 11 + 2.
///
/// Left to the device: `f8` arithmetic, complex products and quotients, elementary functions, a
/// zero of either sign in an extremum, and whatever touches a subnormal number, which some plugins
/// flush to zero and others keep.
public final class ExactRules {
  private ExactRules() {}

  /// Returns whether there are elements on which the op is computed.
  public static boolean knows(Op op) {
    return op instanceof Arithmetic
        || op instanceof Bits
        || op instanceof Compare
        || op instanceof Rounding
        || op instanceof Extremum
        || op instanceof Quotient
        || op instanceof IsFinite
        || op instanceof Absolute
        || op instanceof ComplexPart
        || op instanceof Select
        || op instanceof Convert
        || op == ElementaryPair.REMAINDER
        || op == ElementaryPair.POWER;
  }

  /// Returns the op on these elements; empty where its result is not fixed.
  ///
  /// @param dtype of the last operand
  public static Optional<Scalar> apply(Op op, DType dtype, List<Scalar> in) {
    if (op instanceof Select) {
      return Optional.of(in.get(((Whole) in.get(0)).bits() != 0 ? 1 : 2));
    }
    if (in.stream().anyMatch(element -> isSubnormal(dtype, element))) {
      return Optional.empty();
    }
    if (op instanceof Convert(DType to)) {
      return Conversions.exact(dtype, to, in.getFirst());
    }
    if (op instanceof ComplexPart part) {
      return parts(part, in);
    }
    return switch (in.getFirst()) {
      case Whole _ -> {
        long[] numbers = in.stream().mapToLong(e -> ((Whole) e).bits()).toArray();
        yield WholeRules.apply(op, dtype, numbers);
      }
      case Real _ -> {
        double[] numbers = in.stream().mapToDouble(e -> ((Real) e).value()).toArray();
        yield dtype.bits() < 16
            ? Optional.empty()
            : RealRules.apply(op, dtype, numbers).filter(y -> !isSubnormal(dtype, y));
      }
      case Complex(double re, double im) ->
          complex(op, dtype, re, im, (Complex) in.getLast()).filter(y -> !isSubnormal(dtype, y));
    };
  }

  private static Optional<Scalar> parts(ComplexPart part, List<Scalar> in) {
    return switch (part) {
      case REAL -> Optional.of(new Real(((Complex) in.getFirst()).real()));
      case IMAG -> Optional.of(new Real(((Complex) in.getFirst()).imaginary()));
      case COMPLEX ->
          Optional.of(new Complex(((Real) in.getFirst()).value(), ((Real) in.getLast()).value()));
    };
  }

  private static Optional<Scalar> complex(Op op, DType dtype, double re, double im, Complex y) {
    if (op instanceof Arithmetic arithmetic) {
      return switch (arithmetic) {
        case ADD -> Optional.of(Scalar.complex(dtype, re + y.real(), im + y.imaginary()));
        case SUBTRACT -> Optional.of(Scalar.complex(dtype, re - y.real(), im - y.imaginary()));
        case NEGATE -> Optional.of(new Complex(-re, -im));
        case MULTIPLY, DIVIDE -> Optional.empty();
      };
    }
    if (op instanceof Compare compare) {
      boolean equal = re == y.real() && im == y.imaginary();
      return Optional.of(new Whole(equal == (compare == Compare.EQ) ? 1 : 0));
    }
    return Optional.empty();
  }

  private static boolean isSubnormal(DType dtype, Scalar element) {
    return switch (element) {
      case Whole _ -> false;
      case Real(double value) -> isSubnormal(dtype, value);
      case Complex(double re, double im) ->
          isSubnormal(dtype.real(), re) || isSubnormal(dtype.real(), im);
    };
  }

  private static boolean isSubnormal(DType dtype, double value) {
    double least =
        switch (dtype) {
          case F64, C128 -> Double.MIN_NORMAL;
          case F16 -> 0x1p-14;
          case BF16, F32, C64 -> Float.MIN_NORMAL;
          case F8E4M3FN, F8E5M2, F8E4M3B11FNUZ, F8E4M3FNUZ, F8E5M2FNUZ -> 0;
          case BOOL, I4, I8, I16, I32, I64, U4, U8, U16, U32, U64 -> 0;
        };
    return value != 0 && Math.abs(value) < least;
  }
}
