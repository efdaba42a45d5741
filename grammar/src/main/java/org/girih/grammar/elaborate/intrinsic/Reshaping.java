package org.girih.grammar.elaborate.intrinsic;

import java.util.ArrayList;
import java.util.List;
import org.girih.grammar.elaborate.array.Statics;
import org.girih.grammar.elaborate.core.ArrayOrigin;
import org.girih.grammar.elaborate.core.Elaboration;
import org.girih.grammar.elaborate.core.Intrinsic;
import org.girih.grammar.elaborate.core.StaticArithmetic;
import org.girih.grammar.elaborate.core.Trees;
import org.girih.grammar.elaborate.core.Val;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.diagnostic.Diagnostic;
import org.girih.ir.op.Reshape;
import org.girih.ir.source.Span;
import org.girih.ir.type.Dim;

/// `reshape`: works out the shape, in which one size may be left open and the last ones unnamed.
final class Reshaping {
  private Reshaping() {}

  static Val reshape(Elaboration e, Intrinsic.Args args) {
    Val.Array x = Statics.array(e, args, "x");
    List<Dim> dims = reshaped(e, args, x);
    Dim from = x.type().elements();
    Dim to = x.type().withDims(dims).elements();
    if (from.equalTo(to) == Dim.Truth.NO) {
      throw e.fault(
          Code.BAD_RESHAPE,
          args.at(),
          "reshape of "
              + x.type()
              + ", "
              + from
              + " elements, to "
              + x.type().withDims(dims)
              + ", "
              + to
              + " elements");
    }
    Val.Array out = e.emit1(new Reshape(dims), x);
    return new Val.Array(out.owner(), out.value(), x.guess());
  }

  /// `-1` is the size that is left, `...` means the array's last axes that are not named before.
  private static List<Dim> reshaped(Elaboration e, Intrinsic.Args args, Val.Array x) {
    Span at = args.span("shape");
    List<Val> items =
        args.get("shape") instanceof Val.Tuple(var all) ? all : List.of(args.get("shape"));
    var dims = new ArrayList<Dim>();
    int hole = -1;
    for (int i = 0; i < items.size(); i++) {
      if (items.get(i) instanceof Val.Dots) {
        dims.addAll(rest(e, at, x, items.subList(0, i), items.subList(i + 1, items.size())));
        continue;
      }
      Val item = items.get(i);
      Dim dim =
          StaticArithmetic.dim(item)
              .orElseThrow(
                  () ->
                      e.fault(
                          ArrayOrigin.shown(
                              Diagnostic.error(
                                  Code.NOT_STATIC,
                                  at,
                                  "a shape is a tuple of static integers, and holds "
                                      + Trees.describe(item)),
                              item)));
      if (dim.equals(Dim.of(-1))) {
        if (hole >= 0) {
          throw e.fault(Code.BAD_RESHAPE, at, "`-1` is repeated in a shape");
        }
        hole = dims.size();
        dims.add(Dim.of(1));
      } else if (dim.atLeast(Dim.of(0)) == Dim.Truth.NO) {
        throw e.fault(Code.NEGATIVE_SIZE, at, "a shape with the negative size " + dim);
      } else {
        dims.add(dim);
      }
    }
    Statics.bounded(e, at, dims);
    if (hole >= 0) {
      Dim others = x.type().withDims(dims).elements();
      Dim total = x.type().elements();
      boolean none = others.equals(Dim.of(0));
      if (none
          || total.known().isPresent()
              && others.known().isPresent()
              && total.known().getAsLong() % others.known().getAsLong() != 0) {
        throw e.fault(
            Code.BAD_RESHAPE,
            at,
            "no size fits `-1`: "
                + x.type()
                + " has "
                + total
                + " elements, the other sizes take "
                + others);
      }
      dims.set(hole, total.floorDiv(others));
    }
    return dims;
  }

  /// `reshape(a, (28, 64, ...))`: the leading axes whose product is 28 · 64 are replaced, the
  /// others stay.
  private static List<Dim> rest(
      Elaboration e, Span at, Val.Array x, List<Val> before, List<Val> after) {
    if (!after.isEmpty()) {
      throw e.fault(Code.BAD_RESHAPE, at, "`...` must come last in a shape: it is the other sizes");
    }
    Dim product = Dim.of(1);
    for (Val item : before) {
      Dim dim = StaticArithmetic.dim(item).orElse(Dim.of(-1));
      if (dim.atLeast(Dim.of(0)) == Dim.Truth.NO) {
        // `(-1, ...)`: one leading axis is taken.
        return x.type().dims().subList(Math.min(x.rank(), before.size()), x.rank());
      }
      product = product.times(dim);
    }
    Dim taken = Dim.of(1);
    for (int i = 0; i <= x.rank(); i++) {
      if (taken.equalTo(product) == Dim.Truth.YES && (i > 0 || before.isEmpty())) {
        return x.type().dims().subList(i, x.rank());
      }
      if (i < x.rank()) {
        taken = taken.times(x.type().dim(i));
      }
    }
    throw e.fault(
        Code.BAD_RESHAPE,
        at,
        "no leading axes of " + x.type() + " have " + product + " elements together");
  }
}
