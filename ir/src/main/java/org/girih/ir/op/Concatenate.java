package org.girih.ir.op;

import java.util.ArrayList;
import java.util.List;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.Dim;

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
}
