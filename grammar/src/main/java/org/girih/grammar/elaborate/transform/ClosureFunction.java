package org.girih.grammar.elaborate.transform;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.girih.grammar.elaborate.array.Carries;
import org.girih.grammar.elaborate.array.Operands;
import org.girih.grammar.elaborate.core.Derived;
import org.girih.grammar.elaborate.core.Elaboration;
import org.girih.grammar.elaborate.core.Fault;
import org.girih.grammar.elaborate.core.FunctionTrace;
import org.girih.grammar.elaborate.core.Given;
import org.girih.grammar.elaborate.core.Indices;
import org.girih.grammar.elaborate.core.Intrinsic;
import org.girih.grammar.elaborate.core.KeyLanes;
import org.girih.grammar.elaborate.core.KeyUse;
import org.girih.grammar.elaborate.core.Keys;
import org.girih.grammar.elaborate.core.Symbol;
import org.girih.grammar.elaborate.core.Trees;
import org.girih.grammar.elaborate.core.Val;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.diagnostic.Diagnostic;
import org.girih.ir.op.FuncRef;
import org.girih.ir.op.Op;
import org.girih.ir.type.ArrayType;

/// A function value applied to some arguments, as a function of the IR: the leaves that a
/// transformation speaks of are its parameters; all else that it uses is captured.
///
/// @param inside the function under construction
/// @param captured leading parameters
/// @param keys the keys among its results, in order
/// @param result what it returns, with holes for its results
public record ClosureFunction(
    FunctionTrace inside,
    FuncRef ref,
    List<Val.Array> captured,
    Val result,
    List<Optional<KeyUse>> keys) {

  /// @param leaves the types of the parameters
  /// @param arguments the arguments, given these parameters
  static ClosureFunction of(
      Elaboration e, String name, List<ArrayType> leaves, Function<List<Val.Array>, Val> body) {
    FunctionTrace inside = e.newTrace();
    return of(e, name, inside, leaves.stream().map(t -> inside.param(t, false)).toList(), body);
  }

  /// Returns the same for lanes of arrays, without their mapped axes; a lane of keys is some of the
  /// keys.
  ///
  /// @param lane represents the number of the lane
  /// @param axes that are mapped, one an array
  public static ClosureFunction lanes(
      Elaboration e,
      String name,
      Symbol.Iteration lane,
      List<Val.Array> mapped,
      List<Integer> axes,
      List<ArrayType> leaves,
      Function<List<Val.Array>, Val> body) {
    FunctionTrace inside = e.newIterationTrace(lane);
    var params = new ArrayList<Val.Array>();
    for (int i = 0; i < leaves.size(); i++) {
      Val.Array param = inside.param(leaves.get(i), false);
      params.add(KeyLanes.slice(inside, param, mapped.get(i), axes.get(i)));
    }
    return of(e, name, inside, params, body);
  }

  private static ClosureFunction of(
      Elaboration e,
      String name,
      FunctionTrace inside,
      List<Val.Array> params,
      Function<List<Val.Array>, Val> body) {
    Val result = e.in(inside, () -> body.apply(params));
    List<Val.Array> arrays = Trees.arrays(result);
    arrays.forEach(inside::lift);
    List<Val.Array> captured = inside.captures();
    FuncRef ref = e.define(inside.finish(e.fresh(name), captured, arrays));
    return new ClosureFunction(
        inside,
        ref,
        captured,
        Carries.settled(Trees.skeleton(result)),
        arrays.stream().map(a -> Optional.ofNullable(a.key())).toList());
  }

  /// Returns the result, given the arrays that a call of the function returns.
  Val filled(List<Val.Array> results) {
    return Trees.fill(result, Keys.same(results, keys));
  }

  /// The result of all lanes.
  ///
  /// @param axes that go over the lanes, one a result
  public Val stacked(Elaboration e, List<Val.Array> results, List<Integer> axes) {
    var lanes = new KeyLanes(e, inside);
    var all = new ArrayList<Optional<KeyUse>>();
    for (int i = 0; i < keys.size(); i++) {
      int axis = axes.get(i);
      all.add(keys.get(i).map(use -> lanes.out(use, axis)));
    }
    return Trees.fill(result, Keys.same(results, all));
  }

  /// The types of the results.
  public List<ArrayType> results() {
    return holes(result);
  }

  /// Returns the captured arrays, then these.
  public List<Val.Array> operands(List<Val.Array> args) {
    var out = new ArrayList<>(captured);
    out.addAll(args);
    return out;
  }

  /// Positions of the leaves behind what is captured.
  List<Integer> positions(int leaves) {
    return java.util.stream.IntStream.range(captured.size(), captured.size() + leaves)
        .boxed()
        .toList();
  }

  static List<ArrayType> holes(Val skeleton) {
    var out = new ArrayList<ArrayType>();
    Trees.map(
        skeleton,
        leaf -> {
          if (leaf instanceof Val.Hole(var type, _, _)) {
            out.add(type);
          }
          return leaf;
        });
    return out;
  }

  /// The arguments with some leaves replaced, each by the next of these.
  static List<Given> replaced(
      List<Given> given, java.util.function.Predicate<Val> isLeaf, Iterator<Val.Array> by) {
    return given.stream()
        .map(
            g ->
                new Given(Trees.map(g.val(), leaf -> isLeaf.test(leaf) ? by.next() : leaf), g.at()))
        .toList();
  }

  /// Applies a function to all arrays among the arguments by an op that names it: `jit`,
  /// `checkpoint`.
  static Val call(Elaboration e, Val.Made made, Derived.Arguments args, Function<FuncRef, Op> op) {
    var arrays = new ArrayList<Val.Array>();
    // Keys are captured, and so stay the same keys.
    args.positional()
        .forEach(
            g -> Trees.arrays(g.val()).stream().filter(a -> a.key() == null).forEach(arrays::add));
    FunctionTrace inside = e.newTrace();
    var leaves = new ArrayList<Val.Array>();
    for (Val.Array array : arrays) {
      Val.Array param = inside.param(array.type(), false);
      if (array.rank() == 0 && array.dtype().integer()) {
        inside.means(param, Indices.of(array));
      }
      leaves.add(param);
    }
    ClosureFunction traced =
        of(
            e,
            name(made),
            inside,
            leaves,
            params -> {
              var given =
                  replaced(
                      args.positional(),
                      leaf -> leaf instanceof Val.Array a && a.key() == null,
                      params.iterator());
              return apply(e, made, args, given);
            });
    e.at(args.at());
    if (traced.results().isEmpty() && !e.hasEffect(traced.ref())) {
      return traced.result();
    }
    return traced.filled(e.emit(op.apply(traced.ref()), traced.operands(arrays)));
  }

  /// Calls the inner function.
  static Val apply(Elaboration e, Val.Made made, Derived.Arguments args, List<Given> positional) {
    return e.apply(args.at(), made.inner(), positional, args.named());
  }

  /// The name that the function gets in the IR.
  static String name(Val.Made made) {
    Val inner = made.inner();
    while (inner instanceof Val.Made next) {
      inner = next.inner();
    }
    return inner instanceof Val.Fn fn ? fn.label() : "function";
  }

  /// The arrays of a result, its numbers and truths as arrays too.
  public static Val arrays(Elaboration e, Val result, org.girih.ir.source.Span at) {
    UnaryOperator<Val> leaf =
        l -> l instanceof Val.Num || l instanceof Val.Bool ? Operands.array(e, l, at) : l;
    return Trees.map(result, leaf::apply);
  }

  /// Refuses what is not a function.
  public static Val.Fn function(Elaboration e, Intrinsic.Args args, String name) {
    Val val = args.get(name);
    if (val instanceof Val.Poison) {
      throw new Fault.Poisoned();
    }
    if (val instanceof Val.Fn fn) {
      return fn;
    }
    throw e.fault(
        Diagnostic.error(
                Code.NOT_A_FUNCTION,
                args.span(name),
                "`" + args.function() + "` takes a function, not " + Trees.describe(val))
            .help("`" + args.function() + "(f)(x)`: the transformation gives a function"));
  }
}
