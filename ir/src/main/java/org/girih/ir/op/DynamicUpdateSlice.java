package org.girih.ir.op;

import java.util.List;
import org.girih.ir.type.ArrayType;

/// The array with a block replaced at a run-time position: array, block, then a scalar `i32` start
/// an axis. A start is clamped so that the block lies inside.
public record DynamicUpdateSlice() implements Linear {
  @Override
  public List<ArrayType> infer(Inference cx, List<ArrayType> in) {
    cx.require(in.size() >= 2, "%d operands", in.size());
    ArrayType type = in.getFirst();
    ArrayType block = in.get(1);
    cx.count(in, 2 + type.rank());
    cx.require(
        block.dtype() == type.dtype() && block.rank() == type.rank(),
        "block %s in %s",
        block,
        type);
    for (int i = 0; i < type.rank(); i++) {
      cx.atLeast(type.dim(i), block.dim(i), "size under a block");
    }
    in.subList(2, in.size()).forEach(cx::position);
    return List.of(type);
  }
}
