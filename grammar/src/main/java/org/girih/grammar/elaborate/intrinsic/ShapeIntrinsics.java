package org.girih.grammar.elaborate.intrinsic;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.girih.grammar.elaborate.array.Operands;
import org.girih.grammar.elaborate.array.Stacking;
import org.girih.grammar.elaborate.array.Statics;
import org.girih.grammar.elaborate.core.Elaboration;
import org.girih.grammar.elaborate.core.Intrinsic;
import org.girih.grammar.elaborate.core.StaticArithmetic;
import org.girih.grammar.elaborate.core.Trees;
import org.girih.grammar.elaborate.core.Val;
import org.girih.grammar.elaborate.expression.Indexing;
import org.girih.grammar.elaborate.expression.Slices;
import org.girih.grammar.elaborate.expression.Subscripts.Sub;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.diagnostic.Diagnostic;
import org.girih.ir.op.Concatenate;
import org.girih.ir.op.Pad;
import org.girih.ir.op.Reshape;
import org.girih.ir.op.Reverse;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.DType;
import org.girih.ir.type.Dim;

/// Functions of shapes: what an array's is, and arrays under other shapes.
final class ShapeIntrinsics {
  private ShapeIntrinsics() {}

  static List<Intrinsic> all() {
    return List.of(
        Intrinsic.of("shape(x)", ShapeIntrinsics::shape),
        Intrinsic.of("size(x, axis = none)", ShapeIntrinsics::size),
        Intrinsic.of("ndim(x)", (e, args) -> Val.Int.of(Statics.array(e, args, "x").rank())),
        Intrinsic.of("dtype(x)", (e, args) -> new Val.Type(Statics.array(e, args, "x").dtype())),
        Intrinsic.of("len(x)", ShapeIntrinsics::len),
        Intrinsic.of("is_tuple(x)", (e, args) -> Val.of(args.get("x") instanceof Val.Tuple)),
        Intrinsic.of("is_function(x)", (e, args) -> Val.of(args.get("x") instanceof Val.Fn)),
        Intrinsic.of("is_static(x)", (e, args) -> Val.of(Trees.isStatic(args.get("x")))),
        Intrinsic.of("reshape(x, shape)", Reshaping::reshape),
        Intrinsic.of(
            "slice_in_dim(x, start, limit, stride = 1, axis = 0)", ShapeIntrinsics::sliceAlong),
        Intrinsic.of("transpose(x, axes = none)", ShapeIntrinsics::transpose),
        Intrinsic.of("moveaxis(x, source, destination)", ShapeIntrinsics::moveaxis),
        Intrinsic.of("broadcast_to(x, shape)", ShapeIntrinsics::broadcastTo),
        Intrinsic.of("concatenate(arrays, axis = 0)", ShapeIntrinsics::concatenate),
        Intrinsic.of("stack(arrays, axis = 0)", ShapeIntrinsics::stack),
        Intrinsic.of("split(x, parts, axis = 0)", ShapeIntrinsics::split),
        Intrinsic.of("flip(x, axis = none)", ShapeIntrinsics::flip),
        Intrinsic.of("pad(x, widths, value = 0)", ShapeIntrinsics::pad),
        Intrinsic.of("expand_dims(x, axis)", ShapeIntrinsics::expandDims),
        Intrinsic.of("squeeze(x, axis = none)", ShapeIntrinsics::squeeze));
  }

  private static Val shape(Elaboration e, Intrinsic.Args args) {
    return new Val.Tuple(
        Statics.array(e, args, "x").type().dims().stream().map(d -> (Val) Val.of(d)).toList());
  }

  private static Val size(Elaboration e, Intrinsic.Args args) {
    Val.Array x = Statics.array(e, args, "x");
    return args.get("axis") instanceof Val.None
        ? Val.of(x.type().elements())
        : Val.of(x.type().dim(Statics.axis(e, args, "axis", x.rank())));
  }

  private static Val len(Elaboration e, Intrinsic.Args args) {
    return switch (args.get("x")) {
      case Val.Tuple(var items) -> Val.Int.of(items.size());
      case Val.Array a when a.rank() > 0 -> Val.of(a.type().dim(0));
      case Val other ->
          throw e.fault(
              Code.NOT_A_SEQUENCE, args.span("x"), Trees.describe(other) + " has no length");
    };
  }

  /// The elements `start`, `start + stride`, … below `limit` of an axis; all static.
  private static Val sliceAlong(Elaboration e, Intrinsic.Args args) {
    Val.Array x = Statics.array(e, args, "x");
    int axis = Statics.axis(e, args, "axis", x.rank());
    var start = new ArrayList<>(java.util.Collections.nCopies(x.rank(), Dim.of(0)));
    var limit = new ArrayList<>(x.type().dims());
    var stride = new ArrayList<>(java.util.Collections.nCopies(x.rank(), 1L));
    start.set(axis, Statics.dim(e, args, "start"));
    limit.set(axis, Statics.dim(e, args, "limit"));
    stride.set(axis, (long) Statics.integer(e, args, "stride"));
    return e.emit1(new org.girih.ir.op.Slice(start, limit, stride), x);
  }

