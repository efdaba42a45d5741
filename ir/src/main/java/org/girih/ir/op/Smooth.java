package org.girih.ir.op;

import java.util.List;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.Value;

/// Pointwise ops with a derivative in each operand, which may use the result (`tanh`: 1 − y²).
/// Operands and result have one type, inexact unless the op states that it takes integers.
public sealed interface Smooth extends Op.Plain permits Elementary, ElementaryPair, IntegerPower {
  /// Returns the tangent of the result `y` that comes of tangent `t` of operand `i`: its derivative
  /// times `t`, pointwise.
  Value tangent(Builder b, int i, List<Value> xs, Value y, Value t);

  @Override
  default Work work(List<ArrayType> in, List<ArrayType> out) {
    return Work.pointwise(out, 1);
  }

  @Override
  default NanSource nanSource() {
    return NanSource.POINTWISE;
  }

  @Override
  default Batched batch(Builder b, BatchAxis axis, List<Value> xs, Mask batched) {
    return Batched.pointwise(this, b, axis, xs, batched);
  }
}
