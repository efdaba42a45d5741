package org.girih.ir.op;

import java.util.ArrayList;
import java.util.List;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.Dim;
import org.girih.ir.type.Value;

/// Elements `start`, `start + stride`, … below `limit` of each axis: 0 ≤ start ≤ limit ≤ size,
/// stride ≥ 1, one of each an axis.
///
/// - (C1) one operand
/// - (C2) an entry of `start`, `limit` and `stride` for each axis
/// - (C3) strides are at least 1
/// - (C4) 0 ≤ start ≤ limit ≤ size on each axis
public record Slice(List<Dim> start, List<Dim> limit, List<Long> stride) implements Linear {
  @Override
  public List<ArrayType> infer(Inference cx, List<ArrayType> in) {
    cx.c(1).count(in, 1);
    ArrayType type = in.getFirst();
    cx.c(2)
        .require(
            start.size() == type.rank()
                && limit.size() == type.rank()
                && stride.size() == type.rank(),
            "expected an entry for each axis of %s, got %s",
            type,
            this);
    var dims = new ArrayList<Dim>();
    for (int i = 0; i < type.rank(); i++) {
      cx.c(3).require(stride.get(i) >= 1, "expected a stride of at least 1, got %d", stride.get(i));
      cx.c(4).atLeast(start.get(i), Dim.of(0), "start of a slice");
      cx.c(4).atLeast(limit.get(i), start.get(i), "limit of a slice");
      cx.c(4).atLeast(type.dim(i), limit.get(i), "size under a slice");
      Dim length = limit.get(i).minus(start.get(i));
      dims.add(
          stride.get(i) == 1
              ? length
              : length.plus(stride.get(i) - 1).floorDiv(Dim.of(stride.get(i))));
    }
    return List.of(type.withDims(dims));
  }

  @Override
  public Work work(List<ArrayType> in, List<ArrayType> out) {
    return Work.part(0, 2 * Work.bytes(out.getFirst()));
  }

  @Override
  public NanSource nanSource() {
    return NanSource.NONE;
  }

  /// Returns the elements `start` to `limit` of one axis.
  static Value along(Builder b, Value x, int axis, Dim from, Dim to) {
    var start = new ArrayList<Dim>(java.util.Collections.nCopies(x.type().rank(), Dim.of(0)));
    var limit = new ArrayList<>(x.type().dims());
    start.set(axis, from);
    limit.set(axis, to);
    return b.emit1(new Slice(start, limit, java.util.Collections.nCopies(start.size(), 1L)), x);
  }

  /// Puts zeros around and between; where a loop carries the sum, adds to the block.
  @Override
  public void transpose(Builder b, TransposedOperands in, Value ct, Cotangents out) {
    if (out.accumulates(0) && stride.stream().allMatch(s -> s == 1)) {
      out.addSlice(0, start.stream().map(s -> b.position(s.known().orElseThrow())).toList(), ct);
      return;
    }
    var high = new ArrayList<Dim>();
    for (int i = 0; i < start.size(); i++) {
      Dim size = ct.type().dim(i);
      Dim covered =
          size.equals(Dim.of(0)) ? size : size.minus(Dim.of(1)).times(stride.get(i)).plus(1);
      high.add(in.type(0).dim(i).minus(start.get(i)).minus(covered));
    }
    var interior = stride.stream().map(s -> s - 1).toList();
    Value zero = b.zeros(ArrayType.scalar(ct.type().dtype()));
    out.add(0, b.emit1(new Pad(start, high, interior), ct, zero));
  }

  @Override
  public Batched batch(Builder b, BatchAxis axis, List<Value> xs, Mask batched) {
    var strides = new ArrayList<Long>(List.of(1L));
    strides.addAll(stride);
    return Batched.all(
        b.emit1(
            new Slice(Batched.dims(Dim.of(0), start), Batched.dims(axis.size(), limit), strides),
            xs.getFirst()));
  }
}