  private static Val transpose(Elaboration e, Intrinsic.Args args) {
    Val.Array x = Statics.array(e, args, "x");
    List<Integer> axes =
        args.get("axes") instanceof Val.None
            ? IntStream.range(0, x.rank()).map(i -> x.rank() - 1 - i).boxed().toList()
            : Statics.orderedAxes(e, args, "axes", x.rank());
    if (axes.size() != x.rank()) {
      throw e.fault(Code.BAD_AXIS, args.span("axes"), axes.size() + " axes for " + x.type());
    }
    return Indexing.permute(e, x, axes);
  }

  private static Val moveaxis(Elaboration e, Intrinsic.Args args) {
    Val.Array x = Statics.array(e, args, "x");
    var from = Statics.orderedAxes(e, args, "source", x.rank());
    var to = Statics.orderedAxes(e, args, "destination", x.rank());
    if (from.size() != to.size()) {
      throw e.fault(Code.BAD_AXIS, args.at(), from.size() + " axes to " + to.size() + " places");
    }
    var left = new ArrayList<>(IntStream.range(0, x.rank()).boxed().toList());
    left.removeAll(from);
    var order = new Integer[x.rank()];
    for (int i = 0; i < to.size(); i++) {
      order[to.get(i)] = from.get(i);
    }
    for (int i = 0; i < order.length; i++) {
      order[i] = order[i] == null ? left.removeFirst() : order[i];
    }
    return Indexing.permute(e, x, List.of(order));
  }

  private static Val broadcastTo(Elaboration e, Intrinsic.Args args) {
    Val.Array x = Statics.array(e, args, "x");
    List<Dim> dims = Statics.shape(e, args, "shape");
    int missing = dims.size() - x.rank();
    boolean fits = missing >= 0;
    for (int i = 0; fits && i < x.rank(); i++) {
      Dim own = x.type().dim(i);
      fits = own.equals(Dim.of(1)) || own.equalTo(dims.get(missing + i)) != Dim.Truth.NO;
    }
    if (!fits) {
      throw e.fault(
          Code.SHAPES_DO_NOT_BROADCAST,
          args.at(),
          x.type() + " does not stretch to " + x.type().withDims(dims));
    }
    return Operands.stretch(e, x, dims);
  }

  /// `: axis 1 has sizes 4 and 5`.
  private static String differing(ArrayType a, ArrayType b, int axis) {
    if (a.rank() != b.rank()) {
      return ": ranks " + a.rank() + " and " + b.rank() + " differ";
    }
    for (int i = 0; i < a.rank(); i++) {
      if (i != axis && a.dim(i).equalTo(b.dim(i)) == Dim.Truth.NO) {
        return ": axis " + i + " has sizes " + a.dim(i) + " and " + b.dim(i);
      }
    }
    return "";
  }

  private static Val concatenate(Elaboration e, Intrinsic.Args args) {
    var items = Statics.sequence(e, args, "arrays");
    var arrays = Operands.unify(e, args.at(), "`concatenate`", items).arrays();
    Val.Array first = arrays.getFirst();
    if (first.rank() == 0) {
      throw e.fault(
          Diagnostic.error(Code.BAD_RANK, args.at(), "`concatenate` of scalars")
              .help("`stack` joins scalars"));
    }
    int axis = Statics.axis(e, args, "axis", first.rank());
    for (Val.Array each : arrays) {
      boolean fits = each.rank() == first.rank();
      for (int i = 0; fits && i < each.rank(); i++) {
        fits = i == axis || each.type().dim(i).equalTo(first.type().dim(i)) != Dim.Truth.NO;
      }
      if (!fits) {
        throw e.fault(
            Code.SIZES_DIFFER,
            args.at(),
            "`concatenate` of "
                + first.type()
                + " and "
                + each.type()
                + " along axis "
                + axis
                + differing(first.type(), each.type(), axis));
      }
    }
    return e.emit(new Concatenate(axis), arrays).getFirst();
  }

  private static Val stack(Elaboration e, Intrinsic.Args args) {
    Val.Array rows = Stacking.stack(e, args.at(), Statics.sequence(e, args, "arrays"));
    int axis = Statics.axis(e, args, "axis", rows.rank());
    var order = new ArrayList<>(IntStream.range(1, rows.rank()).boxed().toList());
    order.add(axis, 0);
    return Indexing.permute(e, rows, order);
  }

