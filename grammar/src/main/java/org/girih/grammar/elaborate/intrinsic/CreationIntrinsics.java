package org.girih.grammar.elaborate.intrinsic;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.girih.grammar.elaborate.array.Casts;
import org.girih.grammar.elaborate.array.Operands;
import org.girih.grammar.elaborate.array.Statics;
import org.girih.grammar.elaborate.core.ArrayOrigin;
import org.girih.grammar.elaborate.core.Elaboration;
import org.girih.grammar.elaborate.core.Fault;
import org.girih.grammar.elaborate.core.Intrinsic;
import org.girih.grammar.elaborate.core.StaticArithmetic;
import org.girih.grammar.elaborate.core.Trees;
import org.girih.grammar.elaborate.core.Val;
import org.girih.grammar.elaborate.expression.Loops;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.op.Arithmetic;
import org.girih.ir.op.Broadcast;
import org.girih.ir.op.Iota;
import org.girih.ir.source.Span;
import org.girih.ir.type.DType;
import org.girih.ir.type.Dim;

/// Arrays out of nothing; and what works on functions and trees: `scan`, `tree.map`, ….
final class CreationIntrinsics {
  private CreationIntrinsics() {}

  static List<Intrinsic> all() {
    return List.of(
        Intrinsic.of("full(shape, value, dtype = none)", CreationIntrinsics::full),
        Intrinsic.of("iota(n, dtype = none)", CreationIntrinsics::iota),
        Intrinsic.of(
            "arange(start, stop = none, step = 1, dtype = none)", CreationIntrinsics::arange),
        Intrinsic.of("scan(f, carry, xs, reverse = false)", CreationIntrinsics::scan));
  }

  static List<Intrinsic> tree() {
    return List.of(
        Intrinsic.of("map(f, tree, *others)", CreationIntrinsics::map),
        Intrinsic.of("leaves(tree)", (e, args) -> new Val.Tuple(leaves(args.get("tree")))),
        Intrinsic.of("unflatten(tree, leaves)", CreationIntrinsics::unflatten),
        Intrinsic.of(
            "broadcast_prefix(prefix, tree, name = none)", LibraryIntrinsics::broadcastPrefix),
        Intrinsic.of("range(n)", CreationIntrinsics::range));
  }

  private static Val full(Elaboration e, Intrinsic.Args args) {
    List<Dim> dims = Statics.shape(e, args, "shape");
    Val value = args.get("value");
    Val.Array scalar =
        args.get("dtype") instanceof Val.None
            ? Statics.array(e, args, "value")
            : Casts.one(e, args.at(), Statics.dtype(e, args, "dtype"), value, args.span("value"));
    if (scalar.rank() != 0) {
      return Operands.stretch(e, checked(e, args, scalar, dims), dims);
    }
    return e.emit1(new Broadcast(dims, List.of()), scalar);
  }

  private static Val.Array checked(
      Elaboration e, Intrinsic.Args args, Val.Array value, List<Dim> dims) {
    int missing = dims.size() - value.rank();
    boolean fits = missing >= 0;
    for (int i = 0; fits && i < value.rank(); i++) {
      Dim own = value.type().dim(i);
      fits = own.equals(Dim.of(1)) || own.equalTo(dims.get(missing + i)) != Dim.Truth.NO;
    }
    if (!fits) {
      throw e.fault(
          Code.SHAPES_DO_NOT_BROADCAST,
          args.at(),
          value.type() + " does not stretch to " + value.type().withDims(dims));
    }
    return value;
  }

  private static Val iota(Elaboration e, Intrinsic.Args args) {
    List<Dim> dims = Statics.shape(e, args, "n");
    if (dims.size() != 1) {
      throw e.fault(Code.WRONG_ARGUMENTS, args.at(), "`iota` takes one size");
    }
    return e.emit1(new Iota(ShapeIntrinsics.dtypeOr(e, args, DType.I32), dims, 0));
  }

