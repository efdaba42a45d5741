package org.girih.ir.op;

import java.util.List;
import java.util.Optional;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.Value;

/// The greater or the lesser of two, pointwise; NaN if either is. Real numbers and `bool`.
///
/// - (C1) two operands
/// - (C2) operands of equal types
/// - (C3) no complex dtype
public enum Extremum implements Custom {
  MAXIMUM,
  MINIMUM;

  @Override
  public boolean cheap() {
    return true;
  }

  @Override
  public List<ArrayType> infer(Inference cx, List<ArrayType> in) {
    cx.c(1).count(in, 2);
    cx.c(2).same(in.getFirst(), in.getLast());
    cx.c(3)
        .require(
            !in.getFirst().dtype().complex(), "expected an ordered dtype, got %s", in.getFirst());
    return List.of(in.getFirst());
  }

  @Override
  public Work work(List<ArrayType> in, List<ArrayType> out) {
    return Work.pointwise(out, 1);
  }

  @Override
  public NanSource nanSource() {
    return NanSource.NONE;
  }

  /// Returns the tangent of the operand that was taken; half of each where they are equal, none
  /// where either is NaN, as in JAX. The operands are compared with each other and not with the
  /// result: XLA may compute an operand again, rounded otherwise, and it would not equal the result
  /// then.
  @Override
  public List<Optional<Value>> jvp(
      Builder b, List<Value> xs, List<Value> ys, List<Optional<Value>> ts) {
    Optional<Value> sum = Optional.empty();
    Value like = ys.getFirst();
    Value even = b.compare(Compare.EQ, xs.get(0), xs.get(1));
    for (int i = 0; i < 2; i++) {
      if (ts.get(i).isPresent()) {
        Compare beyond = this == MAXIMUM ? Compare.GT : Compare.LT;
        Value taken = b.compare(beyond, xs.get(i), xs.get(1 - i));
        Value share =
            b.select(even, b.fill(like, 0.5), b.select(taken, b.fill(like, 1), b.fill(like, 0)));
        sum = Tangents.sum(b, sum, Optional.of(b.multiply(ts.get(i).get(), share)));
      }
    }
    return List.of(sum);
  }

  @Override
  public Batched batch(Builder b, BatchAxis axis, List<Value> xs, Mask batched) {
    return Batched.pointwise(this, b, axis, xs, batched);
  }
}
