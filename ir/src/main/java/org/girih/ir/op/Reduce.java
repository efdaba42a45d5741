package org.girih.ir.op;

import java.util.List;
import org.girih.ir.type.ArrayType;

/// Product, maximum or minimum over the axes, which go. Over no elements the monoid's neutral
/// element; a NaN among the elements gives NaN.
public record Reduce(Monoid monoid, List<Integer> axes) implements Custom {
  /// `MAX` and `MIN` start from the dtype's least and greatest value (infinities for floats).
  public enum Monoid {
    PROD,
    MAX,
    MIN
  }

  @Override
  public List<ArrayType> infer(Inference cx, List<ArrayType> in) {
    cx.count(in, 1);
    monoid(cx, monoid, in.getFirst());
    return List.of(Reductions.without(cx, in.getFirst(), axes));
  }

  static void monoid(Inference cx, Monoid monoid, ArrayType type) {
    cx.require(
        type.dtype().numeric() && (monoid == Monoid.PROD || !type.dtype().complex()),
        "%s of %s",
        monoid,
        type);
  }
}
