package org.girih.ir.op;

import java.util.ArrayList;
import java.util.List;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.Dim;

/// A block of the given sizes from a run-time position: the array, then a scalar `i32` start an
/// axis. A start is clamped so that the block lies inside.
public record DynamicSlice(List<Dim> sizes) implements Linear {
  @Override
  public List<ArrayType> infer(Inference cx, List<ArrayType> in) {
    cx.require(!in.isEmpty(), "a block of nothing");
    ArrayType type = in.getFirst();
    cx.count(in, 1 + type.rank());
    cx.require(sizes.size() == type.rank(), "block %s of %s", sizes, type);
    in.subList(1, in.size()).forEach(cx::position);
    for (int i = 0; i < type.rank(); i++) {
      cx.atLeast(sizes.get(i), Dim.of(0), "a size");
      cx.atLeast(type.dim(i), sizes.get(i), "size under a block");
    }
    return List.of(type.withDims(new ArrayList<>(sizes)));
  }
}
