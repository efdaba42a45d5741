package org.girih.ir.op;

import java.util.List;
import org.girih.ir.type.ArrayType;

/// Reverses the order along the axes.
public record Reverse(List<Integer> axes) implements Linear {
  @Override
  public List<ArrayType> infer(Inference cx, List<ArrayType> in) {
    cx.count(in, 1);
    cx.axes(in.getFirst(), axes);
    return in;
  }
}
