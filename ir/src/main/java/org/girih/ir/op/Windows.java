package org.girih.ir.op;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.DType;
import org.girih.ir.type.Dim;
import org.girih.ir.type.Value;

/// Describes how index vectors address blocks ("windows") of an array, as in XLA's Gather and
/// Scatter. Indices are `i32[…, k]`: their last axis holds k positions; entry j is for axis
/// `indexed[j]` of the array. Axes in `collapsed` have block size 1 and are gone from the blocks;
/// the other block axes are in the result (of gather) or the updates (of scatter) at `offset`,
/// ascending; its remaining axes are those of the indices without the last.
///
/// - (C2) indices are `i32`; their last axis has an entry for each of `indexed`
/// - (C3) `indexed` are distinct axes of the array
/// - (C4) `collapsed` are ascending axes of the array
/// - (C5) `offset` are ascending axes, one for each axis of the array that is not collapsed
/// - (C6) no size of a block is negative, or greater than that of the array
///
/// @param indexed axes of the array, distinct, one for each entry of an index vector
/// @param collapsed axes of the array, ascending
/// @param offset axes of the result or the updates, ascending
public record Windows(List<Integer> indexed, List<Integer> collapsed, List<Integer> offset) {

  /// Checks array and indices, and returns the type of the result or the updates for blocks of
  /// these sizes.
  ArrayType blocks(Inference cx, ArrayType array, ArrayType indices, List<Dim> sizes) {
    cx.c(2)
        .require(
            indices.dtype() == org.girih.ir.type.DType.I32 && indices.rank() >= 1,
            "expected indices of type i32 with an axis or more, got %s",
            indices);
    cx.c(3).axes(array, indexed);
    collapsed(cx, array);
    cx.c(2)
        .equal(
            indices.dim(indices.rank() - 1), Dim.of(indexed.size()), "entries of an index vector");
    offsets(cx, array);
    int rank = offset.size() + indices.rank() - 1;
    for (int i = 0; i < offset.size(); i++) {
      cx.c(5)
          .require(
              offset.get(i) > (i == 0 ? -1 : offset.get(i - 1)) && offset.get(i) < rank,
              "expected ascending axes below %d, got offset %s",
              rank,
              offset);
    }
    for (Dim size : sizes) {
      cx.c(6).atLeast(size, Dim.of(0), "size of a block");
    }
    var dims = new ArrayList<Dim>();
    int block = 0;
    int batch = 0;
    for (int i = 0; i < rank; i++) {
      if (offset.contains(i)) {
        while (collapsed.contains(block)) {
          block++;
        }
        dims.add(sizes.get(block++));
      } else {
        dims.add(indices.dim(batch++));
      }
    }
    for (int i = 0; i < array.rank(); i++) {
      cx.c(6).atLeast(array.dim(i), sizes.get(i), "size under a block");
    }
    return array.withDims(dims);
  }

  /// Returns the block sizes that updates of this type have: 1 on collapsed axes.
  List<Dim> sizesOf(Inference cx, ArrayType array, ArrayType updates) {
    cx.c(5).axes(updates, offset);
    collapsed(cx, array);
    offsets(cx, array);
    var sizes = new ArrayList<Dim>();
    int block = 0;
    for (int i = 0; i < array.rank(); i++) {
      sizes.add(collapsed.contains(i) ? Dim.of(1) : updates.dim(offset.get(block++)));
    }
    return sizes;
  }

  private void collapsed(Inference cx, ArrayType array) {
    cx.c(4).axes(array, collapsed);
    for (int i = 1; i < collapsed.size(); i++) {
      cx.c(4)
          .require(
              collapsed.get(i - 1) < collapsed.get(i),
              "expected ascending axes, got collapsed %s",
              collapsed);
    }
  }

  private void offsets(Inference cx, ArrayType array) {
    int kept = array.rank() - collapsed.size();
    cx.c(5).require(offset.size() == kept, "expected %d axes, got offset %s", kept, offset);
  }

  /// Checks the operands of a scatter, whose constraints 7 and 8 are the same for all: array,
  /// indices, updates; returns the array's type.
  ArrayType scatter(Inference cx, List<ArrayType> in) {
    cx.c(1).count(in, 3);
    ArrayType array = in.get(0);
    ArrayType updates = in.get(2);
    cx.c(7)
        .require(
            updates.dtype() == array.dtype(),
            "expected updates of the dtype of %s, got %s",
            array,
            updates);
    cx.c(8).sameDims(updates, blocks(cx, array, in.get(1), sizesOf(cx, array, updates)));
    return array;
  }

  /// Returns the same for indices with a leading lane axis: the blocks' other axes come one later.
  Windows shifted() {
    return new Windows(indexed, collapsed, Batched.axes(offset));
  }

