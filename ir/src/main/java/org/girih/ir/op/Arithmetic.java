package org.girih.ir.op;

import java.util.List;
import org.girih.ir.type.ArrayType;

/// Pointwise arithmetic; operands and result have one type. Integers wrap around.
public enum Arithmetic implements Linear {
  ADD(2),
  SUBTRACT(2),
  NEGATE(1),
  MULTIPLY(2),
  /// Of inexact numbers; [Quotient] divides integers.
  DIVIDE(2);

  private final int arity;

  Arithmetic(int arity) {
    this.arity = arity;
  }

  @Override
  public List<ArrayType> infer(Inference cx, List<ArrayType> in) {
    cx.count(in, arity);
    ArrayType type = in.getFirst();
    cx.same(type, in.getLast());
    cx.require(type.dtype().numeric(), "%s of %s", primitive(), type);
    cx.require(this != DIVIDE || type.dtype().inexact(), "divide of %s", type);
    return List.of(type);
  }
}