  /// `arange(n)`, `arange(start, stop, step)`: ⌈(stop − start) / step⌉ elements, `i32` if all are
  /// integers, else `f32`.
  private static Val arange(Elaboration e, Intrinsic.Args args) {
    boolean one = args.get("stop") instanceof Val.None;
    Val.Num start = one ? Val.Int.of(0) : number(e, args, "start");
    Val.Num stop = number(e, args, one ? "start" : "stop");
    Val.Num step = number(e, args, "step");
    boolean real =
        start instanceof Val.Real || stop instanceof Val.Real || step instanceof Val.Real;
    DType dtype = ShapeIntrinsics.dtypeOr(e, args, real ? DType.F32 : DType.I32);
    if (!dtype.numeric()) {
      throw e.fault(Code.BAD_DTYPE_FOR_OP, args.at(), "`arange` of " + dtype.text());
    }
    Dim length = length(e, args.at(), start, stop, step);
    Statics.bounded(e, args.at(), List.of(length));
    Val.Array out = e.emit1(new Iota(dtype, List.of(length), 0));
    if (!step.equals(Val.Int.of(1))) {
      out = e.emit1(Arithmetic.MULTIPLY, out, filled(e, args, step, out));
    }
    return start.equals(Val.Int.of(0))
        ? out
        : e.emit1(Arithmetic.ADD, out, filled(e, args, start, out));
  }

  private static Val.Array filled(
      Elaboration e, Intrinsic.Args args, Val.Num number, Val.Array like) {
    return Operands.stretch(
        e, Operands.constant(e, number, like.dtype(), args.at()), like.type().dims());
  }

  private static Dim length(Elaboration e, Span at, Val.Num start, Val.Num stop, Val.Num step) {
    boolean sizes =
        start instanceof Val.Size || stop instanceof Val.Size || step instanceof Val.Size;
    if (sizes) {
      Dim a = StaticArithmetic.dim(start).orElseThrow(() -> new Fault.Undecided("a length"));
      Dim b = StaticArithmetic.dim(stop).orElseThrow(() -> new Fault.Undecided("a length"));
      if (!step.equals(Val.Int.of(1))) {
        throw new Fault.Undecided("the length of a range");
      }
      return b.minus(a).max(Dim.of(0));
    }
    double zero = StaticArithmetic.real(step);
    if (zero == 0 || Double.isNaN(zero)) {
      throw e.fault(Code.BAD_RANGE, at, "`arange` with step " + Trees.describe(step));
    }
    if (start instanceof Val.Int(var a)
        && stop instanceof Val.Int(var b)
        && step instanceof Val.Int(var s)) {
      BigInteger span = b.subtract(a);
      BigInteger[] count = span.divideAndRemainder(s);
      BigInteger n =
          span.signum() * s.signum() <= 0
              ? BigInteger.ZERO
              : count[1].signum() == 0 ? count[0] : count[0].add(BigInteger.ONE);
      if (n.bitLength() > 62) {
        throw e.fault(Code.TOO_LARGE, at, "`arange` of " + n + " elements");
      }
      return Dim.of(n.longValue());
    }
    double count = Math.ceil((StaticArithmetic.real(stop) - StaticArithmetic.real(start)) / zero);
    if (Double.isNaN(count) || count > 1L << 56) {
      throw e.fault(Code.TOO_LARGE, at, "`arange` of " + count + " elements");
    }
    return Dim.of(Math.max(0, (long) count));
  }

  private static Val.Num number(Elaboration e, Intrinsic.Args args, String name) {
    if (args.get(name) instanceof Val.Num number) {
      return number;
    }
    throw e.fault(
        ArrayOrigin.shown(
                org.girih.ir.diagnostic.Diagnostic.error(
                    Code.NOT_STATIC,
                    args.span(name),
                    "`arange` takes static numbers, not " + Trees.describe(args.get(name))),
                args.get(name))
            .help("`start + arange(n)` begins where the run says"));
  }

