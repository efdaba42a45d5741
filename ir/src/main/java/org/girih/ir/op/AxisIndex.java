package org.girih.ir.op;

import java.util.List;
import java.util.OptionalInt;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.DType;
import org.girih.ir.type.Value;

/// The lane's number on the axis of a `vmap`, a scalar `i32`.
///
/// - (C1) no operands
///
/// @param lane the axis' number; each `vmap` has its own
public record AxisIndex(int lane) implements Discrete {
  @Override
  public List<ArrayType> infer(Inference cx, List<ArrayType> in) {
    cx.c(1).count(in, 0);
    return List.of(ArrayType.scalar(DType.I32));
  }

  @Override
  public Work work(List<ArrayType> in, List<ArrayType> out) {
    throw Work.left(this);
  }

  @Override
  public OptionalInt lanes() {
    return OptionalInt.of(lane);
  }

  @Override
  public Batched batch(Builder b, BatchAxis axis, List<Value> xs, Mask batched) {
    return Batched.all(b.iota(DType.I32, List.of(axis.size()), 0));
  }
}
