package org.girih.grammar.elaborate.array;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.girih.grammar.elaborate.core.ArrayOrigin;
import org.girih.grammar.elaborate.core.Elaboration;
import org.girih.grammar.elaborate.core.Fault;
import org.girih.grammar.elaborate.core.Intrinsic;
import org.girih.grammar.elaborate.core.StaticArithmetic;
import org.girih.grammar.elaborate.core.Trees;
import org.girih.grammar.elaborate.core.Val;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.diagnostic.Diagnostic;
import org.girih.ir.source.Span;
import org.girih.ir.type.DType;
import org.girih.ir.type.Dim;

/// Arguments that must be static: sizes, shapes, axes, dtypes, flags.
public final class Statics {
  private Statics() {}

  private static Fault notStatic(Elaboration e, Intrinsic.Args args, String name, String due) {
    Val val = args.get(name);
    boolean array = !Trees.isStatic(val);
    var diagnostic =
        Diagnostic.error(
            array ? Code.NOT_STATIC : Code.WRONG_ARGUMENTS,
            args.span(name),
            "`"
                + name
                + "` of `"
                + args.function()
                + "` is "
                + due
                + ", not "
                + Trees.describe(val));
    return e.fault(
        array
            ? ArrayOrigin.shown(diagnostic, val)
                .help("it must be known at compile time; an array is known in the run only")
            : diagnostic);
  }

  /// An integer.
  public static Dim dim(Elaboration e, Intrinsic.Args args, String name) {
    return StaticArithmetic.dim(args.get(name))
        .orElseThrow(() -> notStatic(e, args, name, "a static integer"));
  }

  /// An integer that is a number.
  public static int integer(Elaboration e, Intrinsic.Args args, String name) {
    long value = e.size(dim(e, args, name));
    if (value != (int) value) {
      throw e.fault(Code.TOO_LARGE, args.span(name), "`" + name + "` is " + value);
    }
    return (int) value;
  }

  public static boolean flag(Elaboration e, Intrinsic.Args args, String name) {
    if (args.get(name) instanceof Val.Bool(boolean value)) {
      return value;
    }
    throw notStatic(e, args, name, "`true` or `false`");
  }

  public static String text(Elaboration e, Intrinsic.Args args, String name) {
    if (args.get(name) instanceof Val.Str(String value)) {
      return value;
    }
    throw notStatic(e, args, name, "a static string");
  }

  public static DType dtype(Elaboration e, Intrinsic.Args args, String name) {
    if (args.get(name) instanceof Val.Type(DType dtype)) {
      return dtype;
    }
    throw notStatic(e, args, name, "a dtype");
  }

  /// A size or a tuple of sizes, none negative.
  public static List<Dim> shape(Elaboration e, Intrinsic.Args args, String name) {
    List<Val> items = args.get(name) instanceof Val.Tuple(var all) ? all : List.of(args.get(name));
    var dims = new ArrayList<Dim>();
    for (Val item : items) {
      Dim dim = StaticArithmetic.dim(item).orElseThrow(() -> notStatic(e, args, name, "a shape"));
      if (dim.atLeast(Dim.of(0)) == Dim.Truth.NO) {
        throw e.fault(Code.NEGATIVE_SIZE, args.span(name), "a shape with the negative size " + dim);
      }
      dims.add(dim);
    }
    bounded(e, args.span(name), dims);
    return dims;
  }

  /// Refuses an array of more elements than 64 bits count bytes for.
  public static void bounded(Elaboration e, Span at, List<Dim> dims) {
    long product = 1;
    for (Dim dim : dims) {
      long size = dim.known().orElse(1);
      if (size != 0 && product > (1L << 56) / size) {
        throw e.fault(Code.TOO_LARGE, at, "an array of " + dims + " elements");
      }
      product *= size;
    }
  }

  /// An axis of `rank` axes, negative ones counted from the end.
  public static int axis(Elaboration e, Intrinsic.Args args, String name, int rank) {
    return axis(e, args, name, args.get(name), rank);
  }

  private static int axis(Elaboration e, Intrinsic.Args args, String name, Val val, int rank) {
    Dim dim =
        StaticArithmetic.dim(val).orElseThrow(() -> notStatic(e, args, name, "a static axis"));
    long axis = e.size(dim);
    if (axis < -rank || axis >= rank) {
      throw e.fault(
          Code.BAD_AXIS,
          args.span(name),
          "axis " + axis + " is out of bounds: there are " + rank + " axes");
    }
    return (int) (axis < 0 ? axis + rank : axis);
  }

  /// An axis, a tuple of distinct axes, or `none` for all; ascending.
  public static List<Integer> axes(Elaboration e, Intrinsic.Args args, String name, int rank) {
    Val val = args.get(name);
    if (val instanceof Val.None) {
      return IntStream.range(0, rank).boxed().toList();
    }
    return orderedAxes(e, args, name, rank).stream().sorted().toList();
  }

  /// An axis or a tuple of distinct axes, in the order given.
  public static List<Integer> orderedAxes(
      Elaboration e, Intrinsic.Args args, String name, int rank) {
    List<Val> items = args.get(name) instanceof Val.Tuple(var all) ? all : List.of(args.get(name));
    var axes = items.stream().map(v -> axis(e, args, name, v, rank)).toList();
    if (axes.stream().distinct().count() != axes.size()) {
      throw e.fault(Code.BAD_AXIS, args.span(name), "an axis is repeated in `" + name + "`");
    }
    return axes;
  }

  /// The arrays of a tuple, or the rows of an array.
  public static List<Operands.Operand> sequence(Elaboration e, Intrinsic.Args args, String name) {
    Span at = args.span(name);
    List<Val> items =
        switch (args.get(name)) {
          case Val.Tuple(var all) -> all;
          case Val.Array a when a.rank() > 0 && a.type().dim(0).known().isPresent() ->
              Rows.of(e, a);
          case Val other ->
              throw e.fault(
                  Code.WRONG_ARGUMENTS,
                  at,
                  "`"
                      + args.function()
                      + "` takes a tuple of arrays, not "
                      + Trees.describe(other));
        };
    if (items.isEmpty()) {
      throw e.fault(Code.WRONG_ARGUMENTS, at, "`" + args.function() + "` of an empty tuple");
    }
    return items.stream().map(i -> new Operands.Operand(i, at)).toList();
  }

  public static Val.Array array(Elaboration e, Intrinsic.Args args, String name) {
    Val.Array array = Operands.array(e, args.get(name), args.span(name));
    e.at(args.at());
    return array;
  }
}
