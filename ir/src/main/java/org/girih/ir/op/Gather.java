package org.girih.ir.op;

import java.util.List;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.Dim;
import org.girih.ir.type.Value;

/// Blocks of the first operand at the positions in the second. A position is clamped so that its
/// block lies inside (XLA's Gather).
///
/// - (C1) two operands
/// - (C2) to (C6) are those of [Windows]
/// - (C7) a size of the blocks for each axis of the array
/// - (C8) size 1 of each collapsed axis
///
/// @param sizes of a block, one an axis of the array
public record Gather(Windows windows, List<Dim> sizes) implements Linear {
  @Override
  public List<ArrayType> infer(Inference cx, List<ArrayType> in) {
    cx.c(1).count(in, 2);
    ArrayType array = in.getFirst();
    cx.c(7)
        .require(
            sizes.size() == array.rank(),
            "expected a size for each axis of %s, got %s",
            array,
            sizes);
    ArrayType blocks = windows.blocks(cx, array, in.get(1), sizes);
    for (int axis : windows.collapsed()) {
      cx.c(8).equal(sizes.get(axis), Dim.of(1), "a collapsed size");
    }
    return List.of(blocks);
  }

  @Override
  public Work work(List<ArrayType> in, List<ArrayType> out) {
    return Work.part(0, Work.bytes(in.get(1)) + 2 * Work.bytes(out.getFirst()));
  }

  @Override
  public NanSource nanSource() {
    return NanSource.NONE;
  }

  @Override
  public List<List<Integer>> groups(int operands) {
    return List.of(List.of(0));
  }

  /// Adds to the places that were read, which are the clamped ones.
  @Override
  public void transpose(Builder b, TransposedOperands in, Value ct, Cotangents out) {
    Value clamped = windows.clamped(b, in.get(1), in.type(0), sizes);
    out.addScatter(0, new ScatterAdd(windows), clamped, ct);
  }

  @Override
  public Batched batch(Builder b, BatchAxis axis, List<Value> xs, Mask batched) {
    if (!batched.at(1)) {
      return Batched.all(
          b.emit1(
              new Gather(windows.whole(), Batched.dims(axis.size(), sizes)), xs.get(0), xs.get(1)));
    }
    if (!batched.at(0)) {
      return Batched.all(b.emit1(new Gather(windows.shifted(), sizes), xs.get(0), xs.get(1)));
    }
    return Batched.all(new Gather(windows.shifted(), sizes).perLane(b, axis, xs.get(0), xs.get(1)));
  }

  /// Returns this gather, whose indices have a leading lane axis, where each lane has an array of
  /// its own.
  Value perLane(Builder b, BatchAxis axis, Value x, Value indices) {
    return b.emit1(
        new Gather(windows.perLane(), Batched.dims(Dim.of(1), sizes)),
        x,
        Windows.withLane(b, axis, indices));
  }
}
