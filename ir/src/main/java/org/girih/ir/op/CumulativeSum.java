package org.girih.ir.op;

import java.util.List;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.Value;

/// Running sums along an axis, each including its own element; from the end if `reverse`.
///
/// - (C1) one operand
/// - (C2) `axis` is an axis of it
/// - (C3) a numeric dtype
public record CumulativeSum(int axis, boolean reverse) implements Linear {
  @Override
  public List<ArrayType> infer(Inference cx, List<ArrayType> in) {
    cx.c(1).count(in, 1);
    cx.c(2).axis(in.getFirst(), axis);
    cx.c(3)
        .require(
            in.getFirst().dtype().numeric(), "expected a numeric dtype, got %s", in.getFirst());
    return in;
  }

  @Override
  public Work work(List<ArrayType> in, List<ArrayType> out) {
    return Work.doublings(out, axis);
  }

  @Override
  public void transpose(Builder b, TransposedOperands in, Value ct, Cotangents out) {
    out.add(0, b.emit1(new CumulativeSum(axis, !reverse), ct));
  }

  @Override
  public Batched batch(Builder b, BatchAxis lanes, List<Value> xs, Mask batched) {
    return Batched.all(b.emit1(new CumulativeSum(axis + 1, reverse), xs.getFirst()));
  }
}
