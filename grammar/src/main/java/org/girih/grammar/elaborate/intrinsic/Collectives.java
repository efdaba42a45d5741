package org.girih.grammar.elaborate.intrinsic;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiFunction;
import org.girih.grammar.ast.Expr.BinaryOp;
import org.girih.grammar.elaborate.array.Operands;
import org.girih.grammar.elaborate.array.Operators;
import org.girih.grammar.elaborate.array.Statics;
import org.girih.grammar.elaborate.core.Elaboration;
import org.girih.grammar.elaborate.core.Fault;
import org.girih.grammar.elaborate.core.Intrinsic;
import org.girih.grammar.elaborate.core.Lanes;
import org.girih.grammar.elaborate.core.Trees;
import org.girih.grammar.elaborate.core.Val;
import org.girih.grammar.elaborate.transform.LaneGroups;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.diagnostic.Diagnostic;
import org.girih.ir.op.AxisExchange;
import org.girih.ir.op.AxisExtremum;
import org.girih.ir.op.AxisGather;
import org.girih.ir.op.AxisIndex;
import org.girih.ir.op.AxisPermute;
import org.girih.ir.op.AxisSum;
import org.girih.ir.op.Extremum;
import org.girih.ir.op.Reduce;
import org.girih.ir.op.ReduceSum;
import org.girih.ir.op.Reshape;
import org.girih.ir.op.Transpose;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.Dim;

/// Communicates between the lanes of a `vmap`, the copies of a `pmap` and the devices of a
/// `shard_map`, with the signatures of `jax.lax`: `axis_name` is a name or a tuple of names, `axis`
/// a dimension.
final class Collectives {
  private Collectives() {}

  static List<Intrinsic> all() {
    return List.of(
        Intrinsic.of("psum(x, axis_name, axis_index_groups = none)", Collectives::sum),
        Intrinsic.of("pmean(x, axis_name, axis_index_groups = none)", Collectives::mean),
        Intrinsic.of(
            "pmax(x, axis_name, axis_index_groups = none)",
            (e, args) -> extremum(e, args, Extremum.MAXIMUM)),
        Intrinsic.of(
            "pmin(x, axis_name, axis_index_groups = none)",
            (e, args) -> extremum(e, args, Extremum.MINIMUM)),
        Intrinsic.of(
            "all_gather(x, axis_name, axis = 0, tiled = false, axis_index_groups = none)",
            Collectives::gather),
        Intrinsic.of(
            "all_to_all(x, axis_name, split_axis, concat_axis, tiled = false,"
                + " axis_index_groups = none)",
            Collectives::exchange),
        Intrinsic.of("ppermute(x, axis_name, perm)", Collectives::permute),
        Intrinsic.of(
            "psum_scatter(x, axis_name, scatter_dimension = 0, tiled = false,"
                + " axis_index_groups = none)",
            Collectives::scatter),
        Intrinsic.of("axis_index(axis_name)", Collectives::index));
  }

  private static List<Lanes.Lane> lanes(Elaboration e, Intrinsic.Args args) {
    List<Val> names =
        args.get("axis_name") instanceof Val.Tuple(var items)
            ? items
            : List.of(args.get("axis_name"));
    var lanes = new ArrayList<Lanes.Lane>();
    for (Val each : names) {
      if (!(each instanceof Val.Str(var name))) {
        throw e.fault(
            Code.NOT_STATIC,
            args.span("axis_name"),
            "`axis_name` of `"
                + args.function()
                + "` is a static string or a tuple of such, not "
                + Trees.describe(args.get("axis_name")));
      }
      lanes.add(
          e.lanes()
              .find(name)
              .orElseThrow(
                  () ->
                      e.fault(
                          Diagnostic.error(
                                  Code.BAD_AXES,
                                  args.span("axis_name"),
                                  "no axis is called \"" + name + "\"")
                              .help(
                                  "`vmap(f, axis_name = \""
                                      + name.toLowerCase(Locale.ROOT)
                                      + "\")` names one, for f and what it calls, and so does"
                                      + " `pmap`; in `shard_map` it is an axis of the mesh"))));
    }
    return lanes;
  }

  /// The only axis.
  private static Lanes.Lane lane(Elaboration e, Intrinsic.Args args) {
    var lanes = lanes(e, args);
    if (lanes.size() != 1) {
      throw e.fault(
          Code.BAD_AXES, args.span("axis_name"), "`" + args.function() + "` is over one axis");
    }
    return lanes.getFirst();
  }

  private static Val each(
      Elaboration e, Intrinsic.Args args, java.util.function.UnaryOperator<Val.Array> f) {
    return Trees.map(
        args.get("x"),
        leaf ->
            leaf instanceof Val.Array || leaf instanceof Val.Num
                ? f.apply(array(e, args, leaf))
                : leaf);
  }

