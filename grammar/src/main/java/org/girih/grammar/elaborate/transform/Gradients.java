package org.girih.grammar.elaborate.transform;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.girih.grammar.elaborate.array.Operands;
import org.girih.grammar.elaborate.core.Derived;
import org.girih.grammar.elaborate.core.Elaboration;
import org.girih.grammar.elaborate.core.Given;
import org.girih.grammar.elaborate.core.Trees;
import org.girih.grammar.elaborate.core.Val;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.diagnostic.Diagnostic;
import org.girih.ir.op.VjpBackward;
import org.girih.ir.op.VjpForward;
import org.girih.ir.source.Span;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.DType;

/// `grad` and `value_and_grad`: the derivative of a function with one real number as its result, in
/// some of its arguments.
final class Gradients {
  private Gradients() {}

  /// The arguments that are differentiated.
  ///
  /// @param positions of the arguments, as passed
  /// @param one whether a single number was passed, and the derivative is not a tuple
  /// @param given all arguments, static numbers in the differentiated ones as arrays
  record Wrt(List<Integer> positions, boolean one, List<Given> given) {
    /// The leaves of the differentiated arguments.
    List<Val.Array> leaves() {
      var out = new ArrayList<Val.Array>();
      for (int i : positions) {
        replaced(
            i,
            leaf -> {
              out.add(leaf);
              return leaf;
            });
      }
      return out;
    }

    /// An argument with its arrays replaced; functions are not looked into.
    private Val replaced(int i, UnaryOperator<Val.Array> by) {
      return Trees.mapPaths(
          given.get(i).val(), "", (_, leaf) -> leaf instanceof Val.Array a ? by.apply(a) : leaf);
    }

    /// All arguments, those leaves replaced.
    List<Given> with(List<Val.Array> leaves) {
      var next = leaves.iterator();
      var filled = new Val[given.size()];
      for (int i : positions) {
        filled[i] = replaced(i, _ -> next.next());
      }
      return IntStream.range(0, given.size())
          .mapToObj(i -> filled[i] == null ? given.get(i) : new Given(filled[i], given.get(i).at()))
          .toList();
    }

    /// Trees like the differentiated arguments.
    Val fill(List<Val.Array> leaves) {
      var next = leaves.iterator();
      var items = new ArrayList<Val>();
      for (int i : positions) {
        items.add(replaced(i, _ -> next.next()));
      }
      return one ? items.getFirst() : new Val.Tuple(items);
    }
  }

  /// Finds the differentiated arguments, and checks that they are inexact.
  static Wrt wrt(Elaboration e, Val.Made made, Derived.Arguments args, Val option) {
    boolean one = !(option instanceof Val.Tuple);
    List<Val> items = option instanceof Val.Tuple(var all) ? all : List.of(option);
    var positions = new ArrayList<Integer>();
    for (Val item : items) {
      int count = args.positional().size();
      long i = item instanceof Val.Int(var value) ? value.longValue() : Long.MAX_VALUE;
      long from = i < 0 ? i + count : i;
      if (from < 0 || from >= count) {
        throw e.fault(
            Diagnostic.error(
                    Code.BAD_AXES,
                    args.at(),
                    "`"
                        + made.label()
                        + "` in argument "
                        + Trees.describe(item)
                        + " of a call with "
                        + count)
                .help("`wrt` counts positional arguments from 0"));
      }
      if (positions.contains((int) from)) {
        throw e.fault(Code.BAD_AXES, args.at(), "argument " + from + " is repeated in `wrt`");
      }
      positions.add((int) from);
    }
    var given = new ArrayList<>(args.positional());
    for (int i : positions) {
      given.set(i, inexact(e, made, given.get(i), i));
    }
    return new Wrt(positions, one, given);
  }

