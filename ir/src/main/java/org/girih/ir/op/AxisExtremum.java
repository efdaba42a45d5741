package org.girih.ir.op;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.DType;
import org.girih.ir.type.Value;

/// The greatest or least over the lanes of a `vmap`, the same on each: `pmax`, `pmin`.
///
/// - (C1) one operand
/// - (C2) a real numeric dtype
///
/// @param lane the axis' number
public record AxisExtremum(Extremum which, int lane) implements Custom {
  @Override
  public List<ArrayType> infer(Inference cx, List<ArrayType> in) {
    cx.c(1).count(in, 1);
    DType dtype = in.getFirst().dtype();
    cx.c(2)
        .require(
            dtype.numeric() && !dtype.complex(),
            "expected a real numeric dtype, got %s",
            in.getFirst());
    return in;
  }

  @Override
  public Work work(List<ArrayType> in, List<ArrayType> out) {
    throw Work.left(this);
  }

  @Override
  public NanSource nanSource() {
    return NanSource.NONE;
  }

  @Override
  public OptionalInt lanes() {
    return OptionalInt.of(lane);
  }

  /// Returns the mean of the tangents of the lanes that reach it.
  @Override
  public List<Optional<Value>> jvp(
      Builder b, List<Value> xs, List<Value> ys, List<Optional<Value>> ts) {
    Value x = xs.getFirst();
    Value y = ys.getFirst();
    Value reached = b.convert(b.compare(Compare.EQ, x, y), y.type().dtype());
    var sum = new AxisSum(lane);
    Value share = b.divide(reached, b.emit1(sum, reached));
    return List.of(Optional.of(b.emit1(sum, b.multiply(ts.getFirst().orElseThrow(), share))));
  }

  @Override
  public Batched batch(Builder b, BatchAxis axis, List<Value> xs, Mask batched) {
    Value x = xs.getFirst();
    if (axis.axis() != lane) {
      return Batched.all(b.emit1(this, x));
    }
    var monoid = which == Extremum.MAXIMUM ? Reduce.Monoid.MAX : Reduce.Monoid.MIN;
    Value y = batched.at(0) ? b.emit1(new Reduce(monoid, List.of(0)), x) : x;
    return new Batched(List.of(y), Mask.none(1));
  }
}
