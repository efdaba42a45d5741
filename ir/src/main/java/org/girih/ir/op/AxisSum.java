package org.girih.ir.op;

import java.util.List;
import java.util.OptionalInt;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.Value;

/// The sum over the lanes of a `vmap`, the same on each: `psum`. Its transpose is itself, as JAX's
/// under `vmap` and `pmap`.
///
/// - (C1) one operand
/// - (C2) a numeric dtype
///
/// @param lane the axis' number
public record AxisSum(int lane) implements Linear {
  @Override
  public List<ArrayType> infer(Inference cx, List<ArrayType> in) {
    cx.c(1).count(in, 1);
    cx.c(2)
        .require(
            in.getFirst().dtype().numeric(), "expected a numeric dtype, got %s", in.getFirst());
    return in;
  }

  @Override
  public Work work(List<ArrayType> in, List<ArrayType> out) {
    throw Work.left(this);
  }

  @Override
  public OptionalInt lanes() {
    return OptionalInt.of(lane);
  }

  @Override
  public void transpose(Builder b, TransposedOperands in, Value ct, Cotangents out) {
    out.add(0, b.emit1(this, ct));
  }

  /// Becomes a reduction on its own axis; what is the same on each lane is counted as often.
  @Override
  public Batched batch(Builder b, BatchAxis axis, List<Value> xs, Mask batched) {
    Value x = xs.getFirst();
    if (axis.axis() != lane) {
      return Batched.all(b.emit1(this, x));
    }
    Value sum =
        batched.at(0)
            ? b.sum(x, List.of(0))
            : b.multiply(x, b.fill(x, axis.size().known().orElseThrow()));
    return new Batched(List.of(sum), Mask.none(1));
  }
}
