package org.girih.grammar.elaborate.transform;

import java.util.ArrayList;
import java.util.List;
import org.girih.grammar.elaborate.array.Carries;
import org.girih.grammar.elaborate.array.Operands;
import org.girih.grammar.elaborate.core.Derived;
import org.girih.grammar.elaborate.core.Elaboration;
import org.girih.grammar.elaborate.core.Fault;
import org.girih.grammar.elaborate.core.Given;
import org.girih.grammar.elaborate.core.Intrinsic;
import org.girih.grammar.elaborate.core.Trees;
import org.girih.grammar.elaborate.core.Val;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.diagnostic.Diagnostic;
import org.girih.ir.op.Jvp;
import org.girih.ir.op.Linearized;
import org.girih.ir.op.VjpBackward;
import org.girih.ir.op.VjpForward;
import org.girih.ir.source.Span;
import org.girih.ir.type.ArrayType;

/// `jvp`, `linearize` and `vjp`. The latter two return a function that remembers where it was
/// taken: the arguments; what it needs of the forward computation it shares with the value that was
/// returned beside it.
public final class LinearMaps {
  private LinearMaps() {}

  /// A function at some arguments, its inexact leaves as parameters.
  ///
  /// @param primals the arguments, a tuple
  record Point(ClosureFunction traced, Val primals, List<Val.Array> leaves) {
    List<Integer> positions() {
      return traced.positions(leaves.size());
    }

    List<Val.Array> operands() {
      return traced.operands(leaves);
    }
  }

  private static boolean inexact(Val leaf) {
    return leaf instanceof Val.Array a && a.dtype().inexact();
  }

  /// Numbers become arrays; arrays that are not inexact stay as they are.
  private static Val point(Elaboration e, Val primals, Span at) {
    return Trees.map(primals, l -> l instanceof Val.Num ? Operands.array(e, l, at) : l);
  }

  private static Point trace(Elaboration e, Val fn, Val primals, Span at, String what) {
    List<Val.Array> leaves = Trees.arrays(primals).stream().filter(LinearMaps::inexact).toList();
    if (leaves.isEmpty()) {
      throw e.fault(
          Diagnostic.error(
                  Code.NOT_DIFFERENTIABLE,
                  at,
                  "`" + what + "` at " + Trees.describe(primals) + ", which has no floats")
              .help("only floats and complex numbers have derivatives"));
    }
    String name = fn instanceof Val.Fn f && !(fn instanceof Val.Made) ? f.label() : "function";
    ClosureFunction traced =
        ClosureFunction.of(
            e,
            name,
            leaves.stream().map(Val.Array::type).toList(),
            params -> {
              var next = params.iterator();
              Val args = Trees.map(primals, l -> inexact(l) ? next.next() : l);
              var given = ((Val.Tuple) args).items().stream().map(v -> new Given(v, at)).toList();
              return ClosureFunction.arrays(e, e.apply(at, fn, given, java.util.Map.of()), at);
            });
    return new Point(traced, primals, leaves);
  }

  /// `jvp(f, primals, tangents)`: value and tangent, both trees like the result of `f`.
  public static Val jvp(Elaboration e, Intrinsic.Args args) {
    Val fn = ClosureFunction.function(e, args, "f");
    Val primals = point(e, tuple(e, args, "primals"), args.span("primals"));
    Val tangents = tuple(e, args, "tangents");
    Point point = trace(e, fn, primals, args.at(), "jvp");
    var operands = new ArrayList<>(point.operands());
    operands.addAll(vectors(e, primals, tangents, args.span("tangents"), "tangent"));
    e.at(args.at());
    List<Val.Array> out = e.emit(new Jvp(point.traced().ref(), point.positions()), operands);
    Val result = point.traced().result();
    int values = point.traced().results().size();
    return Val.Tuple.of(
        point.traced().filled(out.subList(0, values)),
        Trees.fill(tangentSkeleton(result), out.subList(values, out.size()).iterator()));
  }

  private static Val tuple(Elaboration e, Intrinsic.Args args, String name) {
    if (args.get(name) instanceof Val.Tuple tuple) {
      return tuple;
    }
    throw e.fault(
        Diagnostic.error(
                Code.WRONG_ARGUMENTS,
                args.span(name),
                "`"
                    + name
                    + "` of `"
                    + args.function()
                    + "` is a tuple, one entry an argument, not "
                    + Trees.describe(args.get(name)))
            .help("for one argument write `(x,)`"));
  }

  /// The tree of tangents of a result: `none` for what has none.
  private static Val tangentSkeleton(Val skeleton) {
    return Trees.map(
        skeleton,
        leaf ->
            leaf instanceof Val.Hole(var type, _, _)
                ? type.dtype().inexact() ? leaf : Val.NONE
                : leaf instanceof Val.Fn ? leaf : Val.NONE);
  }

  /// Returns the vectors for the inexact leaves of a tree, which has the same shape; for other
  /// leaves they are `none`.
  private static List<Val.Array> vectors(Elaboration e, Val like, Val given, Span at, String what) {
    var out = new ArrayList<Val.Array>();
    collect(e, like, given, at, what, "", out);
    return out;
  }

