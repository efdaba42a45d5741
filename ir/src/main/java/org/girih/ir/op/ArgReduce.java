package org.girih.ir.op;

import java.util.List;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.DType;
import org.girih.ir.type.Value;

/// The position, `i32`, of the greatest or least element along one axis, which goes: the first of
/// equals, the first NaN where there is one. The axis must not be empty.
///
/// - (C1) one operand
/// - (C2) `axis` is an axis of it
/// - (C3) a real numeric dtype
/// - (C4) at least one element along the axis
public record ArgReduce(Which which, int axis) implements Discrete {
  public enum Which {
    MAX,
    MIN
  }

  @Override
  public List<ArrayType> infer(Inference cx, List<ArrayType> in) {
    cx.c(1).count(in, 1);
    ArrayType type = in.getFirst();
    cx.c(2).axis(type, axis);
    cx.c(3)
        .require(
            type.dtype().numeric() && !type.dtype().complex(),
            "expected a real numeric dtype, got %s",
            type);
    cx.c(4).atLeast(type.dim(axis), org.girih.ir.type.Dim.of(1), "the size that is searched");
    return List.of(Reductions.without(cx, type, List.of(axis)).withDType(DType.I32));
  }

  @Override
  public Work work(List<ArrayType> in, List<ArrayType> out) {
    return Work.reduces(in, out);
  }

  @Override
  public Batched batch(Builder b, BatchAxis lanes, List<Value> xs, Mask batched) {
    return Batched.all(b.emit1(new ArgReduce(which, axis + 1), xs.getFirst()));
  }
}
