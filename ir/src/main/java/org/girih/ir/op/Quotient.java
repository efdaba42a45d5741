package org.girih.ir.op;

import java.util.List;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.Value;

/// Integer division, pointwise, rounded toward zero. By zero it gives all ones (−1, or the greatest
/// unsigned number), as XLA does; the least signed integer by −1 is itself.
///
/// - (C1) two operands
/// - (C2) operands of equal types
/// - (C3) an integer dtype
public record Quotient() implements Discrete {
  @Override
  public List<ArrayType> infer(Inference cx, List<ArrayType> in) {
    cx.c(1).count(in, 2);
    cx.c(2).same(in.getFirst(), in.getLast());
    cx.c(3)
        .require(
            in.getFirst().dtype().integer(), "expected an integer dtype, got %s", in.getFirst());
    return List.of(in.getFirst());
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
