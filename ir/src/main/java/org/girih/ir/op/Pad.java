package org.girih.ir.op;

import java.util.ArrayList;
import java.util.List;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.Dim;

/// Puts the second operand, a scalar, around the first: `low` before, `high` after each axis and
/// `interior` between neighbours. Negative `low` and `high` cut off instead; `interior` ≥ 0.
public record Pad(List<Dim> low, List<Dim> high, List<Long> interior) implements Linear {
  @Override
  public List<ArrayType> infer(Inference cx, List<ArrayType> in) {
    cx.count(in, 2);
    ArrayType type = in.getFirst();
    cx.same(ArrayType.scalar(type.dtype()), in.getLast());
    cx.require(
        low.size() == type.rank() && high.size() == type.rank() && interior.size() == type.rank(),
        "padding %s of %s",
        this,
        type);
    var dims = new ArrayList<Dim>();
    for (int i = 0; i < type.rank(); i++) {
      cx.require(interior.get(i) >= 0, "interior padding %d", interior.get(i));
      Dim between = type.dim(i).minus(Dim.of(1)).max(Dim.of(0)).times(interior.get(i));
      Dim size = type.dim(i).plus(between).plus(low.get(i)).plus(high.get(i));
      cx.atLeast(size, Dim.of(0), "a padded size");
      dims.add(size);
    }
    return List.of(type.withDims(dims));
  }
}
