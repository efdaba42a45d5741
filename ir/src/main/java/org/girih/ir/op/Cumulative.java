package org.girih.ir.op;

import java.util.List;
import org.girih.ir.type.ArrayType;

/// Running product, maximum or minimum along an axis; from the end if `reverse`.
public record Cumulative(Reduce.Monoid monoid, int axis, boolean reverse) implements Custom {
  @Override
  public List<ArrayType> infer(Inference cx, List<ArrayType> in) {
    cx.count(in, 1);
    cx.axis(in.getFirst(), axis);
    Reduce.monoid(cx, monoid, in.getFirst());
    return in;
  }
}
