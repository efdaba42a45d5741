package org.girih.ir.op;

import java.util.List;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.DType;
import org.girih.ir.type.Value;

/// Tests for neither NaN nor infinite, pointwise, of floats.
///
/// - (C1) one operand
/// - (C2) a floating dtype
public record IsFinite() implements Discrete {
  @Override
  public List<ArrayType> infer(Inference cx, List<ArrayType> in) {
    cx.c(1).count(in, 1);
    cx.c(2)
        .require(
            in.getFirst().dtype().floating(), "expected a floating dtype, got %s", in.getFirst());
    return List.of(in.getFirst().withDType(DType.BOOL));
  }

  @Override
  public Work work(List<ArrayType> in, List<ArrayType> out) {
    return Work.pointwise(out, 1);
  }

  @Override
  public Batched batch(Builder b, BatchAxis axis, List<Value> xs, Mask batched) {
    return Batched.pointwise(this, b, axis, xs, batched);
  }
}
