package org.girih.ir.op;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.DType;
import org.girih.ir.type.Dim;
import org.girih.ir.type.Value;

/// Puts the second operand, a scalar, around the first: `low` before, `high` after each axis and
/// `interior` between neighbours. Negative `low` and `high` cut off instead; `interior` ≥ 0.
///
/// - (C1) two operands
/// - (C2) the second is a scalar of the first's dtype
/// - (C3) an entry of `low`, `high` and `interior` for each axis
/// - (C4) `interior` is not negative
/// - (C5) no padded size is negative
public record Pad(List<Dim> low, List<Dim> high, List<Long> interior) implements Linear {
  @Override
  public List<ArrayType> infer(Inference cx, List<ArrayType> in) {
    cx.c(1).count(in, 2);
    ArrayType type = in.getFirst();
    cx.c(2).same(ArrayType.scalar(type.dtype()), in.getLast());
    cx.c(3)
        .require(
            low.size() == type.rank()
                && high.size() == type.rank()
                && interior.size() == type.rank(),
            "expected padding for each axis of %s, got %s",
            type,
            this);
    var dims = new ArrayList<Dim>();
    for (int i = 0; i < type.rank(); i++) {
      cx.c(4)
          .require(interior.get(i) >= 0, "expected no negative interior, got %d", interior.get(i));
      Dim between = type.dim(i).minus(Dim.of(1)).max(Dim.of(0)).times(interior.get(i));
      Dim size = type.dim(i).plus(between).plus(low.get(i)).plus(high.get(i));
      cx.c(5).atLeast(size, Dim.of(0), "a padded size");
      dims.add(size);
    }
    return List.of(type.withDims(dims));
  }

  @Override
  public NanSource nanSource() {
    return NanSource.NONE;
  }

  /// Cuts out the array's part again; what is around it belongs to the padding.
  @Override
  public void transpose(Builder b, TransposedOperands in, Value ct, Cotangents out) {
    Value inner = inner(b, ct, in.type(0));
    out.add(0, inner);
    if (in.linear(1)) {
      out.add(1, b.subtract(all(b, ct), all(b, inner)));
    }
  }

  /// Returns what is where the array's elements went; zero for those that negative padding cut off.
  private Value inner(Builder b, Value x, ArrayType type) {
    Value zero = b.zeros(ArrayType.scalar(x.type().dtype()));
    var minus = Dim.of(-1);
    Value uncut =
        b.emit1(
            new Pad(
                low.stream().map(d -> d.times(minus)).toList(),
                high.stream().map(d -> d.times(minus)).toList(),
                interior.stream().map(i -> 0L).toList()),
            x,
            zero);
    return b.emit1(
        new Slice(
            low.stream().map(d -> Dim.of(0)).toList(),
            uncut.type().dims(),
            interior.stream().map(i -> i + 1).toList()),
        uncut);
  }

  private static Value all(Builder b, Value x) {
    return b.sum(x, IntStream.range(0, x.type().rank()).boxed().toList());
  }

  /// Pads with zeros where lanes have a padding of their own, and adds their number around.
  @Override
  public Batched batch(Builder b, BatchAxis axis, List<Value> xs, Mask batched) {
    var wide = new Pad(Batched.dims(Dim.of(0), low), Batched.dims(Dim.of(0), high), interiors());
    if (!batched.at(1)) {
      return Batched.all(b.emit1(wide, xs.get(0), xs.get(1)));
    }
    Value x = batched.at(0) ? xs.get(0) : b.repeat(xs.get(0), axis.size());
    Value no = b.fill(ArrayType.scalar(DType.BOOL), 0);
    Value yes = b.fill(x.type().withDType(DType.BOOL), 1);
    Value isArray = b.emit1(wide, yes, no);
    Value padded = b.emit1(wide, x, b.zeros(ArrayType.scalar(x.type().dtype())));
    Value around = b.broadcast(xs.get(1), padded.type().dims(), List.of(0));
    return Batched.all(b.select(isArray, padded, around));
  }

  private List<Long> interiors() {
    var out = new ArrayList<Long>(List.of(0L));
    out.addAll(interior);
    return out;
  }
}
