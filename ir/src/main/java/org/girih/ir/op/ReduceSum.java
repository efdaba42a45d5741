package org.girih.ir.op;

import java.util.List;
import java.util.stream.IntStream;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.Dim;
import org.girih.ir.type.Value;

/// The sum over the axes, which go; zero over no elements. Sums in its own dtype: who wants a wider
/// accumulator converts before.
///
/// - (C1) one operand
/// - (C2) a numeric dtype
/// - (C3) `axes` are distinct axes of the operand
public record ReduceSum(List<Integer> axes) implements Linear {
  @Override
  public List<ArrayType> infer(Inference cx, List<ArrayType> in) {
    cx.c(1).count(in, 1);
    cx.c(2)
        .require(
            in.getFirst().dtype().numeric(), "expected a numeric dtype, got %s", in.getFirst());
    return List.of(Reductions.without(cx.c(3), in.getFirst(), axes));
  }

  @Override
  public Work work(List<ArrayType> in, List<ArrayType> out) {
    return Work.reduces(in, out);
  }

  @Override
  public void transpose(Builder b, TransposedOperands in, Value ct, Cotangents out) {
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
