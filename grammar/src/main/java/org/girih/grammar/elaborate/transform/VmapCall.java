package org.girih.grammar.elaborate.transform;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;
import org.girih.grammar.elaborate.binding.Placing;
import org.girih.grammar.elaborate.core.Derived;
import org.girih.grammar.elaborate.core.Elaboration;
import org.girih.grammar.elaborate.core.Given;
import org.girih.grammar.elaborate.core.Lanes;
import org.girih.grammar.elaborate.core.Symbol;
import org.girih.grammar.elaborate.core.Trees;
import org.girih.grammar.elaborate.core.Val;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.diagnostic.Diagnostic;
import org.girih.ir.op.Shard;
import org.girih.ir.op.Vmap;
import org.girih.ir.source.Span;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.Dim;

/// `vmap`: a function on slices of its arguments, its results stacked. What is not mapped, static
/// values and functions among it, is captured.
final class VmapCall {
  private VmapCall() {}

  /// An array that is mapped.
  private record Mapped(Val.Array array, int axis, int argument, Span at) {}

  static Val vmap(Elaboration e, Val.Made made, Derived.Arguments args) {
    return map(e, made, args, false);
  }

  /// `pmap`: lanes that lie on the devices of the mesh, one on each. Without a mesh there are as
  /// many devices as lanes.
  static Val pmap(Elaboration e, Val.Made made, Derived.Arguments args) {
    return map(e, made, args, true);
  }

  private static Val map(Elaboration e, Val.Made made, Derived.Arguments args, boolean devices) {
    Val inAxes = made.option(0);
    List<Given> given = args.positional();
    if (inAxes instanceof Val.Tuple(var items) && items.size() != given.size()) {
      throw e.fault(
          Diagnostic.error(
                  Code.BAD_AXES,
                  args.at(),
                  "`in_axes` has "
                      + items.size()
                      + " entries for "
                      + given.size()
                      + " positional arguments")
              .help("one entry an argument: a number, `none`, or a tree of these"));
    }
    var mapped = new ArrayList<Mapped>();
    for (int i = 0; i < given.size(); i++) {
      int argument = i;
      Given arg = given.get(i);
      walk(
          e,
          arg.val(),
          axes(inAxes, i),
          new Place(i, arg.at(), ""),
          (array, axis) -> {
            mapped.add(new Mapped(array, axis, argument, arg.at()));
            return array;
          });
    }
    Dim size = size(e, args.at(), mapped);
    int lane = e.lanes().fresh();
    String axisName = made.option(2) instanceof Val.Str(var text) ? text : null;
    Optional<List<Integer>> places =
        devices ? Placing.copies(e, args.at(), axisName, size) : Optional.empty();
    var types = new ArrayList<ArrayType>();
    for (Mapped each : mapped) {
      var dims = new ArrayList<>(each.array.type().dims());
      dims.remove(each.axis);
      types.add(each.array.type().withDims(dims));
    }
    ClosureFunction traced =
        ClosureFunction.lanes(
            e,
            ClosureFunction.name(made),
            new Symbol.Iteration(Symbol.Kind.MAPPED, size.known()),
            mapped.stream().map(Mapped::array).toList(),
            mapped.stream().map(Mapped::axis).toList(),
            types,
            params -> {
              var next = params.iterator();
              var slices = new ArrayList<Given>();
              for (int i = 0; i < given.size(); i++) {
                Given arg = given.get(i);
                var place = new Place(i, arg.at(), "");
                slices.add(
                    new Given(
                        walk(e, arg.val(), axes(inAxes, i), place, (_, _) -> next.next()),
                        arg.at()));
              }
              return e.lanes()
                  .with(
                      axisName,
                      new Lanes.Lane(lane, size),
                      () ->
                          ClosureFunction.arrays(
                              e, ClosureFunction.apply(e, made, args, slices), args.at()));
            });
    e.at(args.at());
    var in = new ArrayList<Integer>();
    traced.captured().forEach(_ -> in.add(-1));
    mapped.forEach(m -> in.add(m.axis));
    List<Integer> out = outAxes(e, args.at(), traced.result(), made.option(1));
    if (out.isEmpty() && !e.hasEffect(traced.ref())) {
      return traced.result();
    }
    var operands =
        traced.operands(
            mapped.stream()
                .map(m -> places.map(p -> placed(e, m.array, m.axis, p)).orElse(m.array))
                .toList());
    var results = new ArrayList<>(e.emit(new Vmap(traced.ref(), size, in, out, lane), operands));
    for (int i = 0; i < out.size() && places.isPresent(); i++) {
      results.set(i, placed(e, results.get(i), out.get(i), places.get()));
    }
    return traced.stacked(e, results, out);
  }

  /// The array with its lanes on the devices along some axes of the mesh, and each lane whole; an
  /// array without lanes whole on each device.
  private static Val.Array placed(Elaboration e, Val.Array array, int axis, List<Integer> places) {
    var split = new ArrayList<List<Integer>>();
    for (int i = 0; i < array.rank(); i++) {
      split.add(i == axis ? places : List.of());
    }
    return e.emit1(new Shard(e.mesh().sizes(), split, List.of()), array);
  }

  private static Val axes(Val inAxes, int argument) {
    return inAxes instanceof Val.Tuple(var items) ? items.get(argument) : inAxes;
  }

