package org.girih.ir.op;

import java.util.List;
import java.util.stream.IntStream;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.Dim;
import org.girih.ir.type.Value;

/// The sum over the axes, which go; zero over no elements. Sums in its own dtype: who wants a wider
/// accumulator converts before.
public record ReduceSum(List<Integer> axes) implements Linear {
  @Override
  public List<ArrayType> infer(Inference cx, List<ArrayType> in) {
    cx.count(in, 1);
    cx.require(in.getFirst().dtype().numeric(), "sum of %s", in.getFirst());
    return List.of(Reductions.without(cx, in.getFirst(), axes));
  }

  @Override
  public Work work(List<ArrayType> in, List<ArrayType> out) {
    return Work.reduces(in, out);
  }

  @Override
  public void transpose(Builder b, Operands in, Value ct, Cotangents out) {
    List<Dim> dims = in.type(0).dims();
    out.add(
        0,
        b.broadcast(
            ct,
            dims,
            IntStream.range(0, dims.size()).filter(i -> !axes.contains(i)).boxed().toList()));
  }

  @Override
  public Batched batch(Builder b, BatchAxis axis, List<Value> xs, Mask batched) {
    return Batched.all(b.emit1(new ReduceSum(Batched.axes(axes)), xs.getFirst()));
  }
}
