package org.girih.ir.op;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.Dim;
import org.girih.ir.type.Value;

/// The values that other lanes of a `vmap` hold, each its own: `ppermute`. A lane that no lane
/// sends to gets zeros.
///
/// ```
/// %1: f32 = axis_permute %0 {lane = 5, size = 3, source = [2, 0, -1]}
/// ```
///
/// - (C1) one operand
/// - (C2) a numeric dtype
/// - (C3) an entry of `source` for each lane
/// - (C4) an entry is a lane or −1; no lane sends twice
///
/// @param lane the axis' number
/// @param size how many lanes it has
/// @param source for each lane the one that sends to it; −1 where none does
public record AxisPermute(int lane, Dim size, List<Integer> source) implements Linear {
  public AxisPermute {
    source = List.copyOf(source);
  }

  @Override
  public List<ArrayType> infer(Inference cx, List<ArrayType> in) {
    cx.c(1).count(in, 1);
    cx.c(2)
        .require(
            in.getFirst().dtype().numeric(), "expected a numeric dtype, got %s", in.getFirst());
    cx.c(3).equal(size, Dim.of(source.size()), "lanes that are sent to");
    List<Integer> senders = source.stream().filter(s -> s >= 0).toList();
    cx.c(4)
        .require(
            source.stream().allMatch(s -> s >= -1 && s < source.size())
                && senders.stream().distinct().count() == senders.size(),
            "expected distinct lanes or -1, got %s",
            source);
    return in;
  }

  @Override
  public Work work(List<ArrayType> in, List<ArrayType> out) {
    throw Work.left(this);
  }

  @Override
  public NanSource nanSource() {
    return NanSource.NONE;
  }

  @Override
  public OptionalInt lanes() {
    return OptionalInt.of(lane);
  }

  /// Sends the cotangent back to where it came from.
  @Override
  public void transpose(Builder b, TransposedOperands in, Value ct, Cotangents out) {
    var back = new ArrayList<>(Collections.nCopies(source.size(), -1));
    for (int to = 0; to < source.size(); to++) {
      if (source.get(to) >= 0) {
        back.set(source.get(to), to);
      }
    }
    out.add(0, b.emit1(new AxisPermute(lane, size, back), ct));
  }

  /// Becomes, on its own axis, slices of lanes in their new order, as few as there are: a shift is
  /// two, which the partitioner knows as a permutation of devices.
  @Override
  public Batched batch(Builder b, BatchAxis axis, List<Value> xs, Mask batched) {
    if (axis.axis() != lane) {
      return Batched.all(b.emit1(this, xs.getFirst()));
    }
    Value x = batched.at(0) ? xs.getFirst() : b.repeat(xs.getFirst(), size);
    var pieces = new ArrayList<Value>();
    for (int to = 0; to < source.size(); ) {
      int from = source.get(to);
      int end = to + 1;
      while (end < source.size() && source.get(end) == (from < 0 ? -1 : from + end - to)) {
        end++;
      }
      pieces.add(from < 0 ? zeros(b, x, end - to) : rows(b, x, from, end - to));
      to = end;
    }
    return Batched.all(
        pieces.size() == 1 ? pieces.getFirst() : b.emit(new Concatenate(0), pieces).getFirst());
  }

  private static List<Dim> dims(Value x, int count) {
    return Batched.dims(Dim.of(count), x.type().dims().subList(1, x.type().rank()));
  }

  private static Value zeros(Builder b, Value x, int count) {
    return b.zeros(x.type().withDims(dims(x, count)));
  }

  private static Value rows(Builder b, Value x, int from, int count) {
    var start = new ArrayList<Dim>(Collections.nCopies(x.type().rank(), Dim.of(0)));
    var limit = new ArrayList<>(x.type().dims());
    start.set(0, Dim.of(from));
    limit.set(0, Dim.of((long) from + count));
    return b.emit1(new Slice(start, limit, Collections.nCopies(x.type().rank(), 1L)), x);
  }
}
