package org.girih.ir.op;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.Dim;
import org.girih.ir.type.Value;

/// A block of the given sizes from a run-time position: the array, then a scalar `i32` start an
/// axis. A start is clamped so that the block lies inside.
public record DynamicSlice(List<Dim> sizes) implements Linear {
  @Override
  public List<ArrayType> infer(Inference cx, List<ArrayType> in) {
    cx.require(!in.isEmpty(), "a block of nothing");
    ArrayType type = in.getFirst();
    cx.count(in, 1 + type.rank());
    cx.require(sizes.size() == type.rank(), "block %s of %s", sizes, type);
    in.subList(1, in.size()).forEach(cx::position);
    for (int i = 0; i < type.rank(); i++) {
      cx.atLeast(sizes.get(i), Dim.of(0), "a size");
      cx.atLeast(type.dim(i), sizes.get(i), "size under a block");
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
  public void transpose(Builder b, Operands in, Value ct, Cotangents out) {
    out.addSlice(0, IntStream.range(1, in.size()).mapToObj(in::get).toList(), ct);
  }

  /// Lanes that begin at places of their own are a gather.
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
