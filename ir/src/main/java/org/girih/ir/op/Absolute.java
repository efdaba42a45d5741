package org.girih.ir.op;

import java.util.List;
import java.util.Optional;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.Value;

/// |x|, pointwise; of a complex number its length, a real number. The least integer of a signed
/// width stays itself.
///
/// - (C1) one operand
/// - (C2) a numeric dtype
public record Absolute() implements Custom {
  @Override
  public boolean cheap() {
    return true;
  }

  @Override
  public List<ArrayType> infer(Inference cx, List<ArrayType> in) {
    cx.c(1).count(in, 1);
    ArrayType type = in.getFirst();
    cx.c(2).require(type.dtype().numeric(), "expected a numeric dtype, got %s", type);
    return List.of(type.withDType(type.dtype().real()));
  }

  @Override
  public Work work(List<ArrayType> in, List<ArrayType> out) {
    return Work.pointwise(out, 1);
  }

  @Override
  public NanSource nanSource() {
    return NanSource.POINTWISE;
  }

  /// Returns, of a real number, t or −t, and t at zero, as in JAX; of a complex number Re(t ·
  /// conj(x)) / |x|, zero at zero.
  @Override
  public List<Optional<Value>> jvp(
      Builder b, List<Value> xs, List<Value> ys, List<Optional<Value>> ts) {
    Value x = xs.getFirst();
    Value t = ts.getFirst().orElseThrow();
    if (!x.type().dtype().complex()) {
      Value up = b.compare(Compare.GE, x, b.fill(x, 0));
      return List.of(Optional.of(b.select(up, t, b.negate(t))));
    }
    Value y = ys.getFirst();
    Value isZero = b.compare(Compare.EQ, y, b.fill(y, 0));
    Value length = b.select(isZero, b.fill(y, 1), y);
    Value re = b.divide(b.emit1(ComplexPart.REAL, x), length);
    Value im = b.divide(b.emit1(ComplexPart.IMAG, x), length);
    Value conj = b.emit1(ComplexPart.COMPLEX, re, b.negate(im));
    return List.of(Optional.of(b.emit1(ComplexPart.REAL, b.multiply(t, conj))));
  }

  @Override
  public Batched batch(Builder b, BatchAxis axis, List<Value> xs, Mask batched) {
    return Batched.pointwise(this, b, axis, xs, batched);
  }
}
