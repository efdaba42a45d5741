package org.girih.ir.op;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.Dim;
import org.girih.ir.type.Value;

/// An exchange between all lanes of a `vmap`: lane i gets the i-th part of each, `all_to_all`. The
/// parts are counted by a dimension as long as the axis, which goes; those that were got are
/// counted by a new one.
///
/// - (C1) one operand
/// - (C2) `split` is an axis of the operand, `concat` one of the result
/// - (C3) as many parts as lanes
///
/// @param lane the axis' number
/// @param size how many lanes it has
/// @param split the dimension that counts the parts to send
/// @param concat the dimension of the result that counts the parts that were got
public record AxisExchange(int lane, Dim size, int split, int concat) implements Linear {
  @Override
  public List<ArrayType> infer(Inference cx, List<ArrayType> in) {
    cx.c(1).count(in, 1);
    ArrayType type = in.getFirst();
    cx.c(2).axis(type, split);
    cx.c(2).axis(type, concat);
    cx.c(3).equal(type.dim(split), size, "parts and lanes");
    var dims = new ArrayList<>(type.dims());
    dims.remove(split);
    dims.add(concat, size);
    return List.of(type.withDims(dims));
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

  @Override
  public void transpose(Builder b, TransposedOperands in, Value ct, Cotangents out) {
    out.add(0, b.emit1(new AxisExchange(lane, size, concat, split), ct));
  }

  /// Becomes a transposition on its own axis: lanes and parts change places.
  @Override
  public Batched batch(Builder b, BatchAxis axis, List<Value> xs, Mask batched) {
    if (axis.axis() != lane) {
      var inner = new AxisExchange(lane, size, split + 1, concat + 1);
      return Batched.all(b.emit1(inner, xs.getFirst()));
    }
    Value x = batched.at(0) ? xs.getFirst() : b.repeat(xs.getFirst(), size);
    var order = new ArrayList<>(IntStream.range(1, x.type().rank()).boxed().toList());
    order.remove(split);
    order.add(concat, 0);
    order.addFirst(split + 1);
    return Batched.all(b.transpose(x, order));
  }
}
