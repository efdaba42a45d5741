package org.girih.ir.op;

import java.util.List;
import org.girih.ir.type.ArrayType;

/// The array with updates written or multiplied in at positions; operands and bounds as in
/// [ScatterAdd]. Where equal positions are written, the last update in row-major order stays on
/// CPU; elsewhere which one is not said, as in XLA.
public record Scatter(Combine combine, Windows windows) implements Custom {
  public enum Combine {
    SET,
    MULTIPLY
  }

  @Override
  public List<ArrayType> infer(Inference cx, List<ArrayType> in) {
    cx.count(in, 3);
    cx.require(
        combine == Combine.SET || in.getFirst().dtype().numeric(), "scatter to %s", in.getFirst());
    return List.of(windows.scatter(cx, in));
  }
}
