package org.girih.ir.op;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.DType;
import org.girih.ir.type.Dim;
import org.girih.ir.type.Value;

/// Sorts all operands along an axis by the order of the first, which is real; stable. They have
/// equal dims. NaN counts as greater than all, and −0 as equal to 0.
///
/// - (C1) one operand or more
/// - (C2) `axis` is an axis of the first
/// - (C3) the first is not complex
/// - (C4) equal dims
public record Sort(int axis, boolean descending) implements Custom {
  @Override
  public List<ArrayType> infer(Inference cx, List<ArrayType> in) {
    cx.c(1).require(!in.isEmpty(), "expected an operand, got none");
    cx.c(2).axis(in.getFirst(), axis);
    cx.c(3)
        .require(
            !in.getFirst().dtype().complex(), "expected an ordered dtype, got %s", in.getFirst());
    in.forEach(type -> cx.c(4).sameDims(in.getFirst(), type));
    return in;
  }

  @Override
  public Work work(List<ArrayType> in, List<ArrayType> out) {
    return Work.doublings(out, axis);
  }

  @Override
  public NanSource nanSource() {
    return NanSource.NONE;
  }

  /// Moves tangents with their elements.
  @Override
  public List<Optional<Value>> jvp(
      Builder b, List<Value> xs, List<Value> ys, List<Optional<Value>> ts) {
    var operands = new ArrayList<>(xs);
    operands.add(b.iota(DType.I32, xs.getFirst().type().dims(), axis));
    Value from = b.emit(this, operands).getLast();
    return ts.stream().map(t -> t.map(v -> along(b, v, from, axis))).toList();
  }

  /// Returns the elements of `x` at the positions `at` along an axis, which has the dims of `x`.
  static Value along(Builder b, Value x, Value at, int axis) {
    if (x.type().elements().equals(Dim.of(0))) {
      return x;
    }
    int rank = x.type().rank();
    var column = Batched.dims(Dim.of(1), List.of());
    var dims = new ArrayList<>(x.type().dims());
    dims.addAll(column);
    var entries = new ArrayList<Value>();
    for (int i = 0; i < rank; i++) {
      entries.add(i == axis ? b.reshape(at, dims) : b.iota(DType.I32, dims, i));
    }
    Value indices = b.emit(new Concatenate(rank), entries).getFirst();
    var all = IntStream.range(0, rank).boxed().toList();
    var sizes = all.stream().map(i -> Dim.of(1)).toList();
    return b.emit1(new Gather(new Windows(all, all, List.of()), sizes), x, indices);
  }

  @Override
  public Batched batch(Builder b, BatchAxis lanes, List<Value> xs, Mask batched) {
    return Batched.all(
        b.emit(new Sort(axis + 1, descending), Batched.spread(b, lanes, xs, batched)));
  }
}
