package org.girih.ir.op;

import java.util.ArrayList;
import java.util.List;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.DType;
import org.girih.ir.type.Dim;
import org.girih.ir.type.Value;

/// The discrete Fourier transform over the last axes, one to three of them (XLA's Fft).
///
/// | kind | gives |
/// |---|---|
/// | `fft` | Σₜ x[t] exp(-2πi k t / n), of complex numbers |
/// | `ifft` | its inverse: Σₖ x[k] exp(2πi k t / n) / n |
/// | `rfft` | the first n // 2 + 1 numbers of the `fft` of n reals, along the last axis; `fft`
/// along the others |
/// | `irfft` | the n reals of which the operand, n // 2 + 1 complex numbers, is the `rfft` |
///
/// - (C1) one operand
/// - (C2) one to three lengths, no more than axes
/// - (C3) `f32` or `f64` for `rfft`, a complex dtype for the others
/// - (C4) the last axes are as long as the lengths say, of `irfft` the last one n // 2 + 1
///
/// @param lengths of the axes that are transformed, n the last; of the reals for `rfft` and `irfft`
public record Fft(Kind kind, List<Dim> lengths) implements Linear {
  /// Which transform.
  public enum Kind {
    FFT,
    IFFT,
    RFFT,
    IRFFT
  }

  public Fft {
    lengths = List.copyOf(lengths);
  }

  @Override
  public List<ArrayType> infer(Inference cx, List<ArrayType> in) {
    cx.c(1).count(in, 1);
    ArrayType x = in.getFirst();
    int count = lengths.size();
    cx.c(2).require(count >= 1 && count <= 3 && count <= x.rank(), "%d lengths for %s", count, x);
    boolean real = x.dtype() == DType.F32 || x.dtype() == DType.F64;
    cx.c(3)
        .require(
            kind == Kind.RFFT ? real : x.dtype().complex(),
            "expected %s, got %s",
            kind == Kind.RFFT ? "f32 or f64" : "a complex dtype",
            x);
    int first = x.rank() - count;
    for (int i = 0; i < count; i++) {
      boolean half = kind == Kind.IRFFT && i == count - 1;
      Dim due = half ? half() : lengths.get(i);
      cx.c(4).equal(x.dim(first + i), due, "the length of axis " + (first + i));
    }
    var dims = new ArrayList<>(x.dims());
    dims.set(x.rank() - 1, kind == Kind.RFFT ? half() : lengths.getLast());
    DType to =
        switch (kind) {
          case FFT, IFFT -> x.dtype();
          case RFFT -> x.dtype() == DType.F64 ? DType.C128 : DType.C64;
          case IRFFT -> x.dtype().real();
        };
    return List.of(x.withDType(to).withDims(dims));
  }

  private Dim half() {
    return lengths.getLast().floorDiv(Dim.of(2)).plus(1);
  }

  /// Counts 5 n log₂ n for each transform, as is the custom.
  @Override
  public Work work(List<ArrayType> in, List<ArrayType> out) {
    double points = Math.max(Work.elements(in.getFirst()), Work.elements(out.getFirst()));
    double logs = 0;
    for (Dim length : lengths) {
      logs += Math.log(Math.max(2, Work.size(length))) / Math.log(2);
    }
    return Work.whole(
        Math.round((kind == Kind.FFT || kind == Kind.IFFT ? 5 : 2.5) * points * logs));
  }

  /// Transposes: the matrices of `fft` and `ifft` are symmetric. `rfft` is a part of an `fft`, and
  /// what `irfft` does to the numbers that it is not given, the conjugates of others, doubles
  /// theirs.
  @Override
  public void transpose(Builder b, TransposedOperands in, Value ct, Cotangents out) {
    out.add(
        0,
        switch (kind) {
          case FFT, IFFT -> b.emit1(this, ct);
          case RFFT -> ofReals(b, ct);
          case IRFFT -> ofHalves(b, ct);
        });
  }

  private Value ofReals(Builder b, Value ct) {
    int last = ct.type().rank() - 1;
    var none = new ArrayList<Dim>();
    ct.type().dims().forEach(_ -> none.add(Dim.of(0)));
    var high = new ArrayList<>(none);
    high.set(last, lengths.getLast().minus(half()));
    var interior = none.stream().map(_ -> 0L).toList();
    Value zero = b.fill(ArrayType.scalar(ct.type().dtype()), 0);
    Value whole = b.emit1(new Pad(none, high, interior), ct, zero);
    return b.emit1(ComplexPart.REAL, b.emit1(new Fft(Kind.FFT, lengths), whole));
  }

  private Value ofHalves(Builder b, Value ct) {
    Value half = b.emit1(new Fft(Kind.RFFT, lengths), ct);
    Value re = b.emit1(ComplexPart.REAL, half);
    Value im = b.emit1(ComplexPart.IMAG, half);
    List<Dim> dims = re.type().dims();
    Value place = b.iota(DType.I32, dims, dims.size() - 1);
    long n = Work.size(lengths.getLast());
    Value first = b.compare(Compare.EQ, place, b.fill(place, 0));
    Value middle = b.compare(Compare.EQ, place, b.fill(place, n % 2 == 0 ? n / 2 : n));
    Value once = b.emit1(Bits.OR, first, middle);
    double each = 1;
    for (Dim length : lengths) {
      each /= Work.size(length);
    }
    Value scale = b.select(once, b.fill(re, each), b.fill(re, 2 * each));
    return b.emit1(ComplexPart.COMPLEX, b.multiply(scale, re), b.negate(b.multiply(scale, im)));
  }

  @Override
  public Batched batch(Builder b, BatchAxis axis, List<Value> xs, Mask batched) {
    return Batched.all(b.emit(this, xs));
  }
}
