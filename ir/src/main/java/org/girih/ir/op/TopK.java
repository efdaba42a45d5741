package org.girih.ir.op;

import java.util.ArrayList;
import java.util.List;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.DType;
import org.girih.ir.type.Dim;
import org.girih.ir.type.Value;

/// The positions, `i32`, of the k greatest elements along the last axis, the greatest first; of
/// equal ones the first, in the order of [Sort]: a NaN is greater than all, and −0 equal to 0.
///
/// - (C1) one operand
/// - (C2) an axis at least
/// - (C3) a real dtype
/// - (C4) at least k elements along the last axis, and k not negative
public record TopK(Dim k) implements Discrete {
  @Override
  public List<ArrayType> infer(Inference cx, List<ArrayType> in) {
    cx.c(1).count(in, 1);
    ArrayType type = in.getFirst();
    cx.c(2).require(type.rank() > 0, "expected an axis, got %s", type);
    cx.c(3).require(!type.dtype().complex(), "expected a real dtype, got %s", type);
    int last = type.rank() - 1;
    cx.c(4).atLeast(k, Dim.of(0), "the number of elements");
    cx.c(4).atLeast(type.dim(last), k, "the size that is searched");
    var dims = new ArrayList<>(type.dims());
    dims.set(last, k);
    return List.of(new ArrayType(DType.I32, dims));
  }

  @Override
  public Work work(List<ArrayType> in, List<ArrayType> out) {
    return Work.doublings(in, in.getFirst().rank() - 1);
  }

  @Override
  public Batched batch(Builder b, BatchAxis lanes, List<Value> xs, Mask batched) {
    return Batched.all(b.emit1(this, xs.getFirst()));
  }
}
