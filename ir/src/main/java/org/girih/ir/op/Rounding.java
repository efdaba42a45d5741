package org.girih.ir.op;

import java.util.List;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.Value;

/// Piecewise constant functions of real numbers: their derivative is zero wherever there is one.
///
/// - (C1) one operand
/// - (C2) a floating dtype; of `sign` also an integer one
public enum Rounding implements Discrete {
  FLOOR,
  CEIL,
  /// To the nearest integer, ties to even.
  ROUND,
  /// −1, 0, 1; NaN of NaN; keeps the sign of zero. Also of integers.
  SIGN;

  @Override
  public List<ArrayType> infer(Inference cx, List<ArrayType> in) {
    cx.c(1).count(in, 1);
    ArrayType type = in.getFirst();
    cx.c(2)
        .require(
            type.dtype().floating() || this == SIGN && type.dtype().integer(),
            "expected %s, got %s",
            this == SIGN ? "floats or integers" : "floats",
            type);
    return in;
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
