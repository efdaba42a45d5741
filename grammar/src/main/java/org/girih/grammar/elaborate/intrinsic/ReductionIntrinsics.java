package org.girih.grammar.elaborate.intrinsic;

import java.util.List;
import org.girih.grammar.elaborate.array.Carries;
import org.girih.grammar.elaborate.array.Statics;
import org.girih.grammar.elaborate.core.Elaboration;
import org.girih.grammar.elaborate.core.Intrinsic;
import org.girih.grammar.elaborate.core.Val;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.diagnostic.Diagnostic;
import org.girih.ir.op.ArgReduce;
import org.girih.ir.op.Arithmetic;
import org.girih.ir.op.Convert;
import org.girih.ir.op.Cumulative;
import org.girih.ir.op.CumulativeSum;
import org.girih.ir.op.Extremum;
import org.girih.ir.op.Iota;
import org.girih.ir.op.Op;
import org.girih.ir.op.Reduce;
import org.girih.ir.op.ReduceBits;
import org.girih.ir.op.ReduceSum;
import org.girih.ir.op.Reshape;
import org.girih.ir.op.Sort;
import org.girih.ir.op.TopK;
import org.girih.ir.type.Bounds;
import org.girih.ir.type.DType;
import org.girih.ir.type.Dim;

/// Functions along axes: reductions, running sums, sorting.
final class ReductionIntrinsics {
  private ReductionIntrinsics() {}

  private interface Make {
    Op of(List<Integer> axes);
  }

  static List<Intrinsic> all() {
    return List.of(
        total("sum", 0, Arithmetic.ADD, ReduceSum::new),
        total("prod", 1, Arithmetic.MULTIPLY, axes -> new Reduce(Reduce.Monoid.PROD, axes)),
        extreme("max", Reduce.Monoid.MAX, Extremum.MAXIMUM),
        extreme("min", Reduce.Monoid.MIN, Extremum.MINIMUM),
        truth("all", ReduceBits.Monoid.AND),
        truth("any", ReduceBits.Monoid.OR),
        position("argmax", ArgReduce.Which.MAX),
        position("argmin", ArgReduce.Which.MIN),
        running("cumsum", axis -> new CumulativeSum(axis, false)),
        running("cumprod", axis -> new Cumulative(Reduce.Monoid.PROD, axis, false)),
        running("cummax", axis -> new Cumulative(Reduce.Monoid.MAX, axis, false)),
        running("cummin", axis -> new Cumulative(Reduce.Monoid.MIN, axis, false)),
        Intrinsic.of("sort(x, axis = -1, descending = false)", (e, a) -> sort(e, a, false)),
        Intrinsic.of("argsort(x, axis = -1, descending = false)", (e, a) -> sort(e, a, true)),
        Intrinsic.of("sort_key_val(keys, values, axis = -1)", ReductionIntrinsics::sortPairs),
        Intrinsic.of("top_positions(x, k)", ReductionIntrinsics::topPositions).inLibrary(),
        Intrinsic.of("count(x, axis = none)", ReductionIntrinsics::count));
  }

  /// The dtype that sums of this dtype have, JAX's without 64 bits: narrow integers and `bool`
  /// widen to 32 bits.
  private static DType widened(DType dtype) {
    return switch (dtype.kind()) {
      case BOOL -> DType.I32;
      case SIGNED -> dtype.bits() < 32 ? DType.I32 : dtype;
      case UNSIGNED -> dtype.bits() < 32 ? DType.U32 : dtype;
      case FLOAT, COMPLEX -> dtype;
    };
  }

  private static Intrinsic total(String name, int neutral, Op join, Make op) {
    return Intrinsic.of(
        name + "(x, axis = none, dtype = none, keepdims = false, initial = none, where = none)",
        (e, args) -> {
          var in = Reduced.of(e, args);
          DType dtype = in.has("dtype") ? in.x().dtype() : widened(in.x().dtype());
          // Narrow floats are summed in f32 and rounded once, as JAX does.
          DType wide = dtype.floating() && dtype.bits() < 32 ? DType.F32 : dtype;
          if (wide != in.x().dtype()) {
            in = in.with(e.emit1(new Convert(wide), in.x()));
          }
          in = in.where(neutral);
          Val.Array out = e.emit1(op.of(in.axes()), in.x());
          out = wide == dtype ? out : e.emit1(new Convert(dtype), out);
          return in.finish(out, join);
        });
  }

  private static Intrinsic extreme(String name, Reduce.Monoid monoid, Extremum join) {
    return Intrinsic.of(
        name + "(x, axis = none, keepdims = false, initial = none, where = none)",
        (e, args) -> {
          var in = Reduced.of(e, args);
          if (in.x().dtype().complex()) {
            throw PointwiseIntrinsics.badDType(e, args, in.x(), "complex numbers have no order");
          }
          if (!in.has("initial")) {
            if (in.has("where")) {
              throw e.fault(
                  Diagnostic.error(
                          Code.WRONG_ARGUMENTS,
                          args.at(),
                          "`" + name + "` with `where` needs `initial`: the value of no elements")
                      .help("say it: `initial = " + (name.equals("max") ? "-inf" : "inf") + "`"));
            }
            nonEmpty(e, args, in.x(), in.axes());
          }
          boolean most = monoid == Reduce.Monoid.MAX;
          DType dtype = in.x().dtype();
          in = in.where(most ? Bounds.least(dtype) : Bounds.greatest(dtype));
          Op op =
              in.x().dtype().isBool()
                  ? new ReduceBits(most ? ReduceBits.Monoid.OR : ReduceBits.Monoid.AND, in.axes())
                  : new Reduce(monoid, in.axes());
          return in.finish(e.emit1(op, in.x()), join);
        });
  }

