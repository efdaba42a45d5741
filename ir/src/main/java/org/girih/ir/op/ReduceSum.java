package org.girih.ir.op;

import java.util.List;
import org.girih.ir.type.ArrayType;

/// The sum over the axes, which go; zero over no elements. Sums in its own dtype: who wants a wider
/// accumulator converts before.
public record ReduceSum(List<Integer> axes) implements Linear {
  @Override
  public List<ArrayType> infer(Inference cx, List<ArrayType> in) {
    cx.count(in, 1);
    cx.require(in.getFirst().dtype().numeric(), "sum of %s", in.getFirst());
    return List.of(Reductions.without(cx, in.getFirst(), axes));
  }
}
