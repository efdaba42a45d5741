package org.girih.ir.op;

import java.util.List;
import java.util.Optional;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.DType;
import org.girih.ir.type.Dim;
import org.girih.ir.type.Value;

/// The derivative of a [Scatter] that keeps extremes: the mean of the tangents of all that stand in
/// an element, of the array and of updates, as in JAX.
///
/// Who stands there is not found by comparing floats with the result, which XLA may compute again
/// in another way, but by ranks: values are sorted once, equal ones get the same rank, and ranks,
/// which are integers, are scattered as the values were.
final class Winners {
  private Winners() {}

  static Optional<Value> tangent(Builder b, Scatter op, List<Value> xs, List<Optional<Value>> ts) {
    if (ts.get(0).isEmpty() && ts.get(2).isEmpty()) {
      return Optional.empty();
    }
    ArrayType array = xs.get(0).type();
    ArrayType updates = xs.get(2).type();
    Value indices = xs.get(1);
    Value all = b.emit1(new Concatenate(0), flat(b, xs.get(0)), flat(b, xs.get(2)));
    Value ranks = ranks(b, op.combine() == Scatter.Combine.MIN ? b.negate(all) : all);
    Dim n = array.elements();
    Value own = b.reshape(part(b, ranks, Dim.of(0), n), array.dims());
    Value given = b.reshape(part(b, ranks, n, n.plus(updates.elements())), updates.dims());
    Value best = b.emit1(new Scatter(Scatter.Combine.MAX, op.windows()), own, indices, given);
    var gather = new Gather(op.windows(), op.windows().sizes(array, updates));
    Value stays = b.compare(Compare.EQ, own, best);
    Value enters =
        b.emit1(
            Bits.AND,
            b.compare(Compare.EQ, given, b.emit1(gather, best, indices)),
            op.windows().inside(b, indices, array, updates));
    var add = new ScatterAdd(op.windows());
    DType dtype = array.dtype();
    Value count = b.emit1(add, b.convert(stays, dtype), indices, b.convert(enters, dtype));
    Value sum =
        b.emit1(
            add,
            ts.get(0).map(t -> b.select(stays, t, b.fill(t, 0))).orElse(b.zeros(array)),
            indices,
            ts.get(2).map(t -> b.select(enters, t, b.fill(t, 0))).orElse(b.zeros(updates)));
    return Optional.of(b.divide(sum, count));
  }

  /// Returns the rank of each element, from 1 on: the same of equal ones. A NaN has the highest.
  private static Value ranks(Builder b, Value x) {
    Dim n = x.type().dim(0);
    if (n.equals(Dim.of(0))) {
      return b.zeros(x.type().withDType(DType.I32));
    }
    Value places = b.iota(DType.I32, List.of(n), 0);
    var sorted = b.emit(new Sort(0, false), List.of(x, places));
    Value values = sorted.getFirst();
    Value before = part(b, values, Dim.of(0), n.minus(Dim.of(1)));
    Value after = part(b, values, Dim.of(1), n);
    Value rises = b.convert(b.compare(Compare.NE, before, after), DType.I32);
    Value first = b.fill(new ArrayType(DType.I32, List.of(Dim.of(1))), 1);
    Value rank = b.emit1(new CumulativeSum(0, false), b.emit1(new Concatenate(0), first, rises));
    return b.emit(new Sort(0, false), List.of(sorted.getLast(), rank)).getLast();
  }

  private static Value flat(Builder b, Value x) {
    return b.reshape(x, List.of(x.type().elements()));
  }

  private static Value part(Builder b, Value x, Dim from, Dim to) {
    return b.emit1(new Slice(List.of(from), List.of(to), List.of(1L)), x);
  }
}
