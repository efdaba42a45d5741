package org.girih.ir.op;

import java.util.List;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.DType;
import org.girih.ir.type.Value;

/// The same bits as another dtype of the same width, pointwise; not of `bool` or complex numbers.
public record Bitcast(DType dtype) implements Discrete {
  @Override
  public List<ArrayType> infer(Inference cx, List<ArrayType> in) {
    cx.count(in, 1);
    DType from = in.getFirst().dtype();
    cx.require(
        from.bits() == dtype.bits()
            && (from.integer() || from.floating())
            && (dtype.integer() || dtype.floating()),
        "bitcast of %s to %s",
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
