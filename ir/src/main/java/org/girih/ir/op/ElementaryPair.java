package org.girih.ir.op;

import java.util.List;
import org.girih.ir.type.ArrayType;

/// Functions of two operands of one type.
public enum ElementaryPair implements Smooth {
  /// xʸ of inexact numbers, and of integers, where a negative exponent gives 0 but for bases 1 and
  /// −1.
  POWER,
  /// The angle of the point (y, x) for operands y, x; real.
  ATAN2,
  /// x − y · trunc(x / y): the sign is that of x. Of integers x where y is 0.
  REMAINDER;

  @Override
  public List<ArrayType> infer(Inference cx, List<ArrayType> in) {
    cx.count(in, 2);
    ArrayType type = in.getFirst();
    cx.same(type, in.getLast());
    boolean fits =
        switch (this) {
          case POWER -> type.dtype().numeric();
          case ATAN2 -> type.dtype().floating();
          case REMAINDER -> type.dtype().numeric() && !type.dtype().complex();
        };
    cx.require(fits, "%s of %s", primitive(), type);
    return List.of(type);
  }
}
