package org.girih.ir.op;

import java.util.List;
import org.girih.ir.type.ArrayType;

/// Sorts all operands along an axis by the order of the first, which is real; stable. They have
/// equal dims. NaN counts as greater than all, and −0 as equal to 0.
public record Sort(int axis, boolean descending) implements Custom {
  @Override
  public List<ArrayType> infer(Inference cx, List<ArrayType> in) {
    cx.require(!in.isEmpty(), "sort of nothing");
    cx.axis(in.getFirst(), axis);
    cx.require(!in.getFirst().dtype().complex(), "sort by %s", in.getFirst());
    in.forEach(type -> cx.sameDims(in.getFirst(), type));
    return in;
  }
}
