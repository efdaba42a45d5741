package org.girih.ir.op;

import java.util.List;
import org.girih.ir.type.ArrayType;

/// The array (first operand) with updates (third) added at the positions in the second. A block
/// that does not lie inside is dropped whole; equal positions add up (XLA's Scatter).
public record ScatterAdd(Windows windows) implements Linear {
  @Override
  public List<ArrayType> infer(Inference cx, List<ArrayType> in) {
    cx.count(in, 3);
    cx.require(in.getFirst().dtype().numeric(), "scatter_add to %s", in.getFirst());
    return List.of(windows.scatter(cx, in));
  }
}