  /// `scan(f, carry, xs)`: f takes a carry and a slice of xs, and returns the next carry and a
  /// value to be stacked.
  private static Val scan(Elaboration e, Intrinsic.Args args) {
    Val xs = args.get("xs");
    Dim length = Loops.leading(e, xs, args.span("xs"));
    var last =
        Loops.scan(
            e,
            args.at(),
            args.get("carry"),
            length,
            xs,
            Statics.flag(e, args, "reverse"),
            (carry, element) -> {
              Val out = e.apply(args.span("f"), args.get("f"), carry, element.slice());
              if (!(out instanceof Val.Tuple(var pair)) || pair.size() != 2) {
                throw e.fault(
                    Code.WRONG_ARGUMENTS,
                    args.span("f"),
                    "the function of `scan` gives (carry, value), not " + Trees.describe(out));
              }
              return new Loops.Step(pair.get(0), pair.get(1));
            });
    return Val.Tuple.of(last.carry(), last.stacked());
  }

  private static Val map(Elaboration e, Intrinsic.Args args) {
    var others = ((Val.Tuple) args.get("others")).items();
    return zip(e, args, args.get("tree"), others);
  }

  private static Val zip(Elaboration e, Intrinsic.Args args, Val tree, List<Val> others) {
    return switch (tree) {
      case Val.Tuple(var items) -> {
        var out = new ArrayList<Val>();
        for (int i = 0; i < items.size(); i++) {
          int k = i;
          out.add(
              zip(
                  e,
                  args,
                  items.get(i),
                  others.stream()
                      .map(
                          o -> {
                            if (!(o instanceof Val.Tuple(var its)) || its.size() != items.size()) {
                              throw treesDiffer(e, args, tree, o);
                            }
                            return its.get(k);
                          })
                      .toList()));
        }
        yield new Val.Tuple(out);
      }
      case Val.Record(var fields) -> {
        var out = new java.util.TreeMap<String, Val>();
        fields.forEach(
            (name, field) ->
                out.put(
                    name,
                    zip(
                        e,
                        args,
                        field,
                        others.stream()
                            .map(
                                o -> {
                                  if (!(o instanceof Val.Record(var its))
                                      || !its.keySet().equals(fields.keySet())) {
                                    throw treesDiffer(e, args, tree, o);
                                  }
                                  return its.get(name);
                                })
                            .toList())));
        yield new Val.Record(out);
      }
      case Val leaf -> {
        var given = new ArrayList<Val>();
        given.add(leaf);
        given.addAll(others);
        yield e.apply(args.at(), args.get("f"), given.toArray(Val[]::new));
      }
    };
  }

  private static Fault treesDiffer(Elaboration e, Intrinsic.Args args, Val a, Val b) {
    return e.fault(
        Code.TREES_DIFFER,
        args.at(),
        "trees of " + Trees.describe(a) + " and " + Trees.describe(b) + " differ");
  }

  private static List<Val> leaves(Val tree) {
    var out = new ArrayList<Val>();
    Trees.map(
        tree,
        leaf -> {
          out.add(leaf);
          return leaf;
        });
    return out;
  }

  /// The tree with other leaves.
  private static Val unflatten(Elaboration e, Intrinsic.Args args) {
    int due = leaves(args.get("tree")).size();
    if (!(args.get("leaves") instanceof Val.Tuple(var given)) || given.size() != due) {
      throw e.fault(
          Code.TREES_DIFFER,
          args.at(),
          "expected " + due + " leaves, got " + Trees.describe(args.get("leaves")));
    }
    var next = given.iterator();
    return Trees.map(args.get("tree"), _ -> next.next());
  }

  private static Val range(Elaboration e, Intrinsic.Args args) {
    int n = Statics.integer(e, args, "n");
    if (n < 0 || n > 100_000) {
      throw e.fault(Code.BAD_RANGE, args.at(), "`tree.range` of " + n);
    }
    var out = new ArrayList<Val>();
    for (int i = 0; i < n; i++) {
      out.add(Val.Int.of(i));
    }
    return new Val.Tuple(out);
  }
}
