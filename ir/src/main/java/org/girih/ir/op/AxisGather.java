package org.girih.ir.op;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.Dim;
import org.girih.ir.type.Value;

/// The operands of all lanes of a `vmap` along a new leading axis, the same on each: `all_gather`.
///
/// - (C1) one operand
///
/// @param lane the axis' number
/// @param size how many lanes it has
public record AxisGather(int lane, Dim size) implements Linear {
  @Override
  public List<ArrayType> infer(Inference cx, List<ArrayType> in) {
    cx.c(1).count(in, 1);
    return List.of(Batched.type(size, in.getFirst()));
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

  /// Adds the lane's own part of the sum over all lanes.
  @Override
  public void transpose(Builder b, TransposedOperands in, Value ct, Cotangents out) {
    Value all = b.emit1(new AxisSum(lane), ct);
    var operands =
        new ArrayList<Value>(List.of(all, b.emit(new AxisIndex(lane), List.of()).getFirst()));
    in.type(0).dims().forEach(d -> operands.add(b.position(0)));
    Value part =
        b.emit(new DynamicSlice(Batched.dims(Dim.of(1), in.type(0).dims())), operands).getFirst();
    out.add(0, b.reshape(part, in.type(0).dims()));
  }

  @Override
  public Batched batch(Builder b, BatchAxis axis, List<Value> xs, Mask batched) {
    Value x = xs.getFirst();
    if (axis.axis() != lane) {
      return Batched.all(b.moveAxis(b.emit1(this, x), 1, 0));
    }
    Value all = batched.at(0) ? x : b.repeat(x, size);
    return new Batched(List.of(all), Mask.none(1));
  }
}
