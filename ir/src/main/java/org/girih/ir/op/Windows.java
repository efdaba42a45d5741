package org.girih.ir.op;

import java.util.ArrayList;
import java.util.List;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.Dim;

/// How index vectors address blocks ("windows") of an array, as in XLA's Gather and Scatter.
/// Indices are `i32[…, k]`: their last axis holds k positions; entry j is for axis `indexed[j]` of
/// the array. Axes in `collapsed` have block size 1 and are gone from the blocks; the other block
/// axes stand in the result (of gather) or the updates (of scatter) at `offset`, ascending; its
/// remaining axes are those of the indices without the last.
///
/// @param indexed axes of the array, distinct, one for each entry of an index vector
/// @param collapsed axes of the array, ascending
/// @param offset axes of the result or the updates, ascending
public record Windows(List<Integer> indexed, List<Integer> collapsed, List<Integer> offset) {

  /// Checks array and indices, and gives the type of the result or the updates for blocks of these
  /// sizes.
  ArrayType blocks(Inference cx, ArrayType array, ArrayType indices, List<Dim> sizes) {
    cx.require(
        indices.dtype() == org.girih.ir.type.DType.I32 && indices.rank() >= 1,
        "indices of type %s",
        indices);
    cx.axes(array, indexed);
    cx.axes(array, collapsed);
    cx.equal(indices.dim(indices.rank() - 1), Dim.of(indexed.size()), "entries of an index vector");
    cx.require(sizes.size() == array.rank(), "block %s of %s", sizes, array);
    cx.require(
        offset.size() == array.rank() - collapsed.size(),
        "offset %s with collapsed %s of %s",
        offset,
        collapsed,
        array);
    int rank = offset.size() + indices.rank() - 1;
    for (int i = 0; i < offset.size(); i++) {
      cx.require(
          offset.get(i) > (i == 0 ? -1 : offset.get(i - 1)) && offset.get(i) < rank,
          "offset %s does not ascend below %d",
          offset,
          rank);
    }
    for (int i = 1; i < collapsed.size(); i++) {
      cx.require(collapsed.get(i - 1) < collapsed.get(i), "collapsed %s", collapsed);
    }
    for (Dim size : sizes) {
      cx.atLeast(size, Dim.of(0), "size of a block");
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
      cx.atLeast(array.dim(i), sizes.get(i), "size under a block");
      if (collapsed.contains(i)) {
        cx.equal(sizes.get(i), Dim.of(1), "a collapsed size");
      }
    }
    return array.withDims(dims);
  }

  /// The block sizes that updates of this type have: 1 on collapsed axes.
  List<Dim> sizesOf(Inference cx, ArrayType array, ArrayType updates) {
    cx.axes(updates, offset);
    cx.axes(array, collapsed);
    cx.require(offset.size() == array.rank() - collapsed.size(), "offset %s of %s", offset, array);
    var sizes = new ArrayList<Dim>();
    int block = 0;
    for (int i = 0; i < array.rank(); i++) {
      sizes.add(collapsed.contains(i) ? Dim.of(1) : updates.dim(offset.get(block++)));
    }
    return sizes;
  }

  /// Checks the operands of a scatter: array, indices, updates; gives the array's type.
  ArrayType scatter(Inference cx, List<ArrayType> in) {
    cx.count(in, 3);
    ArrayType array = in.get(0);
    ArrayType updates = in.get(2);
    cx.require(updates.dtype() == array.dtype(), "updates %s of %s", updates, array);
    cx.sameDims(updates, blocks(cx, array, in.get(1), sizesOf(cx, array, updates)));
    return array;
  }
}