  private static void nonEmpty(
      Elaboration e, Intrinsic.Args args, Val.Array x, List<Integer> axes) {
    for (int axis : axes) {
      if (x.type().dim(axis).equals(Dim.of(0))) {
        throw e.fault(
            Diagnostic.error(
                    Code.EMPTY_REDUCTION,
                    args.at(),
                    "`" + args.function() + "` over no elements of " + x.type())
                .help("only sums, products, `all` and `any` have a value for none"));
      }
    }
  }

  private static Intrinsic truth(String name, ReduceBits.Monoid monoid) {
    return Intrinsic.of(
        name + "(x, axis = none, keepdims = false, where = none)",
        (e, args) -> {
          var in = Reduced.of(e, args);
          if (!in.x().dtype().isBool()) {
            throw PointwiseIntrinsics.badDType(e, args, in.x(), "compare: `" + name + "(x != 0)`");
          }
          in = in.where(monoid == ReduceBits.Monoid.AND ? 1 : 0);
          return in.kept(e.emit1(new ReduceBits(monoid, in.axes()), in.x()));
        });
  }

  private static Intrinsic position(String name, ArgReduce.Which which) {
    return Intrinsic.of(
        name + "(x, axis = none, keepdims = false)",
        (e, args) -> {
          Val.Array x = Statics.array(e, args, "x");
          if (x.dtype().complex()) {
            throw PointwiseIntrinsics.badDType(e, args, x, "complex numbers have no order");
          }
          if (x.dtype().isBool()) {
            x = e.emit1(new Convert(DType.I32), x);
          }
          boolean flat = args.get("axis") instanceof Val.None;
          List<Dim> one = List.of(x.type().elements());
          Val.Array in = flat ? e.emit1(new Reshape(one), x) : x;
          int axis = flat ? 0 : Statics.axis(e, args, "axis", x.rank());
          nonEmpty(e, args, in, List.of(axis));
          Val.Array out = e.emit1(new ArgReduce(which, axis), in);
          var axes = flat ? Statics.axes(e, args, "axis", x.rank()) : List.of(axis);
          return new Reduced(e, args, x, axes).kept(out);
        });
  }

  private interface MakeRunning {
    Op of(int axis);
  }

  private static Intrinsic running(String name, MakeRunning op) {
    boolean sums = name.equals("cumsum") || name.equals("cumprod");
    return Intrinsic.of(
        name + "(x, axis = none" + (sums ? ", dtype = none)" : ")"),
        (e, args) -> {
          Val.Array x = sums ? Reduced.typed(e, args) : Statics.array(e, args, "x");
          boolean flat = args.get("axis") instanceof Val.None;
          int axis = flat ? 0 : Statics.axis(e, args, "axis", x.rank());
          if (x.dtype().isBool()) {
            x = e.emit1(new Convert(DType.I32), x);
          }
          if (x.dtype().complex() && !sums) {
            throw PointwiseIntrinsics.badDType(e, args, x, "complex numbers have no order");
          }
          Val.Array in = flat ? e.emit1(new Reshape(List.of(x.type().elements())), x) : x;
          return e.emit1(op.of(axis), in);
        });
  }

  private static Val sort(Elaboration e, Intrinsic.Args args, boolean positions) {
    Val.Array x = Statics.array(e, args, "x");
    if (x.rank() == 0) {
      throw e.fault(
          Code.BAD_RANK, args.at(), "`" + args.function() + "` of the scalar " + x.type());
    }
    if (x.dtype().complex()) {
      throw PointwiseIntrinsics.badDType(e, args, x, "complex numbers have no order");
    }
    int axis = Statics.axis(e, args, "axis", x.rank());
    var op = new Sort(axis, Statics.flag(e, args, "descending"));
    if (!positions) {
      return e.emit1(op, x);
    }
    Val.Array places = e.emit1(new Iota(DType.I32, x.type().dims(), axis));
    return e.emit(op, List.of(x, places)).getLast();
  }

  /// Sorts both arrays in the order of the first.
  private static Val sortPairs(Elaboration e, Intrinsic.Args args) {
    Val.Array keys = Statics.array(e, args, "keys");
    Val.Array values = Statics.array(e, args, "values");
    if (keys.dtype().complex()) {
      throw PointwiseIntrinsics.badDType(e, args, keys, "complex numbers have no order");
    }
    if (!Carries.sameDims(e, keys.type(), values.type())) {
      throw e.fault(
          Code.SIZES_DIFFER, args.at(), "keys " + keys.type() + " for values " + values.type());
    }
    var op = new Sort(Statics.axis(e, args, "axis", keys.rank()), false);
    return new Val.Tuple(List.copyOf(e.emit(op, List.of(keys, values))));
  }

  /// Returns where the k greatest elements along the last axis are, the greatest first.
  private static Val topPositions(Elaboration e, Intrinsic.Args args) {
    return e.emit1(new TopK(Statics.dim(e, args, "k")), Statics.array(e, args, "x"));
  }

  /// Returns how many elements a reduction over the axes takes together: static.
  private static Val count(Elaboration e, Intrinsic.Args args) {
    Val.Array x = Statics.array(e, args, "x");
    Dim count = Dim.of(1);
    for (int axis : Statics.axes(e, args, "axis", x.rank())) {
      count = count.times(x.type().dim(axis));
    }
    return Val.of(count);
  }
}