  /// A part of an argument.
  private record Place(int argument, Span at, String path) {
    Place inner(String name) {
      return new Place(argument, at, path.isEmpty() ? name : path + "." + name);
    }

    @Override
    public String toString() {
      return "argument " + argument + (path.isEmpty() ? "" : " at `" + path + "`");
    }
  }

  /// The argument with its mapped arrays replaced. Functions are not looked into.
  private static Val walk(
      Elaboration e, Val val, Val axes, Place place, BiFunction<Val.Array, Integer, Val> leaf) {
    return switch (axes) {
      case Val.None _ -> val;
      case Val.Int(var number) ->
          Trees.mapPaths(
              val,
              place.path,
              (path, each) ->
                  each instanceof Val.Array a
                      ? leaf.apply(
                          a,
                          axis(e, a, number.longValue(), new Place(place.argument, place.at, path)))
                      : each);
      case Val.Tuple(var items)
          when val instanceof Val.Tuple(var own) && own.size() == items.size() -> {
        var out = new ArrayList<Val>();
        for (int i = 0; i < items.size(); i++) {
          out.add(walk(e, own.get(i), items.get(i), place.inner("" + i), leaf));
        }
        yield new Val.Tuple(out);
      }
      case Val.Record(var fields)
          when val instanceof Val.Record(var own) && own.keySet().equals(fields.keySet()) -> {
        var out = new TreeMap<String, Val>();
        own.forEach(
            (name, field) ->
                out.put(name, walk(e, field, fields.get(name), place.inner(name), leaf)));
        yield new Val.Record(out);
      }
      case Val other ->
          throw e.fault(
              Diagnostic.error(
                      Code.BAD_AXES,
                      place.at,
                      "`in_axes` "
                          + Trees.describe(other)
                          + " does not fit "
                          + place
                          + ": "
                          + Trees.describe(val))
                  .help("an entry is a number, `none`, or a tree like the argument"));
    };
  }

  private static int axis(Elaboration e, Val.Array array, long axis, Place place) {
    int rank = array.key() == null ? array.rank() : array.rank() - 1;
    if (axis < -rank || axis >= rank) {
      throw e.fault(
          Diagnostic.error(
                  Code.BAD_AXES,
                  place.at,
                  place + " is mapped over axis " + axis + ", and is " + array.type())
              .help(
                  rank == 0
                      ? "`in_axes = none` shares an argument between lanes"
                      : "it has axes 0 to " + (rank - 1)));
    }
    return (int) (axis < 0 ? axis + rank : axis);
  }

  private static Dim size(Elaboration e, Span at, List<Mapped> mapped) {
    if (mapped.isEmpty()) {
      throw e.fault(
          Diagnostic.error(Code.BAD_AXES, at, "`vmap` of a call without an array that is mapped")
              .help("give at least one argument an axis with `in_axes`"));
    }
    Mapped first = mapped.getFirst();
    Dim size = first.array.type().dim(first.axis);
    for (Mapped each : mapped) {
      Dim other = each.array.type().dim(each.axis);
      if (size.equalTo(other) == Dim.Truth.NO) {
        throw e.fault(
            Diagnostic.error(
                    Code.SIZES_DIFFER,
                    at,
                    "mapped sizes differ: argument "
                        + first.argument
                        + " has "
                        + size
                        + " along axis "
                        + first.axis
                        + ", argument "
                        + each.argument
                        + " has "
                        + other
                        + " along axis "
                        + each.axis)
                .label(first.at, first.array.type().toString())
                .label(each.at, each.array.type().toString()));
      }
    }
    return size;
  }

  /// The place of the new axis in each result; −1 for those that lanes share.
  private static List<Integer> outAxes(Elaboration e, Span at, Val result, Val axes) {
    var out = new ArrayList<Integer>();
    outAxes(e, at, result, axes, out);
    return out;
  }

  private static void outAxes(Elaboration e, Span at, Val result, Val axes, List<Integer> out) {
    switch (axes) {
      case Val.None _ -> ClosureFunction.holes(result).forEach(_ -> out.add(-1));
      case Val.Int(var number) ->
          ClosureFunction.holes(result)
              .forEach(
                  type -> {
                    int rank = type.rank() + 1;
                    long axis = number.longValue();
                    if (axis < -rank || axis >= rank) {
                      throw e.fault(
                          Code.BAD_AXES,
                          at,
                          "`out_axes` " + axis + " for a result of type " + type);
                    }
                    out.add((int) (axis < 0 ? axis + rank : axis));
                  });
      case Val.Tuple(var items)
          when result instanceof Val.Tuple(var own) && own.size() == items.size() -> {
        for (int i = 0; i < items.size(); i++) {
          outAxes(e, at, own.get(i), items.get(i), out);
        }
      }
      case Val.Record(var fields)
          when result instanceof Val.Record(var own) && own.keySet().equals(fields.keySet()) ->
          own.forEach((name, field) -> outAxes(e, at, field, fields.get(name), out));
      case Val other ->
          throw e.fault(
              Code.BAD_AXES,
              at,
              "`out_axes` "
                  + Trees.describe(other)
                  + " does not fit the result "
                  + Trees.describe(result));
    }
  }
}
