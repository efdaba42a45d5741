package org.girih.grammar.elaborate.array;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.girih.grammar.elaborate.core.ArrayOrigin;
import org.girih.grammar.elaborate.core.Elaboration;
import org.girih.grammar.elaborate.core.Val;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.diagnostic.Diagnostic;
import org.girih.ir.op.Dot;
import org.girih.ir.type.Condition;
import org.girih.ir.type.Dim;

/// `@`: NumPy's matmul. The last axis of the left operand meets the last but one of the right (its
/// only one, if it has one); axes before these are batch axes and stretch.
public final class Products {
  private Products() {}

  public static Val matmul(Elaboration e, Operators.Site site, Val a, Val b) {
    var unified =
        Operands.unify(
            e,
            site.at(),
            "`@`",
            List.of(new Operands.Operand(a, site.left()), new Operands.Operand(b, site.right())));
    Val.Array x = unified.arrays().get(0);
    Val.Array y = unified.arrays().get(1);
    if (x.rank() == 0 || y.rank() == 0) {
      throw e.fault(
          Diagnostic.error(
                  Code.BAD_RANK, site.at(), "matrix product of " + x.type() + " and " + y.type())
              .help("`*` multiplies by a scalar"));
    }
    if (!x.dtype().numeric()) {
      throw e.fault(
          Code.BAD_DTYPE_FOR_OP, site.at(), "matrix product of " + x.type() + " and " + y.type());
    }
    int left = x.rank() - 1;
    int right = Math.max(0, y.rank() - 2);
    Dim m = x.type().dim(left);
    Dim n = y.type().dim(right);
    switch (m.equalTo(n)) {
      case YES -> {}
      case UNKNOWN -> e.condition(Condition.equal(m, n));
      case NO ->
          throw e.fault(
              ArrayOrigin.made(
                  ArrayOrigin.made(
                      Diagnostic.error(
                              Code.CONTRACTED_SIZES_DIFFER,
                              site.at(),
                              "matrix product of "
                                  + x.type()
                                  + " and "
                                  + y.type()
                                  + ": contracted sizes "
                                  + m
                                  + " and "
                                  + n
                                  + " differ")
                          .label(site.left(), x.type().toString())
                          .label(site.right(), y.type().toString()),
                      x),
                  y));
    }
    e.at(site.at());
    if (x.rank() <= 2 && y.rank() <= 2 || y.rank() <= 2) {
      return e.emit1(new Dot(List.of(), List.of(), List.of(left), List.of(right)), x, y);
    }
    return batched(e, site, x, y);
  }

  private static Val batched(Elaboration e, Operators.Site site, Val.Array x, Val.Array y) {
    int tail = Math.min(2, x.rank());
    List<Dim> xBatch = x.type().dims().subList(0, x.rank() - tail);
    List<Dim> yBatch = y.type().dims().subList(0, y.rank() - 2);
    var batch = new ArrayList<Dim>();
    int rank = Math.max(xBatch.size(), yBatch.size());
    for (int i = 0; i < rank; i++) {
      Dim p = fromEnd(xBatch, rank - i);
      Dim q = fromEnd(yBatch, rank - i);
      if (p.equals(Dim.of(1))) {
        batch.add(q);
      } else if (q.equals(Dim.of(1))) {
        batch.add(p);
      } else {
        if (p.equalTo(q) == Dim.Truth.NO) {
          throw e.fault(
              Diagnostic.error(
                      Code.SHAPES_DO_NOT_BROADCAST,
                      site.at(),
                      "matrix product of "
                          + x.type()
                          + " and "
                          + y.type()
                          + ": batch sizes "
                          + p
                          + " and "
                          + q
                          + " differ")
                  .label(site.left(), x.type().toString())
                  .label(site.right(), y.type().toString()));
        }
        if (p.equalTo(q) == Dim.Truth.UNKNOWN) {
          e.condition(Condition.equal(p, q));
        }
        batch.add(p);
      }
    }
    var xDims = new ArrayList<>(batch);
    xDims.addAll(x.type().dims().subList(x.rank() - tail, x.rank()));
    var yDims = new ArrayList<>(batch);
    yDims.addAll(y.type().dims().subList(y.rank() - 2, y.rank()));
    List<Integer> axes = IntStream.range(0, rank).boxed().toList();
    return e.emit1(
        new Dot(axes, axes, List.of(xDims.size() - 1), List.of(rank)),
        Operands.stretch(e, x, xDims),
        Operands.stretch(e, y, yDims));
  }

  private static Dim fromEnd(List<Dim> dims, int back) {
    return back > dims.size() ? Dim.of(1) : dims.get(dims.size() - back);
  }
}
