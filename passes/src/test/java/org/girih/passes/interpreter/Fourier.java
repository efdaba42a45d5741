package org.girih.passes.interpreter;

import java.util.List;
import org.girih.ir.op.Fft;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.DType;
import org.girih.ir.type.Dim;
import org.girih.passes.scalar.Scalar.Complex;
import org.girih.passes.scalar.Scalar.Real;

/// Fourier transforms by their sums, in 64 bits.
final class Fourier {
  private Fourier() {}

  static Tensor of(Fft op, ArrayType type, Tensor x) {
    if (type.elements().known().orElseThrow() == 0 || x.elements().length == 0) {
      return Tensor.of(type, _ -> type.dtype().complex() ? new Complex(0, 0) : new Real(0));
    }
    int count = op.lengths().size();
    List<Dim> dims = type.dims();
    int first = dims.size() - count;
    boolean inverse = op.kind() == Fft.Kind.IFFT || op.kind() == Fft.Kind.IRFFT;
    int[] lengths =
        op.lengths().stream().mapToInt(d -> Math.toIntExact(d.known().orElseThrow())).toArray();
    double all = 1;
    for (int length : lengths) {
      all *= length;
    }
    double points = all;
    double scale = inverse ? 1 / points : 1;
    return Tensor.of(
        type,
        position -> {
          int[] out = Tensor.index(type, position);
          double re = 0;
          double im = 0;
          for (int i = 0; i < points; i++) {
            int[] at = out.clone();
            int left = i;
            double angle = 0;
            for (int axis = count - 1; axis >= 0; axis--) {
              at[first + axis] = left % lengths[axis];
              left /= lengths[axis];
              angle +=
                  (double) at[first + axis] * out[first + axis] % lengths[axis] / lengths[axis];
            }
            double[] value = value(op, x, at, lengths, first);
            double turn = (inverse ? 2 : -2) * Math.PI * angle;
            re += value[0] * Math.cos(turn) - value[1] * Math.sin(turn);
            im += value[0] * Math.sin(turn) + value[1] * Math.cos(turn);
          }
          return scalar(type.dtype(), re * scale, im * scale);
        });
  }

  /// The number at a place of the whole array; of `irfft` the second half is the conjugate of the
  /// first, mirrored.
  private static double[] value(Fft op, Tensor x, int[] at, int[] lengths, int first) {
    if (op.kind() != Fft.Kind.IRFFT) {
      return parts(x, at);
    }
    int last = at.length - 1;
    int n = lengths[lengths.length - 1];
    boolean mirrored = at[last] > n / 2;
    int[] place = at.clone();
    if (mirrored) {
      place[last] = n - at[last];
      for (int axis = first; axis < last; axis++) {
        place[axis] = (lengths[axis - first] - at[axis]) % lengths[axis - first];
      }
    }
    double[] parts = parts(x, place);
    return mirrored ? new double[] {parts[0], -parts[1]} : parts;
  }

  private static double[] parts(Tensor x, int[] at) {
    return x.at(at) instanceof Complex c
        ? new double[] {c.real(), c.imaginary()}
        : new double[] {((Real) x.at(at)).value(), 0};
  }

  private static org.girih.passes.scalar.Scalar scalar(DType dtype, double re, double im) {
    boolean narrow = dtype.real() == DType.F32;
    double r = narrow ? (float) re : re;
    return dtype.complex() ? new Complex(r, narrow ? (float) im : im) : new Real(r);
  }
}
