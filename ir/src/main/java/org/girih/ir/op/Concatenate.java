package org.girih.ir.op;

import java.util.ArrayList;
import java.util.List;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.Dim;
import org.girih.ir.type.Value;

/// One after the other along an axis; one operand or more, equal in all other sizes.
///
/// - (C1) one operand or more
/// - (C2) `axis` is an axis of the first
/// - (C3) equal dtypes and ranks
/// - (C4) equal sizes of all other axes
public record Concatenate(int axis) implements Linear {
  @Override
  public List<ArrayType> infer(Inference cx, List<ArrayType> in) {
    cx.c(1).require(!in.isEmpty(), "expected an operand, got none");
    ArrayType first = in.getFirst();
    cx.c(2).axis(first, axis);
    Dim sum = first.dim(axis);
    for (ArrayType type : in.subList(1, in.size())) {
      cx.c(3)
          .require(
              type.dtype() == first.dtype() && type.rank() == first.rank(),
              "expected equal dtypes and ranks, got %s and %s",
              first,
              type);
      for (int i = 0; i < first.rank(); i++) {
        if (i != axis) {
          cx.c(4).equal(first.dim(i), type.dim(i), "dimension " + i);
        }
      }
      sum = sum.plus(type.dim(axis));
    }
    var dims = new ArrayList<>(first.dims());
    dims.set(axis, sum);
    return List.of(first.withDims(dims));
  }

  @Override
  public NanSource nanSource() {
    return NanSource.NONE;
  }

  @Override
  public void transpose(Builder b, TransposedOperands in, Value ct, Cotangents out) {
    Dim start = Dim.of(0);
    for (int i = 0; i < in.size(); i++) {
      Dim limit = start.plus(in.type(i).dim(axis));
      if (in.linear(i)) {
        out.add(i, Slice.along(b, ct, axis, start, limit));
      }
      start = limit;
    }
  }

  @Override
  public Batched batch(Builder b, BatchAxis lanes, List<Value> xs, Mask batched) {
    return Batched.all(b.emit(new Concatenate(axis + 1), Batched.spread(b, lanes, xs, batched)));
  }
}