  private static void collect(
      Elaboration e, Val like, Val given, Span at, String what, String path, List<Val.Array> out) {
    switch (like) {
      case Val.Tuple(var items)
          when given instanceof Val.Tuple(var own) && own.size() == items.size() -> {
        for (int i = 0; i < items.size(); i++) {
          collect(e, items.get(i), own.get(i), at, what, path + "." + i, out);
        }
      }
      case Val.Record(var fields)
          when given instanceof Val.Record(var own) && own.keySet().equals(fields.keySet()) ->
          fields.forEach(
              (name, field) -> collect(e, field, own.get(name), at, what, path + "." + name, out));
      case Val leaf -> {
        if (leaf instanceof Val.Tuple || leaf instanceof Val.Record) {
          throw differs(e, at, what, path, Trees.describe(leaf), "a tree like it", given);
        }
        ArrayType type =
            switch (leaf) {
              case Val.Array a when a.dtype().inexact() -> a.type();
              case Val.Hole(var t, _, _) when t.dtype().inexact() -> t;
              case Val _ -> null;
            };
        if (type == null) {
          if (given instanceof Val.None || Trees.arrays(leaf).isEmpty() && leaf.equals(given)) {
            return;
          }
          throw differs(e, at, what, path, Trees.describe(leaf), "`none`", given);
        }
        Val.Array vector =
            given instanceof Val.Num number && type.isScalar()
                ? Operands.constant(e, number, type.dtype(), at)
                : given instanceof Val.Array a ? a : null;
        if (vector == null
            || vector.dtype() != type.dtype()
            || !Carries.sameDims(e, vector.type(), type)) {
          throw differs(e, at, what, path, type.toString(), type.toString(), given);
        }
        out.add(vector);
      }
    }
  }

  private static Fault differs(
      Elaboration e, Span at, String what, String path, String of, String due, Val given) {
    return e.fault(
        Code.TREES_DIFFER,
        at,
        "the "
            + what
            + (path.isEmpty() ? "" : " at `" + path.substring(1) + "`")
            + " of "
            + of
            + " is "
            + due
            + ", not "
            + Trees.describe(given));
  }

  /// `linearize(f, *primals)`: the value, and the function of tangents.
  public static Val linearize(Elaboration e, Intrinsic.Args args) {
    return taken(e, args, Transformation.PUSHFORWARD);
  }

  /// `vjp(f, *primals)`: the value, and the function of cotangents.
  public static Val vjp(Elaboration e, Intrinsic.Args args) {
    return taken(e, args, Transformation.PULLBACK);
  }

  private static Val taken(Elaboration e, Intrinsic.Args args, Derived how) {
    Val fn = ClosureFunction.function(e, args, "f");
    Val primals = point(e, args.get("primals"), args.at());
    Point point = trace(e, fn, primals, args.at(), args.function());
    e.at(args.at());
    Val value =
        point
            .traced()
            .filled(
                e.emit(new VjpForward(point.traced().ref(), point.positions()), point.operands()));
    return Val.Tuple.of(value, new Val.Made(how, fn, primals));
  }

  private static List<Val> arguments(Elaboration e, Val.Made made, Derived.Arguments args) {
    if (!args.named().isEmpty()) {
      throw e.fault(
          Code.WRONG_ARGUMENTS, args.at(), made.label() + " takes its arguments by position");
    }
    return args.positional().stream().map(Given::val).toList();
  }

  static Val pushforward(Elaboration e, Val.Made made, Derived.Arguments args) {
    Val tangents = new Val.Tuple(arguments(e, made, args));
    Point point = trace(e, made.inner(), made.options(), args.at(), "linearize");
    var operands = new ArrayList<>(point.operands());
    operands.addAll(vectors(e, made.options(), tangents, args.at(), "tangent"));
    e.at(args.at());
    var out = e.emit(new Linearized(point.traced().ref(), point.positions()), operands);
    return Trees.fill(tangentSkeleton(point.traced().result()), out.iterator());
  }

  /// One cotangent an argument of the function, a tuple; `none` for what has none.
  static Val pullback(Elaboration e, Val.Made made, Derived.Arguments args) {
    List<Val> cts = arguments(e, made, args);
    if (cts.size() != 1) {
      throw e.fault(
          Diagnostic.error(
                  Code.WRONG_ARGUMENTS,
                  args.at(),
                  made.label() + " takes one cotangent, not " + cts.size())
              .help("it is a tree like the function's result"));
    }
    Point point = trace(e, made.inner(), made.options(), args.at(), "vjp");
    var operands = new ArrayList<>(point.operands());
    operands.addAll(vectors(e, point.traced().result(), cts.getFirst(), args.at(), "cotangent"));
    var of = new ArrayList<Integer>();
    List<ArrayType> results = point.traced().results();
    for (int i = 0; i < results.size(); i++) {
      if (results.get(i).dtype().inexact()) {
        of.add(i);
      }
    }
    e.at(args.at());
    var out =
        e.emit(new VjpBackward(point.traced().ref(), point.positions(), of), operands).iterator();
    return Trees.map(
        made.options(), l -> inexact(l) ? out.next() : l instanceof Val.Fn ? l : Val.NONE);
  }
}
