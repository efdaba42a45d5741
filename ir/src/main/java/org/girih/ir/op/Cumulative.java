package org.girih.ir.op;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.DType;
import org.girih.ir.type.Dim;
import org.girih.ir.type.Value;

/// Running product, maximum or minimum along an axis; from the end if `reverse`.
///
/// - (C1) one operand
/// - (C2) `axis` is an axis of it
/// - (C3) a numeric dtype, of extrema a real one
public record Cumulative(Reduce.Monoid monoid, int axis, boolean reverse) implements Custom {
  @Override
  public List<ArrayType> infer(Inference cx, List<ArrayType> in) {
    cx.c(1).count(in, 1);
    cx.c(2).axis(in.getFirst(), axis);
    Reduce.monoid(cx.c(3), monoid, in.getFirst());
    return in;
  }

  @Override
  public Work work(List<ArrayType> in, List<ArrayType> out) {
    return Work.doublings(out, axis);
  }

  @Override
  public NanSource nanSource() {
    return monoid == Reduce.Monoid.PROD ? NanSource.WHOLE : NanSource.NONE;
  }

  /// Returns, of extrema, the tangent of the element that is the extremum so far (of equal ones the
  /// one met last); of products the dual numbers' running product, doubling its reach in each step.
  @Override
  public List<Optional<Value>> jvp(
      Builder b, List<Value> xs, List<Value> ys, List<Optional<Value>> ts) {
    Value x = xs.getFirst();
    Value t = ts.getFirst().orElseThrow();
    return List.of(
        Optional.of(monoid == Reduce.Monoid.PROD ? product(b, x, t) : extremum(b, x, t)));
  }

  /// Combines pairs (element, tangent) in steps of doubling reach, as of products: the pair before
  /// replaces one whose element it is beyond. Elements are compared with each other and not with
  /// the result, which XLA may round otherwise.
  private Value extremum(Builder b, Value x, Value t) {
    long size = x.type().dim(axis).known().orElseThrow();
    Value place = b.iota(DType.I32, x.type().dims(), axis);
    Value y = x;
    Value u = t;
    for (long reach = 1; reach < size; reach *= 2) {
      Value before = shifted(b, y, reach, 0);
      Value there =
          reverse
              ? b.compare(Compare.LT, place, b.fill(place, size - reach))
              : b.compare(Compare.GE, place, b.fill(place, reach));
      Compare beyond = monoid == Reduce.Monoid.MAX ? Compare.GT : Compare.LT;
      Value lost =
          b.emit1(Bits.AND, b.compare(Compare.NE, before, before), b.compare(Compare.EQ, y, y));
      Value taken = b.emit1(Bits.OR, b.compare(beyond, before, y), lost);
      taken = b.emit1(Bits.AND, there, taken);
      u = b.select(taken, shifted(b, u, reach, 0), u);
      y = b.select(taken, before, y);
    }
    return u;
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
