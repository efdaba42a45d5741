package org.girih.ir.op;

import java.util.List;
import org.girih.ir.type.ArrayType;

/// Running sums along an axis, each including its own element; from the end if `reverse`.
public record CumulativeSum(int axis, boolean reverse) implements Linear {
  @Override
  public List<ArrayType> infer(Inference cx, List<ArrayType> in) {
    cx.count(in, 1);
    cx.axis(in.getFirst(), axis);
    cx.require(in.getFirst().dtype().numeric(), "cumulative sum of %s", in.getFirst());
    return in;
  }
}