  private static Val.Array array(Elaboration e, Intrinsic.Args args, Val leaf) {
    Val.Array array = Operands.array(e, leaf, args.span("x"));
    e.at(args.at());
    return array;
  }

  private static Val over(
      Elaboration e, Intrinsic.Args args, BiFunction<Val.Array, Lanes.Lane, Val.Array> collective) {
    var lanes = lanes(e, args);
    return each(
        e,
        args,
        array -> {
          Val.Array out = array;
          for (Lanes.Lane lane : lanes) {
            out = collective.apply(out, lane);
          }
          return out;
        });
  }

  /// The groups, of a collective over one axis.
  private static Optional<LaneGroups> groups(Elaboration e, Intrinsic.Args args) {
    return args.get("axis_index_groups") == Val.NONE
        ? Optional.empty()
        : LaneGroups.of(e, args, lane(e, args));
  }

  /// A static number is on each lane the same: `psum(1, "i")` is the number of lanes.
  private static Val sum(Elaboration e, Intrinsic.Args args) {
    if (args.get("x") instanceof Val.Int(var one) && one.equals(BigInteger.ONE)) {
      return Val.of(groups(e, args).map(LaneGroups::size).orElseGet(() -> count(lanes(e, args))));
    }
    return sums(e, args);
  }

  private static Val sums(Elaboration e, Intrinsic.Args args) {
    return groups(e, args)
        .map(g -> each(e, args, x -> e.emit1(new ReduceSum(List.of(0)), g.members(e, x))))
        .orElseGet(() -> over(e, args, (x, lane) -> e.emit1(new AxisSum(lane.id()), x)));
  }

  private static Dim count(List<Lanes.Lane> lanes) {
    Dim count = Dim.of(1);
    for (Lanes.Lane lane : lanes) {
      count = count.times(lane.size());
    }
    return count;
  }

  private static Val mean(Elaboration e, Intrinsic.Args args) {
    Val count =
        Val.of(groups(e, args).map(LaneGroups::size).orElseGet(() -> count(lanes(e, args))));
    return Trees.map(
        sums(e, args),
        leaf ->
            leaf instanceof Val.Array a
                ? Operators.binary(
                    e,
                    new Operators.Site(BinaryOp.DIVIDE, args.at(), args.at(), args.at()),
                    a,
                    count)
                : leaf);
  }

  private static Val extremum(Elaboration e, Intrinsic.Args args, Extremum which) {
    var monoid = which == Extremum.MAXIMUM ? Reduce.Monoid.MAX : Reduce.Monoid.MIN;
    return groups(e, args)
        .map(g -> each(e, args, x -> e.emit1(new Reduce(monoid, List.of(0)), g.members(e, x))))
        .orElseGet(
            () -> over(e, args, (x, lane) -> e.emit1(new AxisExtremum(which, lane.id()), x)));
  }

  /// The number of the lane; over several axes the last counts fastest.
  private static Val index(Elaboration e, Intrinsic.Args args) {
    Val number = null;
    for (Lanes.Lane lane : lanes(e, args)) {
      Val own = e.emit(new AxisIndex(lane.id()), List.of()).getFirst();
      if (number == null) {
        number = own;
      } else {
        var site = new Operators.Site(BinaryOp.MULTIPLY, args.at(), args.at(), args.at());
        Val scaled = Operators.binary(e, site, number, Val.of(lane.size()));
        number =
            Operators.binary(
                e, new Operators.Site(BinaryOp.ADD, args.at(), args.at(), args.at()), scaled, own);
      }
    }
    return number;
  }

  private static Val gather(Elaboration e, Intrinsic.Args args) {
    var lane = lane(e, args);
    var groups = groups(e, args);
    boolean tiled = Statics.flag(e, args, "tiled");
    return each(
        e,
        args,
        x -> {
          int at = Statics.axis(e, args, "axis", tiled ? x.rank() : x.rank() + 1);
          Val.Array all =
              groups.isPresent()
                  ? groups.get().members(e, x)
                  : e.emit1(new AxisGather(lane.id(), lane.size()), x);
          Val.Array moved = moved(e, all, 0, at);
          return tiled ? merged(e, moved, at) : moved;
        });
  }

  private static Val exchange(Elaboration e, Intrinsic.Args args) {
    var lane = lane(e, args);
    boolean tiled = Statics.flag(e, args, "tiled");
    return each(
        e,
        args,
        x -> {
          int split = Statics.axis(e, args, "split_axis", x.rank());
          int concat = Statics.axis(e, args, "concat_axis", x.rank());
          // Tiled, the parts that were got stand before the dimension that they are joined along.
          Val.Array out = exchanged(e, args, x, lane, split, concat, tiled);
          return tiled ? merged(e, out, concat) : out;
        });
  }

