package org.girih.passes.scalar;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;
import org.girih.ir.type.DType;
import org.girih.passes.scalar.Scalar.Complex;
import org.girih.passes.scalar.Scalar.Real;
import org.girih.passes.scalar.Scalar.Whole;

/// `convert` of one element.
public final class Conversions {
  private Conversions() {}

  /// Returns the conversion where every device computes the same bits: all but floats that do not
  /// fit into an integer, and roundings that a device may do in two steps (`f64` to 16 bits through
  /// `f32`).
  static Optional<Scalar> exact(DType from, DType to, Scalar element) {
    Scalar result = convert(from, to, element);
    boolean fixed =
        switch (element) {
          case Whole _ ->
              !to.inexact() || to.real().bits() >= 32 || sameNumber(from, to, element, result);
          case Real(double x) ->
              to.isBool()
                  || to.real() == DType.F64
                  || (from.bits() <= 32 ? to.real().bits() >= 16 && to.inexact() : false)
                  || to.real() == DType.F32
                  || to.integer() && sameNumber(DType.F64, to, new Real(truncated(x)), result);
          case Complex _ -> true;
        };
    boolean flushed =
        result instanceof Real(double y)
            && y != 0
            && Math.abs(y) < (to == DType.F64 ? Double.MIN_NORMAL : Float.MIN_NORMAL);
    return fixed && !flushed ? Optional.of(result) : Optional.empty();
  }

  private static double truncated(double x) {
    return x < 0 ? Math.ceil(x) : Math.floor(x);
  }

  private static boolean sameNumber(DType from, DType to, Scalar a, Scalar b) {
    var x = number(from, a);
    var y = number(to, b);
    return x.isPresent() && y.isPresent() && x.get().compareTo(y.get()) == 0;
  }

  private static Optional<BigDecimal> number(DType dtype, Scalar element) {
    return switch (element) {
      case Whole(long bits) -> Optional.of(new BigDecimal(big(dtype, bits)));
      case Real(double x) -> Double.isFinite(x) ? Optional.of(new BigDecimal(x)) : Optional.empty();
      case Complex(double x, double _) ->
          Double.isFinite(x) ? Optional.of(new BigDecimal(x)) : Optional.empty();
    };
  }

  private static BigInteger big(DType dtype, long bits) {
    return dtype.kind() == DType.Kind.UNSIGNED
        ? new BigInteger(Long.toUnsignedString(bits))
        : BigInteger.valueOf(bits);
  }

  /// Returns the element as [org.girih.ir.op.Convert] converts it, rounded once.
  public static Scalar convert(DType from, DType to, Scalar element) {
    return switch (element) {
      case Whole(long bits) ->
          switch (to.kind()) {
            case BOOL, SIGNED, UNSIGNED -> Scalar.whole(to, bits);
            case FLOAT -> fromWhole(from, to, bits);
            case COMPLEX -> new Complex(((Real) fromWhole(from, to.real(), bits)).value(), 0);
          };
      case Real(double x) ->
          switch (to.kind()) {
            case BOOL -> new Whole(x != 0 ? 1 : 0);
            case SIGNED, UNSIGNED -> toWhole(to, x);
            case FLOAT -> Scalar.real(to, x);
            case COMPLEX -> Scalar.complex(to, x, 0);
          };
      case Complex(double re, double im) -> Scalar.complex(to, re, im);
    };
  }

  private static Scalar fromWhole(DType from, DType to, long bits) {
    BigInteger number = big(from, bits);
    // An i64 does not fit into a double: to f32 it is rounded once, from the integer.
    return to == DType.F32 ? new Real(number.floatValue()) : Scalar.real(to, number.doubleValue());
  }

  /// Converts toward zero, clamped to the dtype's range; NaN gives 0.
  private static Whole toWhole(DType to, double x) {
    if (Double.isNaN(x)) {
      return new Whole(0);
    }
    boolean signed = to.kind() == DType.Kind.SIGNED;
    BigInteger least = signed ? BigInteger.ONE.shiftLeft(to.bits() - 1).negate() : BigInteger.ZERO;
    BigInteger greatest =
        BigInteger.ONE.shiftLeft(signed ? to.bits() - 1 : to.bits()).subtract(BigInteger.ONE);
    if (Double.isInfinite(x)) {
      return new Whole((x < 0 ? least : greatest).longValue());
    }
    return new Whole(new BigDecimal(x).toBigInteger().max(least).min(greatest).longValue());
  }
}
