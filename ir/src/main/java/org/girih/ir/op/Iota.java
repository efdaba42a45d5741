package org.girih.ir.op;

import java.util.List;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.DType;
import org.girih.ir.type.Dim;
import org.girih.ir.type.Value;

/// 0, 1, 2, … along an axis, the same along the others. Numbers that the dtype does not hold wrap.
///
/// - (C1) no operands
/// - (C2) `axis` is an axis of the result
/// - (C3) a numeric dtype
/// - (C4) no size is negative
public record Iota(DType dtype, List<Dim> dims, int axis) implements Discrete {
  @Override
  public boolean cheap() {
    return true;
  }

  @Override
  public List<ArrayType> infer(Inference cx, List<ArrayType> in) {
    cx.c(1).count(in, 0);
    ArrayType type = new ArrayType(dtype, dims);
    cx.c(2).axis(type, axis);
    cx.c(3).require(dtype.numeric(), "expected a numeric dtype, got %s", type);
    for (Dim dim : dims) {
      cx.c(4).atLeast(dim, Dim.of(0), "a size");
    }
    return List.of(type);
  }

  @Override
  public Work work(List<ArrayType> in, List<ArrayType> out) {
    return Work.pointwise(out, 0);
  }

  /// Shares it among all lanes, since it has no operands.
  @Override
  public Batched batch(Builder b, BatchAxis lanes, List<Value> xs, Mask batched) {
    return new Batched(b.emit(this, xs), Mask.none(1));
  }
}
