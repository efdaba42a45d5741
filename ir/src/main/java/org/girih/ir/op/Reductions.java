package org.girih.ir.op;

import java.util.ArrayList;
import java.util.List;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.Dim;

/// Holds what reductions have in common.
final class Reductions {
  private Reductions() {}

  /// Returns the type without the axes.
  static ArrayType without(Inference cx, ArrayType type, List<Integer> axes) {
    cx.axes(type, axes);
    var left = new ArrayList<Dim>();
    for (int i = 0; i < type.rank(); i++) {
      if (!axes.contains(i)) {
        left.add(type.dim(i));
      }
    }
    return type.withDims(left);
  }
}
