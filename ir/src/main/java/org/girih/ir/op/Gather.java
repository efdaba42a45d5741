package org.girih.ir.op;

import java.util.List;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.Dim;

/// Blocks of the first operand at the positions in the second. A position is clamped so that its
/// block lies inside (XLA's Gather).
///
/// @param sizes of a block, one an axis of the array
public record Gather(Windows windows, List<Dim> sizes) implements Linear {
  @Override
  public List<ArrayType> infer(Inference cx, List<ArrayType> in) {
    cx.count(in, 2);
    return List.of(windows.blocks(cx, in.get(0), in.get(1), sizes));
  }
}
