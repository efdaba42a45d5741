package org.girih.ir.op;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.DType;
import org.girih.ir.type.Dim;
import org.girih.ir.type.Value;

/// Running product, maximum or minimum along an axis; from the end if `reverse`.
public record Cumulative(Reduce.Monoid monoid, int axis, boolean reverse) implements Custom {
  @Override
  public List<ArrayType> infer(Inference cx, List<ArrayType> in) {
    cx.count(in, 1);
    cx.axis(in.getFirst(), axis);
    Reduce.monoid(cx, monoid, in.getFirst());
    return in;
  }

  /// Of extrema the tangent of the element that is the extremum so far (of equal ones the one met
  /// last); of products the dual numbers' running product, doubling its reach in each step.
  @Override
  public List<Optional<Value>> jvp(
      Builder b, List<Value> xs, List<Value> ys, List<Optional<Value>> ts) {
    Value x = xs.getFirst();
    Value t = ts.getFirst().orElseThrow();
    return List.of(
        Optional.of(monoid == Reduce.Monoid.PROD ? product(b, x, t) : extremum(b, x, t)));
  }

  /// Compared behind a [Barrier], as in [Reduce].
  private Value extremum(Builder b, Value operand, Value t) {
    Value x = b.emit1(new Barrier(), operand);
    Value y = b.emit1(this, x);
    ArrayType type = x.type();
    Value place = b.iota(DType.I32, type.dims(), axis);
    Value reached = b.compare(Compare.EQ, x, y);
    Value none = b.fill(place, reverse ? Integer.MAX_VALUE : -1);
    var latest = new Cumulative(reverse ? Reduce.Monoid.MIN : Reduce.Monoid.MAX, axis, reverse);
    return Sort.along(b, t, b.emit1(latest, b.select(reached, place, none)), axis);
  }

  private Value product(Builder b, Value x, Value t) {
    long size = x.type().dim(axis).known().orElseThrow();
    Value y = x;
    Value u = t;
    for (long reach = 1; reach < size; reach *= 2) {
      Value before = shifted(b, y, reach, 1);
      u = b.add(b.multiply(u, before), b.multiply(shifted(b, u, reach, 0), y));
      y = b.multiply(y, before);
    }
    return u;
  }

  private Value shifted(Builder b, Value x, long by, int fill) {
    var none = new ArrayList<Dim>(java.util.Collections.nCopies(x.type().rank(), Dim.of(0)));
    var plus = new ArrayList<>(none);
    plus.set(axis, Dim.of(by));
    var minus = new ArrayList<>(none);
    minus.set(axis, Dim.of(-by));
    var pad =
        new Pad(
            reverse ? minus : plus,
            reverse ? plus : minus,
            java.util.Collections.nCopies(none.size(), 0L));
    return b.emit1(pad, x, b.fill(ArrayType.scalar(x.type().dtype()), fill));
  }

  @Override
  public Batched batch(Builder b, BatchAxis lanes, List<Value> xs, Mask batched) {
    return Batched.all(b.emit1(new Cumulative(monoid, axis + 1, reverse), xs.getFirst()));
  }
}
