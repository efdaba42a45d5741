package org.girih.ir.op;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.Dim;
import org.girih.ir.type.Value;

/// A block of the given sizes from a run-time position: the array, then a scalar `i32` start an
/// axis. A start is clamped so that the block lies inside.
///
/// - (C1) the array, then a start for each of its axes
/// - (C2) a size for each axis
/// - (C3) starts are scalar `i32`
/// - (C4) no size is negative, or greater than that of the array
public record DynamicSlice(List<Dim> sizes) implements Linear {
  @Override
  public List<ArrayType> infer(Inference cx, List<ArrayType> in) {
    cx.c(1).require(!in.isEmpty(), "expected an array, got no operand");
    ArrayType type = in.getFirst();
    cx.c(1).count(in, 1 + type.rank());
    cx.c(2)
        .require(
            sizes.size() == type.rank(),
            "expected a size for each axis of %s, got %s",
            type,
            sizes);
    in.subList(1, in.size()).forEach(cx.c(3)::position);
    for (int i = 0; i < type.rank(); i++) {
      cx.c(4).atLeast(sizes.get(i), Dim.of(0), "a size");
      cx.c(4).atLeast(type.dim(i), sizes.get(i), "size under a block");
    }
    return List.of(type.withDims(new ArrayList<>(sizes)));
  }

  @Override
  public Work work(List<ArrayType> in, List<ArrayType> out) {
    return Work.part(0, 2 * Work.bytes(out.getFirst()));
  }

  @Override
  public NanSource nanSource() {
    return NanSource.NONE;
  }

  @Override
  public List<List<Integer>> groups(int operands) {
    return List.of(List.of(0));
  }

  @Override
  public void transpose(Builder b, TransposedOperands in, Value ct, Cotangents out) {
    out.addSlice(0, IntStream.range(1, in.size()).mapToObj(in::get).toList(), ct);
  }

  /// Becomes a gather where lanes begin at places of their own.
  @Override
  public Batched batch(Builder b, BatchAxis axis, List<Value> xs, Mask batched) {
    Mask starts = batched.slice(1, batched.size());
    if (!starts.any()) {
      var operands = new ArrayList<>(xs);
      operands.add(1, b.position(0));
      return Batched.all(b.emit(new DynamicSlice(Batched.dims(axis.size(), sizes)), operands));
    }
    Value indices = Windows.positions(b, axis, xs.subList(1, xs.size()), starts);
    var all = IntStream.range(0, sizes.size()).boxed().toList();
    var gather = new Gather(new Windows(all, List.of(), Batched.axes(all)), sizes);
    if (!batched.at(0)) {
      return Batched.all(b.emit1(gather, xs.getFirst(), indices));
    }
    return Batched.all(gather.perLane(b, axis, xs.getFirst(), indices));
  }
}
