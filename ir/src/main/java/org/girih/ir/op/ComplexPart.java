package org.girih.ir.op;

import java.util.List;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.DType;
import org.girih.ir.type.Value;

/// Complex numbers and their parts, pointwise. Linear over the reals.
///
/// - (C1) one operand, of `complex` two
/// - (C2) of `real` and `imag`, a complex dtype
/// - (C3) of `complex`, operands of equal types
/// - (C4) of `complex`, `f32` or `f64`
public enum ComplexPart implements Linear {
  /// `c64` to `f32`, `c128` to `f64`.
  REAL,
  /// `c64` to `f32`, `c128` to `f64`.
  IMAG,
  /// Real and imaginary part to the number: two `f32` to `c64`, two `f64` to `c128`.
  COMPLEX;

  @Override
  public boolean cheap() {
    return true;
  }

  @Override
  public List<ArrayType> infer(Inference cx, List<ArrayType> in) {
    cx.c(1).count(in, this == COMPLEX ? 2 : 1);
    ArrayType type = in.getFirst();
    return List.of(
        switch (this) {
          case REAL, IMAG -> {
            cx.c(2).require(type.dtype().complex(), "expected a complex dtype, got %s", type);
            yield type.withDType(type.dtype().real());
          }
          case COMPLEX -> {
            cx.c(3).same(type, in.getLast());
            cx.c(4)
                .require(
                    type.dtype() == DType.F32 || type.dtype() == DType.F64,
                    "expected f32 or f64, got %s",
                    type);
            yield type.withDType(type.dtype() == DType.F32 ? DType.C64 : DType.C128);
          }
        });
  }

  @Override
  public Work work(List<ArrayType> in, List<ArrayType> out) {
    return Work.pointwise(out, 0);
  }

  @Override
  public NanSource nanSource() {
    return NanSource.NONE;
  }

  @Override
  public List<List<Integer>> groups(int operands) {
    return List.of(this == COMPLEX ? List.of(0, 1) : List.of(0));
  }

  /// Pairs bilinearly, without conjugation: the transposes of JAX's `real`, `imag`, `complex`.
  @Override
  public void transpose(Builder b, TransposedOperands in, Value ct, Cotangents out) {
    switch (this) {
      case REAL -> out.add(0, b.emit1(COMPLEX, ct, b.fill(ct, 0)));
      case IMAG -> out.add(0, b.emit1(COMPLEX, b.fill(ct, 0), b.negate(ct)));
      case COMPLEX -> {
        out.add(0, b.emit1(REAL, ct));
        out.add(1, b.negate(b.emit1(IMAG, ct)));
      }
    }
  }

  @Override
  public Batched batch(Builder b, BatchAxis axis, List<Value> xs, Mask batched) {
    return Batched.pointwise(this, b, axis, xs, batched);
  }
}
