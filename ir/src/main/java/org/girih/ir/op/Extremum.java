package org.girih.ir.op;

import java.util.List;
import org.girih.ir.type.ArrayType;

/// The greater or the lesser of two, pointwise; NaN if either is. Real numbers and `bool`.
public enum Extremum implements Custom {
  MAXIMUM,
  MINIMUM;

  @Override
  public List<ArrayType> infer(Inference cx, List<ArrayType> in) {
    cx.count(in, 2);
    cx.same(in.getFirst(), in.getLast());
    cx.require(!in.getFirst().dtype().complex(), "%s of %s", primitive(), in.getFirst());
    return List.of(in.getFirst());
  }
}
