package org.girih.ir.op;

import java.util.List;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.DType;
import org.girih.ir.type.Value;

/// The same bits as another dtype of the same width, pointwise; not of `bool` or complex numbers.
///
/// - (C1) one operand
/// - (C2) from an integer or a float to one
/// - (C3) dtypes of equal width
public record Bitcast(DType dtype) implements Discrete {
  @Override
  public List<ArrayType> infer(Inference cx, List<ArrayType> in) {
    cx.c(1).count(in, 1);
    DType from = in.getFirst().dtype();
    cx.c(2)
        .require(
            (from.integer() || from.floating()) && (dtype.integer() || dtype.floating()),
            "expected integers or floats, got %s and %s",
            in.getFirst(),
            dtype.text());
    cx.c(3)
        .require(
            from.bits() == dtype.bits(),
            "expected dtypes of equal width, got %s and %s",
            in.getFirst(),
            dtype.text());
    return List.of(in.getFirst().withDType(dtype));
  }

  @Override
  public Work work(List<ArrayType> in, List<ArrayType> out) {
    return Work.pointwise(out, 0);
  }

  @Override
  public Batched batch(Builder b, BatchAxis axis, List<Value> xs, Mask batched) {
    return Batched.pointwise(this, b, axis, xs, batched);
  }
}