  /// Makes equal parts, or parts that end at the given positions: NumPy's `split`.
  private static Val split(Elaboration e, Intrinsic.Args args) {
    Val.Array x = Statics.array(e, args, "x");
    int axis = Statics.axis(e, args, "axis", x.rank());
    Dim size = x.type().dim(axis);
    var ends = new ArrayList<Dim>();
    if (args.get("parts") instanceof Val.Tuple) {
      ends.addAll(Statics.shape(e, args, "parts"));
      ends.add(size);
    } else {
      long parts = Statics.integer(e, args, "parts");
      if (parts < 1 || size.known().isPresent() && size.known().getAsLong() % parts != 0) {
        throw e.fault(
            Code.SIZES_DIFFER,
            args.at(),
            "axis " + axis + " of " + x.type() + " has no " + parts + " equal parts");
      }
      Dim each = size.floorDiv(Dim.of(parts));
      for (int i = 1; i <= parts; i++) {
        ends.add(each.times(i));
      }
    }
    var out = new ArrayList<Val>();
    Dim from = Dim.of(0);
    for (Dim end : ends) {
      var range = Slices.of(e, java.util.Optional.of(from), java.util.Optional.of(end), 1, size);
      var subs = whole(x);
      subs.set(axis, range);
      out.add(Indexing.read(e, x, subs));
      from = end;
    }
    return new Val.Tuple(out);
  }

  private static ArrayList<Sub> whole(Val.Array x) {
    var subs = new ArrayList<Sub>();
    x.type().dims().forEach(d -> subs.add(new Sub.Range(Dim.of(0), d, 1)));
    return subs;
  }

  private static Val flip(Elaboration e, Intrinsic.Args args) {
    Val.Array x = Statics.array(e, args, "x");
    return e.emit1(new Reverse(Statics.axes(e, args, "axis", x.rank())), x);
  }

  /// Returns what pads: 0 is false among `bool`.
  private static Val padding(Intrinsic.Args args) {
    boolean ofTruths = args.get("x") instanceof Val.Array x && x.dtype().isBool();
    return ofTruths && args.get("value").equals(Val.Int.of(0)) ? Val.FALSE : args.get("value");
  }

  /// Widths: a number for all, `(before, after)` for all, or one such pair an axis.
  private static Val pad(Elaboration e, Intrinsic.Args args) {
    var unified =
        Operands.unify(
            e,
            args.at(),
            "`pad`",
            List.of(
                new Operands.Operand(args.get("x"), args.span("x")),
                new Operands.Operand(padding(args), args.span("value"))));
    Val.Array x = unified.arrays().get(0);
    Val.Array value = unified.arrays().get(1);
    if (value.rank() != 0) {
      throw e.fault(Code.BAD_RANK, args.span("value"), "`pad` takes a scalar, not " + value.type());
    }
    var low = new ArrayList<Dim>();
    var high = new ArrayList<Dim>();
    Val widths = args.get("widths");
    for (int i = 0; i < x.rank(); i++) {
      Val own =
          widths instanceof Val.Tuple(var all) && all.stream().anyMatch(Val.Tuple.class::isInstance)
              ? all.size() == x.rank() ? all.get(i) : Val.NONE
              : widths;
      var pair =
          own instanceof Val.Tuple(var two) && two.size() == 2
              ? two
              : own instanceof Val.Num ? List.of(own, own) : List.<Val>of(Val.NONE, Val.NONE);
      for (int k = 0; k < 2; k++) {
        Dim width = StaticArithmetic.dim(pair.get(k)).orElse(Dim.of(-1));
        if (width.atLeast(Dim.of(0)) == Dim.Truth.NO) {
          throw e.fault(
              Code.WRONG_ARGUMENTS,
              args.span("widths"),
              "`widths` of `pad` is n, (before, after), or one pair for each of the "
                  + x.rank()
                  + " axes; not "
                  + Trees.describe(widths));
        }
        (k == 0 ? low : high).add(width);
      }
    }
    var none = low.stream().map(_ -> 0L).toList();
    return e.emit1(new Pad(low, high, none), x, value);
  }

  private static Val expandDims(Elaboration e, Intrinsic.Args args) {
    Val.Array x = Statics.array(e, args, "x");
    int count = args.get("axis") instanceof Val.Tuple(var items) ? items.size() : 1;
    var axes = Statics.axes(e, args, "axis", x.rank() + count);
    var dims = new ArrayList<>(x.type().dims());
    axes.forEach(i -> dims.add(i, Dim.of(1)));
    return e.emit1(new Reshape(dims), x);
  }

  private static Val squeeze(Elaboration e, Intrinsic.Args args) {
    Val.Array x = Statics.array(e, args, "x");
    boolean all = args.get("axis") instanceof Val.None;
    var axes = Statics.axes(e, args, "axis", x.rank());
    var dims = new ArrayList<Dim>();
    for (int i = 0; i < x.rank(); i++) {
      boolean one = x.type().dim(i).equals(Dim.of(1));
      if (!all && axes.contains(i) && !one) {
        throw e.fault(
            Code.BAD_AXIS, args.at(), "axis " + i + " of " + x.type() + " has not size 1");
      }
      if (!(one && axes.contains(i))) {
        dims.add(x.type().dim(i));
      }
    }
    return e.emit1(new Reshape(dims), x);
  }

  /// The dtype that a creation function has where none is given.
  static DType dtypeOr(Elaboration e, Intrinsic.Args args, DType otherwise) {
    return args.get("dtype") instanceof Val.None ? otherwise : Statics.dtype(e, args, "dtype");
  }
}
