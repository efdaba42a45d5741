package org.girih.ir.op;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.Value;

/// The array with a block replaced at a run-time position: array, block, then a scalar `i32` start
/// an axis. A start is clamped so that the block lies inside.
///
/// - (C1) array and block, then a start for each axis of the array
/// - (C2) equal dtypes and ranks of array and block
/// - (C3) no size of the block is greater than that of the array
/// - (C4) starts are scalar `i32`
public record DynamicUpdateSlice() implements Linear {
  @Override
  public List<ArrayType> infer(Inference cx, List<ArrayType> in) {
    cx.c(1).require(in.size() >= 2, "expected 2 operands or more, got %d", in.size());
    ArrayType type = in.getFirst();
    ArrayType block = in.get(1);
    cx.c(1).count(in, 2 + type.rank());
    cx.c(2)
        .require(
            block.dtype() == type.dtype() && block.rank() == type.rank(),
            "expected a block of the dtype and rank of %s, got %s",
            type,
            block);
    for (int i = 0; i < type.rank(); i++) {
      cx.c(3).atLeast(type.dim(i), block.dim(i), "size under a block");
    }
    in.subList(2, in.size()).forEach(cx.c(4)::position);
    return List.of(type);
  }

  @Override
  public Work work(List<ArrayType> in, List<ArrayType> out) {
    return Work.part(0, 2 * Work.bytes(in.get(1)));
  }

  @Override
  public NanSource nanSource() {
    return NanSource.NONE;
  }

  @Override
  public List<List<Integer>> groups(int operands) {
    return List.of(List.of(0, 1));
  }

  @Override
  public void transpose(Builder b, TransposedOperands in, Value ct, Cotangents out) {
    var starts = IntStream.range(2, in.size()).mapToObj(in::get).toList();
    if (in.linear(1)) {
      var operands = new ArrayList<>(starts);
      operands.addFirst(ct);
      out.add(1, b.emit(new DynamicSlice(in.type(1).dims()), operands).getFirst());
    }
    if (in.linear(0)) {
      var operands = new ArrayList<>(starts);
      operands.addFirst(b.zeros(in.type(1)));
      operands.addFirst(ct);
      out.add(0, b.emit(this, operands).getFirst());
    }
  }

  /// Becomes, where lanes write at places of their own, a scatter, which drops what lies outside:
  /// the places are clamped before.
  @Override
  public Batched batch(Builder b, BatchAxis axis, List<Value> xs, Mask batched) {
    Value x = batched.at(0) ? xs.get(0) : b.repeat(xs.get(0), axis.size());
    Value block = batched.at(1) ? xs.get(1) : b.repeat(xs.get(1), axis.size());
    Mask starts = batched.slice(2, batched.size());
    if (!starts.any()) {
      var operands = new ArrayList<Value>(List.of(x, block, b.position(0)));
      operands.addAll(xs.subList(2, xs.size()));
      return Batched.all(b.emit(this, operands));
    }
    var clamped = new ArrayList<Value>();
    for (int i = 2; i < xs.size(); i++) {
      Value start = xs.get(i);
      long last = x.type().dim(i - 1).minus(block.type().dim(i - 1)).known().orElseThrow();
      Value low = b.emit1(Extremum.MAXIMUM, start, b.fill(start, 0));
      clamped.add(b.emit1(Extremum.MINIMUM, low, b.fill(start, last)));
    }
    Value indices = Windows.positions(b, axis, clamped, starts);
    var all = IntStream.range(0, xs.size() - 2).boxed().toList();
    var windows = new Windows(all, List.of(), Batched.axes(all)).perLane();
    return Batched.all(
        b.emit1(
            new Scatter(Scatter.Combine.SET, windows),
            x,
            Windows.withLane(b, axis, indices),
            block));
  }
}