  private static Given inexact(Elaboration e, Val.Made made, Given given, int i) {
    Val val =
        Trees.mapPaths(
            given.val(),
            "",
            (path, leaf) -> {
              Val.Array array =
                  switch (leaf) {
                    case Val.Num number -> number(e, number, given.at());
                    case Val.Array a -> a;
                    case Val _ -> null;
                  };
              if (array == null || array.dtype().inexact()) {
                return array == null ? leaf : array;
              }
              throw e.fault(
                  Diagnostic.error(
                          Code.NOT_DIFFERENTIABLE,
                          given.at(),
                          "`"
                              + made.label()
                              + "` in argument "
                              + i
                              + (path.isEmpty() ? "" : ", at `" + path + "`,")
                              + " which is "
                              + Trees.describe(array)
                              + ": only floats and complex numbers have derivatives")
                      .help("convert with `f32(x)`, or name other arguments with `wrt`"));
            });
    if (Trees.arrays(val).isEmpty()) {
      throw e.fault(
          Code.NOT_DIFFERENTIABLE,
          given.at(),
          "`"
              + made.label()
              + "` in argument "
              + i
              + ", which has no numbers: "
              + Trees.describe(val));
    }
    return new Given(val, given.at());
  }

  /// A static number that is differentiated becomes an array; a whole one a float, as in
  /// `grad(f)(2)`.
  private static Val.Array number(Elaboration e, Val.Num number, Span at) {
    Val.Array array = Operands.array(e, number, at);
    return array.dtype().inexact() ? array : e.emit1(new org.girih.ir.op.Convert(DType.F32), array);
  }

  static Val grad(Elaboration e, Val.Made made, Derived.Arguments args, boolean withValue) {
    Wrt wrt = wrt(e, made, args, made.option(0));
    boolean aux = made.option(1).equals(Val.TRUE);
    List<Val.Array> leaves = wrt.leaves();
    ClosureFunction traced =
        ClosureFunction.of(
            e,
            ClosureFunction.name(made),
            leaves.stream().map(Val.Array::type).toList(),
            params -> {
              Val result = ClosureFunction.apply(e, made, args, wrt.with(params));
              Val value = result;
              Val rest = Val.NONE;
              if (aux) {
                if (!(result instanceof Val.Tuple(var pair)) || pair.size() != 2) {
                  throw e.fault(
                      Diagnostic.error(
                              Code.NOT_DIFFERENTIABLE,
                              args.at(),
                              "with `aux = true` the function gives (value, aux), not "
                                  + Trees.describe(result))
                          .help("leave `aux` out, or return a pair"));
                }
                value = pair.get(0);
                rest = ClosureFunction.arrays(e, pair.get(1), args.at());
              }
              return Val.Tuple.of(scalar(e, made, args, value), rest);
            });
    e.at(args.at());
    List<Val.Array> operands = traced.operands(leaves);
    List<Integer> positions = traced.positions(leaves.size());
    ArrayType type = traced.results().getFirst();
    var cotangent = new ArrayList<>(operands);
    cotangent.add(Operands.constant(e, Val.Int.of(1), type.dtype(), args.at()));
    List<Val.Array> gradients =
        e.emit(new VjpBackward(traced.ref(), positions, List.of(0)), cotangent);
    Val gradient = wrt.fill(gradients);
    if (!withValue && !aux) {
      return gradient;
    }
    Val results = traced.filled(e.emit(new VjpForward(traced.ref(), positions), operands));
    Val value = ((Val.Tuple) results).items().getFirst();
    Val rest = ((Val.Tuple) results).items().getLast();
    if (!withValue) {
      return Val.Tuple.of(gradient, rest);
    }
    return Val.Tuple.of(aux ? Val.Tuple.of(value, rest) : value, gradient);
  }

  private static Val.Array scalar(
      Elaboration e, Val.Made made, Derived.Arguments args, Val result) {
    boolean number = result instanceof Val.Num || result instanceof Val.Array;
    Val.Array value = number ? Operands.array(e, result, args.at()) : null;
    if (result instanceof Val.Num && !value.dtype().inexact()) {
      value = e.emit1(new org.girih.ir.op.Convert(DType.F32), value);
    }
    if (value == null || !value.type().isScalar() || !value.dtype().floating()) {
      String help =
          value == null
              ? "with more results, return (value, aux) and pass `aux = true`"
              : !value.type().isScalar()
                  ? "sum it, or take the whole derivative with `jacrev`"
                  : "convert it with `f32(…)`, or take its real part";
      throw e.fault(
          Diagnostic.error(
                  Code.NOT_DIFFERENTIABLE,
                  args.at(),
                  "`"
                      + made.label()
                      + "` of a function that gives "
                      + Trees.describe(result)
                      + ": expected one real number")
              .help(help));
    }
    return value;
  }
}