  /// Each lane's part of every lane's array, along a new axis.
  private static Val.Array exchanged(
      Elaboration e,
      Intrinsic.Args args,
      Val.Array x,
      Lanes.Lane lane,
      int split,
      int concat,
      boolean tiled) {
    Optional<LaneGroups> groups = groups(e, args);
    if (groups.isPresent()) {
      Val.Array parts = parts(e, args, x, split, groups.get().size(), tiled);
      Val.Array all = groups.get().members(e, parts);
      return moved(e, groups.get().own(e, all, split + 1), 0, concat);
    }
    Val.Array parts = parts(e, args, x, split, lane.size(), tiled);
    return e.emit1(new AxisExchange(lane.id(), lane.size(), split, concat), parts);
  }

  /// The sum over all lanes, of which each keeps its part.
  private static Val scatter(Elaboration e, Intrinsic.Args args) {
    var lane = lane(e, args);
    boolean tiled = Statics.flag(e, args, "tiled");
    return each(
        e,
        args,
        x -> {
          int split = Statics.axis(e, args, "scatter_dimension", x.rank());
          Val.Array out = exchanged(e, args, x, lane, split, 0, tiled);
          return e.emit1(new ReduceSum(List.of(0)), out);
        });
  }

  /// The array with a dimension that counts parts, one a lane: there already, or cut off.
  private static Val.Array parts(
      Elaboration e, Intrinsic.Args args, Val.Array x, int split, Dim count, boolean tiled) {
    Dim size = x.type().dim(split);
    boolean fits =
        tiled
            ? size.floorMod(count).equalTo(Dim.of(0)) != Dim.Truth.NO
            : size.equalTo(count) != Dim.Truth.NO;
    if (!fits) {
      throw e.fault(
          Diagnostic.error(
                  Code.SIZES_DIFFER,
                  args.span("x"),
                  "`"
                      + args.function()
                      + "` over "
                      + count
                      + " copies splits axis "
                      + split
                      + " of "
                      + x.type())
              .help(
                  tiled
                      ? "the number of copies divides the size there"
                      : "the size there is the number of copies, or `tiled = true`"));
    }
    if (!tiled) {
      return x;
    }
    var dims = new ArrayList<>(x.type().dims());
    dims.set(split, size.floorDiv(count));
    dims.add(split, count);
    return e.emit1(new Reshape(dims), x);
  }

  private static Val.Array moved(Elaboration e, Val.Array x, int from, int to) {
    if (from == to) {
      return x;
    }
    var order = new ArrayList<Integer>();
    for (int i = 0; i < x.rank(); i++) {
      order.add(i);
    }
    order.add(to, order.remove(from));
    return e.emit1(new Transpose(order), x);
  }

  /// The array with a dimension and the next one as one.
  private static Val.Array merged(Elaboration e, Val.Array x, int at) {
    ArrayType type = x.type();
    var dims = new ArrayList<>(type.dims());
    dims.set(at, dims.get(at).times(dims.remove(at + 1)));
    return e.emit1(new Reshape(dims), x);
  }

  /// `perm` is a tuple of pairs (from, to).
  private static Val permute(Elaboration e, Intrinsic.Args args) {
    var lane = lane(e, args);
    int size = (int) e.size(lane.size());
    var source = new ArrayList<>(Collections.nCopies(size, -1));
    List<Val> pairs = args.get("perm") instanceof Val.Tuple(var items) ? items : List.of(Val.NONE);
    for (Val pair : pairs) {
      boolean fits =
          pair instanceof Val.Tuple(var ends)
              && ends.size() == 2
              && ends.stream()
                  .allMatch(
                      end ->
                          end instanceof Val.Int(var n)
                              && n.signum() >= 0
                              && n.compareTo(BigInteger.valueOf(size)) < 0);
      if (!fits) {
        throw permutation(e, args, size, Trees.describe(pair) + " is not a pair (from, to)");
      }
      List<Val> ends = ((Val.Tuple) pair).items();
      int from = ((Val.Int) ends.get(0)).value().intValue();
      int to = ((Val.Int) ends.get(1)).value().intValue();
      if (source.get(to) >= 0 || source.contains(from)) {
        throw permutation(e, args, size, "a copy sends or gets twice in " + Trees.describe(pair));
      }
      source.set(to, from);
    }
    return each(e, args, x -> e.emit1(new AxisPermute(lane.id(), lane.size(), source), x));
  }

  private static Fault permutation(Elaboration e, Intrinsic.Args args, int size, String what) {
    return e.fault(
        Diagnostic.error(Code.BAD_AXES, args.span("perm"), "`perm`: " + what)
            .help("a tuple of pairs (from, to) of numbers from 0 to " + (size - 1)));
  }
}
