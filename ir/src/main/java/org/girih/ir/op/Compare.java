package org.girih.ir.op;

import java.util.List;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.DType;
import org.girih.ir.type.Value;

/// Comparisons, pointwise, to `bool`; NaN is unequal to all, and less or greater than none. Complex
/// numbers are equal or not, and have no order.
///
/// - (C1) two operands
/// - (C2) operands of equal types
/// - (C3) but for `eq` and `ne`, no complex dtype
public enum Compare implements Discrete {
  EQ,
  NE,
  LT,
  LE,
  GT,
  GE;

  @Override
  public boolean cheap() {
    return true;
  }

  @Override
  public List<ArrayType> infer(Inference cx, List<ArrayType> in) {
    cx.c(1).count(in, 2);
    ArrayType type = in.getFirst();
    cx.c(2).same(type, in.getLast());
    cx.c(3)
        .require(
            this == EQ || this == NE || !type.dtype().complex(),
            "expected an ordered dtype, got %s",
            type);
    return List.of(type.withDType(DType.BOOL));
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
