package org.girih.ir.op;

import java.util.ArrayList;
import java.util.List;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.Dim;
import org.girih.ir.type.Value;

/// One after the other along an axis; one operand or more, equal in all other sizes.
public record Concatenate(int axis) implements Linear {
  @Override
  public List<ArrayType> infer(Inference cx, List<ArrayType> in) {
    cx.require(!in.isEmpty(), "concatenation of nothing");
    ArrayType first = in.getFirst();
    cx.axis(first, axis);
    Dim sum = first.dim(axis);
    for (ArrayType type : in.subList(1, in.size())) {
      cx.require(
          type.dtype() == first.dtype() && type.rank() == first.rank(),
          "%s and %s do not concatenate",
          first,
          type);
      for (int i = 0; i < first.rank(); i++) {
        if (i != axis) {
          cx.equal(first.dim(i), type.dim(i), "dimension " + i);
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
  public void transpose(Builder b, Operands in, Value ct, Cotangents out) {
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
