package org.girih.ir.op;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.Dim;
import org.girih.ir.type.Value;

/// Repeats the operand along new axes: its axis i becomes axis `axes[i]` of the result, of the same
/// size; no size is stretched (that takes a reshape first). `axes` ascends.
///
/// - (C1) one operand
/// - (C2) an axis of the result for each of the operand, ascending
/// - (C3) equal sizes of both axes
/// - (C4) no size is negative
public record Broadcast(List<Dim> dims, List<Integer> axes) implements Linear {
  @Override
  public boolean cheap() {
    return true;
  }

  @Override
  public List<ArrayType> infer(Inference cx, List<ArrayType> in) {
    cx.c(1).count(in, 1);
    ArrayType type = in.getFirst();
    ArrayType to = type.withDims(dims);
    cx.c(2)
        .require(axes.size() == type.rank(), "expected an axis for each of %s, got %s", type, axes);
    cx.c(2).axes(to, axes);
    for (int i = 0; i < axes.size(); i++) {
      cx.c(2)
          .require(
              i == 0 || axes.get(i - 1) < axes.get(i), "expected ascending axes, got %s", axes);
      cx.c(3).equal(type.dim(i), to.dim(axes.get(i)), "dimension " + i);
    }
    for (Dim dim : dims) {
      cx.c(4).atLeast(dim, Dim.of(0), "a size");
    }
    return List.of(to);
  }

  @Override
  public Work work(List<ArrayType> in, List<ArrayType> out) {
    return Work.pointwise(out, 0);
  }

  @Override
  public NanSource nanSource() {
    return NanSource.NONE;
  }

  @Override
  public void transpose(Builder b, TransposedOperands in, Value ct, Cotangents out) {
    out.add(
        0,
        b.sum(ct, IntStream.range(0, dims.size()).filter(i -> !axes.contains(i)).boxed().toList()));
  }

  @Override
  public Batched batch(Builder b, BatchAxis axis, List<Value> xs, Mask batched) {
    var to = new ArrayList<Integer>(List.of(0));
    to.addAll(Batched.axes(axes));
    return Batched.all(b.broadcast(xs.getFirst(), Batched.dims(axis.size(), dims), to));
  }
}
