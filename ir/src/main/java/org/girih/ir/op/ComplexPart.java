package org.girih.ir.op;

import java.util.List;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.DType;

/// Complex numbers and their parts, pointwise. Linear over the reals.
public enum ComplexPart implements Linear {
  /// `c64` to `f32`, `c128` to `f64`.
  REAL,
  /// `c64` to `f32`, `c128` to `f64`.
  IMAG,
  /// Real and imaginary part to the number: two `f32` to `c64`, two `f64` to `c128`.
  COMPLEX;

  @Override
  public List<ArrayType> infer(Inference cx, List<ArrayType> in) {
    cx.count(in, this == COMPLEX ? 2 : 1);
    ArrayType type = in.getFirst();
    return List.of(
        switch (this) {
          case REAL, IMAG -> {
            cx.require(type.dtype().complex(), "%s of %s", primitive(), type);
            yield type.withDType(type.dtype().real());
          }
          case COMPLEX -> {
            cx.same(type, in.getLast());
            cx.require(
                type.dtype() == DType.F32 || type.dtype() == DType.F64, "complex of %s", type);
            yield type.withDType(type.dtype() == DType.F32 ? DType.C64 : DType.C128);
          }
        });
  }
}
