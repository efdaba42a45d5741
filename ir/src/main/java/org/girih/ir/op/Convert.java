package org.girih.ir.op;

import java.util.List;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.DType;
import org.girih.ir.type.Value;

/// Conversion to another dtype, pointwise; linear between inexact dtypes. Integers wrap to a
/// narrower width; floats to integers round toward zero, and clamp where they do not fit (NaN gives
/// 0), as XLA's `convert`; to `bool` is "is not zero"; a complex number cannot become a real one.
///
/// - (C1) one operand
/// - (C2) of complex numbers, to a complex dtype
public record Convert(DType dtype) implements Linear {
  @Override
  public List<ArrayType> infer(Inference cx, List<ArrayType> in) {
    cx.c(1).count(in, 1);
    ArrayType type = in.getFirst();
    cx.c(2)
        .require(
            !type.dtype().complex() || dtype.complex(),
            "expected a complex dtype for %s, got %s",
            type,
            dtype.text());
    return List.of(type.withDType(dtype));
  }

  @Override
  public Work work(List<ArrayType> in, List<ArrayType> out) {
    return Work.pointwise(out, 1);
  }

  @Override
  public NanSource nanSource() {
    return NanSource.POINTWISE;
  }

  @Override
  public void transpose(Builder b, TransposedOperands in, Value ct, Cotangents out) {
    DType from = in.type(0).dtype();
    boolean real = ct.type().dtype().complex() && !from.complex();
    out.add(0, b.convert(real ? b.emit1(ComplexPart.REAL, ct) : ct, from));
  }

  @Override
  public Batched batch(Builder b, BatchAxis axis, List<Value> xs, Mask batched) {
    return Batched.pointwise(this, b, axis, xs, batched);
  }
}