  /// Returns the same for an array with a leading lane axis, of which each block takes all.
  Windows whole() {
    var blocks = new ArrayList<Integer>(List.of(0));
    blocks.addAll(Batched.axes(offset));
    return new Windows(Batched.axes(indexed), Batched.axes(collapsed), blocks);
  }

  /// Returns the same for an array with a leading lane axis, whose lane is the first entry of each
  /// index vector; see [#withLane].
  Windows perLane() {
    var lanes = new ArrayList<Integer>(List.of(0));
    lanes.addAll(Batched.axes(indexed));
    var gone = new ArrayList<Integer>(List.of(0));
    gone.addAll(Batched.axes(collapsed));
    return new Windows(lanes, gone, offset);
  }

  /// Returns index vectors with the lane's number in front; the lane axis is the leading one.
  static Value withLane(Builder b, BatchAxis axis, Value indices) {
    var dims = new ArrayList<>(indices.type().dims());
    dims.set(dims.size() - 1, Dim.of(1));
    Value lanes = b.iota(DType.I32, dims, 0);
    return b.emit(new Concatenate(dims.size() - 1), List.of(lanes, indices)).getFirst();
  }

  /// Returns scalar positions, one an axis, as an index vector a lane: `i32[lanes, k]`.
  static Value positions(Builder b, BatchAxis axis, List<Value> starts, Mask batched) {
    List<Dim> column = List.of(axis.size(), Dim.of(1));
    if (starts.isEmpty()) {
      return b.zeros(new ArrayType(DType.I32, List.of(axis.size(), Dim.of(0))));
    }
    return b.emit(
            new Concatenate(1),
            Batched.spread(b, axis, starts, batched).stream()
                .map(s -> b.reshape(s, column))
                .toList())
        .getFirst();
  }

  /// Returns the greatest position of a block on each indexed axis, as an array like the indices.
  private Value last(Builder b, Value indices, ArrayType array, List<Dim> sizes) {
    List<Value> each = new ArrayList<>();
    for (int axis : indexed) {
      long most = array.dim(axis).minus(sizes.get(axis)).known().orElseThrow();
      each.add(b.fill(ArrayType.of(DType.I32, 1), most));
    }
    Value row =
        each.isEmpty()
            ? b.zeros(ArrayType.of(DType.I32, 0))
            : b.emit(new Concatenate(0), each).getFirst();
    return b.broadcast(row, indices.type().dims(), List.of(indices.type().rank() - 1));
  }

  /// Returns the indices moved so that their blocks lie inside, as a gather reads them.
  Value clamped(Builder b, Value indices, ArrayType array, List<Dim> sizes) {
    Value low = b.emit1(Extremum.MAXIMUM, indices, b.fill(indices, 0));
    return b.emit1(Extremum.MINIMUM, low, last(b, indices, array, sizes));
  }

  /// Returns which elements of updates of this type a scatter does not drop.
  Value inside(Builder b, Value indices, ArrayType array, ArrayType updates) {
    var sizes = new ArrayList<Dim>();
    int block = 0;
    for (int i = 0; i < array.rank(); i++) {
      sizes.add(collapsed.contains(i) ? Dim.of(1) : updates.dim(offset.get(block++)));
    }
    Value from = b.compare(Compare.GE, indices, b.fill(indices, 0));
    Value to = b.compare(Compare.LE, indices, last(b, indices, array, sizes));
    Value in =
        b.emit1(
            new ReduceBits(ReduceBits.Monoid.AND, List.of(indices.type().rank() - 1)),
            b.emit1(Bits.AND, from, to));
    var axes = IntStream.range(0, updates.rank()).filter(i -> !offset.contains(i)).boxed().toList();
    return b.broadcast(in, updates.dims(), axes);
  }

  /// Returns the blocks' sizes for updates of this type.
  public List<Dim> sizes(ArrayType array, ArrayType updates) {
    var sizes = new ArrayList<Dim>();
    int block = 0;
    for (int i = 0; i < array.rank(); i++) {
      sizes.add(collapsed.contains(i) ? Dim.of(1) : updates.dim(offset.get(block++)));
    }
    return sizes;
  }

  /// Array, indices and updates of a scatter on lanes, and the windows that fit them.
  record Lanes(Windows windows, List<Value> operands) {}

  Lanes lanes(Builder b, BatchAxis axis, List<Value> xs, Mask batched) {
    Value x = batched.at(0) ? xs.get(0) : b.repeat(xs.get(0), axis.size());
    Value updates = batched.at(2) ? xs.get(2) : b.repeat(xs.get(2), axis.size());
    if (!batched.at(1)) {
      return new Lanes(whole(), List.of(x, xs.get(1), updates));
    }
    return new Lanes(shifted().perLane(), List.of(x, withLane(b, axis, xs.get(1)), updates));
  }
}
