package org.girih.ir.op;

import java.util.ArrayList;
import java.util.List;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.Dim;

/// Elements `start`, `start + stride`, … below `limit` of each axis: 0 ≤ start ≤ limit ≤ size,
/// stride ≥ 1, one of each an axis.
public record Slice(List<Dim> start, List<Dim> limit, List<Long> stride) implements Linear {
  @Override
  public List<ArrayType> infer(Inference cx, List<ArrayType> in) {
    cx.count(in, 1);
    ArrayType type = in.getFirst();
    cx.require(
        start.size() == type.rank() && limit.size() == type.rank() && stride.size() == type.rank(),
        "slice %s of %s",
        this,
        type);
    var dims = new ArrayList<Dim>();
    for (int i = 0; i < type.rank(); i++) {
      cx.require(stride.get(i) >= 1, "stride %d", stride.get(i));
      cx.atLeast(start.get(i), Dim.of(0), "start of a slice");
      cx.atLeast(limit.get(i), start.get(i), "limit of a slice");
      cx.atLeast(type.dim(i), limit.get(i), "size under a slice");
      Dim length = limit.get(i).minus(start.get(i));
      dims.add(
          stride.get(i) == 1
              ? length
              : length.plus(stride.get(i) - 1).floorDiv(Dim.of(stride.get(i))));
    }
    return List.of(type.withDims(dims));
  }
}
