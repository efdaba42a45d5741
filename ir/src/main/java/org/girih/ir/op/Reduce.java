package org.girih.ir.op;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.DType;
import org.girih.ir.type.Dim;
import org.girih.ir.type.Value;

/// Product, maximum or minimum over the axes, which go. Over no elements the monoid's neutral
/// element; a NaN among the elements gives NaN.
///
/// - (C1) one operand
/// - (C2) a numeric dtype, of extrema a real one
/// - (C3) `axes` are distinct axes of the operand
public record Reduce(Monoid monoid, List<Integer> axes) implements Custom {
  /// `MAX` and `MIN` start from the dtype's least and greatest value (infinities for floats).
  public enum Monoid {
    PROD,
    MAX,
    MIN
  }

  @Override
  public List<ArrayType> infer(Inference cx, List<ArrayType> in) {
    cx.c(1).count(in, 1);
    monoid(cx.c(2), monoid, in.getFirst());
    return List.of(Reductions.without(cx.c(3), in.getFirst(), axes));
  }

  @Override
  public Work work(List<ArrayType> in, List<ArrayType> out) {
    return Work.reduces(in, out);
  }

  @Override
  public NanSource nanSource() {
    return monoid == Monoid.PROD ? NanSource.WHOLE : NanSource.NONE;
  }

  static void monoid(Inference cx, Monoid monoid, ArrayType type) {
    cx.require(
        type.dtype().numeric() && (monoid == Monoid.PROD || !type.dtype().complex()),
        "expected a %s dtype, got %s",
        monoid == Monoid.PROD ? "numeric" : "real numeric",
        type);
  }

  /// Returns, of extrema, the mean of the tangents where they are reached, as in JAX; NaN if a NaN
  /// was among the elements. Of a product, each factor's tangent with the product of those before
  /// and those after, so that zeros do no harm.
  @Override
  public List<Optional<Value>> jvp(
      Builder b, List<Value> xs, List<Value> ys, List<Optional<Value>> ts) {
    Value x = xs.getFirst();
    Value t = ts.getFirst().orElseThrow();
    return List.of(Optional.of(monoid == Monoid.PROD ? product(b, x, t) : extremum(b, x, t)));
  }

  /// Returns the tangent of what reaches the extremum: its position, and what is equal to it. XLA's
  /// fusions may compute `x` again in each kernel that needs it, rounded otherwise, and then no
  /// element need equal the extremum; a position is found once. The reduced axes, as one, come
  /// last.
  private Value extremum(Builder b, Value operand, Value tangent) {
    var order =
        new ArrayList<>(
            IntStream.range(0, operand.type().rank())
                .filter(i -> !axes.contains(i))
                .boxed()
                .toList());
    int kept = order.size();
    order.addAll(axes);
    Value x = flat(b, b.transpose(operand, order), kept);
    Value t = flat(b, b.transpose(tangent, order), kept);
    List<Dim> dims = x.type().dims();
    var others = IntStream.range(0, kept).boxed().toList();
    Value y = b.broadcast(b.emit1(new Reduce(monoid, List.of(kept)), x), dims, others);
    Value reached = b.compare(Compare.EQ, x, y);
    if (!dims.getLast().equals(Dim.of(0))) {
      var which = monoid == Monoid.MAX ? ArgReduce.Which.MAX : ArgReduce.Which.MIN;
      Value first = b.broadcast(b.emit1(new ArgReduce(which, kept), x), dims, others);
      Value here = b.compare(Compare.EQ, b.iota(DType.I32, dims, kept), first);
      reached = b.emit1(Bits.OR, here, reached);
    }
    Value weights = b.convert(reached, x.type().dtype());
    Value count = b.broadcast(b.sum(weights, List.of(kept)), dims, others);
    Value nan = b.compare(Compare.NE, y, y);
    Value share = b.select(nan, b.fill(x, Double.NaN), b.divide(weights, count));
    return b.sum(b.multiply(t, share), List.of(kept));
  }

  private Value product(Builder b, Value x, Value t) {
    // The reduced axes, as one, come last.
    var order =
        new ArrayList<>(
            IntStream.range(0, x.type().rank()).filter(i -> !axes.contains(i)).boxed().toList());
    int kept = order.size();
    order.addAll(axes);
    Value y = flat(b, b.transpose(x, order), kept);
    Value u = flat(b, b.transpose(t, order), kept);
    Value before = exclusive(b, y, kept, false);
    Value after = exclusive(b, y, kept, true);
    return b.sum(b.multiply(u, b.multiply(before, after)), List.of(kept));
  }

  private static Value flat(Builder b, Value x, int kept) {
    Dim last = Dim.of(1);
    for (Dim dim : x.type().dims().subList(kept, x.type().rank())) {
      last = last.times(dim);
    }
    var dims = new ArrayList<>(x.type().dims().subList(0, kept));
    dims.add(last);
    return b.reshape(x, dims);
  }

  /// Returns the product of what comes before each element, or after it.
  private static Value exclusive(Builder b, Value x, int axis, boolean reverse) {
    var none = new ArrayList<Dim>(java.util.Collections.nCopies(x.type().rank(), Dim.of(0)));
    var one = new ArrayList<>(none);
    one.set(axis, Dim.of(1));
    var minus = new ArrayList<>(none);
    minus.set(axis, Dim.of(-1));
    var shift =
        new Pad(
            reverse ? minus : one,
            reverse ? one : minus,
            java.util.Collections.nCopies(none.size(), 0L));
    Value shifted = b.emit1(shift, x, b.fill(ArrayType.scalar(x.type().dtype()), 1));
    return b.emit1(new Cumulative(Monoid.PROD, axis, reverse), shifted);
  }

  @Override
  public Batched batch(Builder b, BatchAxis axis, List<Value> xs, Mask batched) {
    return Batched.all(b.emit1(new Reduce(monoid, Batched.axes(axes)), xs.getFirst()));
  }
}
