package org.girih.ir.op;

import java.util.List;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.Value;

/// Bitwise ops on integers, logic on `bool` (shifts and counts on integers only).
///
/// - (C1) as many operands as the op takes: one or two
/// - (C2) operands of equal types
/// - (C3) an integer dtype; of `and`, `or`, `xor` and `not` also `bool`
public enum Bits implements Discrete {
  AND(2),
  OR(2),
  XOR(2),
  NOT(1),
  /// Zero where the distance is not in 0 … width − 1.
  SHIFT_LEFT(2),
  /// Copies of the sign bit come in for signed, zeros for unsigned integers; where the distance is
  /// not in 0 … width − 1, nothing else is left.
  SHIFT_RIGHT(2),
  /// The number of ones.
  POPULATION_COUNT(1),
  /// The number of zeros above the highest one.
  COUNT_LEADING_ZEROS(1);

  private final int arity;

  Bits(int arity) {
    this.arity = arity;
  }

  @Override
  public boolean cheap() {
    return true;
  }

  @Override
  public List<ArrayType> infer(Inference cx, List<ArrayType> in) {
    cx.c(1).count(in, arity);
    ArrayType type = in.getFirst();
    cx.c(2).same(type, in.getLast());
    cx.c(3)
        .require(
            type.dtype().integer() || type.dtype().isBool() && compareTo(NOT) <= 0,
            "expected %s, got %s",
            compareTo(NOT) <= 0 ? "integers or bool" : "integers",
            type);
    return List.of(type);
  }

  @Override
  public Work work(List<ArrayType> in, List<ArrayType> out) {
    return Work.pointwise(out, 1);
  }

  @Override
  public Batched batch(Builder b, BatchAxis axis, List<Value> xs, Mask batched) {
    return Batched.pointwise(this, b, axis, xs, batched);
  }
}
