package org.girih.passes.interpreter;

import java.util.List;
import org.girih.ir.op.Absolute;
import org.girih.ir.op.Bitcast;
import org.girih.ir.op.Compare;
import org.girih.ir.op.ComplexPart;
import org.girih.ir.op.Convert;
import org.girih.ir.op.Elementary;
import org.girih.ir.op.ElementaryPair;
import org.girih.ir.op.Extremum;
import org.girih.ir.op.Op;
import org.girih.ir.op.Select;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.DType;
import org.girih.passes.scalar.Conversions;
import org.girih.passes.scalar.RealRules;
import org.girih.passes.scalar.Scalar;
import org.girih.passes.scalar.Scalar.Complex;
import org.girih.passes.scalar.Scalar.Real;
import org.girih.passes.scalar.Scalar.Whole;
import org.girih.passes.scalar.WholeRules;

/// Ops that look at one element of each operand.
final class Pointwise {
  private Pointwise() {}

  static Tensor apply(Op.Plain op, List<ArrayType> types, List<Tensor> in) {
    ArrayType type = types.getFirst();
    DType dtype = in.getLast().type().dtype();
    return Tensor.of(
        type,
        i -> {
          List<Scalar> elements =
              in.stream().map(t -> t.elements()[t.type().isScalar() ? 0 : i]).toList();
          return element(op, dtype, type.dtype(), elements);
        });
  }

  private static Scalar element(Op op, DType from, DType to, List<Scalar> in) {
    if (op instanceof Select) {
      return in.get(((Whole) in.getFirst()).bits() != 0 ? 1 : 2);
    }
    if (op instanceof Convert) {
      return Conversions.convert(from, to, in.getFirst());
    }
    if (op instanceof Bitcast) {
      return Scalar.bitcast(from, to, in.getFirst());
    }
    if (op == ComplexPart.COMPLEX) {
      return new Complex(((Real) in.getFirst()).value(), ((Real) in.getLast()).value());
    }
    return switch (in.getFirst()) {
      case Whole _ ->
          WholeRules.apply(op, from, in.stream().mapToLong(e -> ((Whole) e).bits()).toArray())
              .orElseThrow();
      case Real _ -> real(op, from, in.stream().mapToDouble(e -> ((Real) e).value()).toArray());
      case Complex z -> complex(op, from, z, (Complex) in.getLast());
    };
  }

  private static Scalar real(Op op, DType dtype, double[] in) {
    if (op instanceof Elementary f) {
      return Scalar.real(dtype, RealFunctions.apply(f, in[0]));
    }
    if (op instanceof ElementaryPair f) {
      return Scalar.real(dtype, RealFunctions.apply(f, in[0], in[1]));
    }
    return RealRules.apply(op, dtype, in)
        .orElseGet(
            () -> {
              // An extremum of zeros, which folding leaves to the device.
              boolean max = op == Extremum.MAXIMUM;
              return new Real(max ? Math.max(in[0], in[1]) : Math.min(in[0], in[1]));
            });
  }

  private static Scalar complex(Op op, DType dtype, Complex x, Complex y) {
    if (op instanceof Compare compare) {
      boolean equal = x.real() == y.real() && x.imaginary() == y.imaginary();
      return new Whole(equal == (compare == Compare.EQ) ? 1 : 0);
    }
    if (op == ComplexPart.REAL || op == ComplexPart.IMAG) {
      return new Real(op == ComplexPart.REAL ? x.real() : x.imaginary());
    }
    if (op instanceof Absolute) {
      return Scalar.real(dtype.real(), Math.hypot(x.real(), x.imaginary()));
    }
    Complex z = ComplexFunctions.apply(op, x, y);
    return Scalar.complex(dtype, z.real(), z.imaginary());
  }
}
