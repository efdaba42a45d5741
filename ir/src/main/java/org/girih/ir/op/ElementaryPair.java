package org.girih.ir.op;

import java.util.List;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.Value;

/// Functions of two operands of one type.
///
/// - (C1) two operands
/// - (C2) operands of equal types
/// - (C3) a numeric dtype; of `atan2` a floating one, of `remainder` a real one
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
    cx.c(1).count(in, 2);
    ArrayType type = in.getFirst();
    cx.c(2).same(type, in.getLast());
    boolean fits =
        switch (this) {
          case POWER -> type.dtype().numeric();
          case ATAN2 -> type.dtype().floating();
          case REMAINDER -> type.dtype().numeric() && !type.dtype().complex();
        };
    String dtype =
        switch (this) {
          case POWER -> "numeric";
          case ATAN2 -> "floating";
          case REMAINDER -> "real numeric";
        };
    cx.c(3).require(fits, "expected a %s dtype, got %s", dtype, type);
    return List.of(type);
  }

  @Override
  public Work work(List<ArrayType> in, List<ArrayType> out) {
    return switch (this) {
      case POWER, ATAN2 -> Work.elementary(out);
      case REMAINDER -> Work.pointwise(out, 1);
    };
  }

  /// Multiplies by the derivative: of `power` in the base y · x^(y−1), in the exponent log(x) ·
  /// x^y, which is 0 at x = 0 as in JAX. That of `remainder` in the divisor −trunc(x / y).
  @Override
  public Value tangent(Builder b, int i, List<Value> xs, Value y, Value t) {
    Value p = xs.get(0);
    Value q = xs.get(1);
    return switch (this) {
      case POWER -> {
        if (i == 0) {
          yield b.multiply(t, b.multiply(q, b.emit1(POWER, p, b.subtract(q, b.fill(q, 1)))));
        }
        Value isZero = b.compare(Compare.EQ, p, b.fill(p, 0));
        Value log = b.emit1(Elementary.LOG, b.select(isZero, b.fill(p, 1), p));
        yield b.multiply(t, b.multiply(log, y));
      }
      case ATAN2 -> {
        Value square = b.add(b.multiply(p, p), b.multiply(q, q));
        yield b.multiply(t, b.divide(i == 0 ? q : b.negate(p), square));
      }
      case REMAINDER -> {
        if (i == 0) {
          yield t;
        }
        Value ratio = b.divide(p, q);
        Value down = b.emit1(Rounding.FLOOR, b.emit1(new Absolute(), ratio));
        yield b.negate(b.multiply(t, b.multiply(b.emit1(Rounding.SIGN, ratio), down)));
      }
    };
  }
}
