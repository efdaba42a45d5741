package org.girih.grammar.elaborate.transform;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.girih.grammar.elaborate.binding.Placing;
import org.girih.grammar.elaborate.core.Derived;
import org.girih.grammar.elaborate.core.Elaboration;
import org.girih.grammar.elaborate.core.Given;
import org.girih.grammar.elaborate.core.Intrinsic;
import org.girih.grammar.elaborate.core.Lanes;
import org.girih.grammar.elaborate.core.Symbol;
import org.girih.grammar.elaborate.core.Trees;
import org.girih.grammar.elaborate.core.Val;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.diagnostic.Diagnostic;
import org.girih.ir.op.MeshMap;
import org.girih.ir.op.Reshape;
import org.girih.ir.op.Shard;
import org.girih.ir.op.Transpose;
import org.girih.ir.source.Span;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.Dim;
import org.girih.ir.type.Mesh;

/// `shard_map(f, in_specs, out_specs)`: f on each device of the mesh, on the parts of its arguments
/// that the device holds. A spec is `P("data", none)`: for each dimension the mesh axis, or the
/// tuple of axes, that splits it. A tree of specs fits a tree of arrays as a prefix.
///
/// An array with split dimensions is cut so that the mesh axes are its leading dimensions, in the
/// order of the mesh, and is mapped over these one by one, the first one outermost ([MeshMap]).
public final class ShardMapping {
  private final Elaboration e;
  private final Val.Made made;
  private final Derived.Arguments args;
  private final Mesh mesh;
  private final List<List<Integer>> inAxes = new ArrayList<>();
  private final List<Shard> outSpecs = new ArrayList<>();
  private Val result;

  private ShardMapping(Elaboration e, Val.Made made, Derived.Arguments args) {
    this.e = e;
    this.made = made;
    this.args = args;
    this.mesh = e.mesh();
  }

  static Val apply(Elaboration e, Val.Made made, Derived.Arguments args) {
    return new ShardMapping(e, made, args).apply();
  }

  /// `P("data", none)` as a value.
  public static Val spec(Elaboration e, Intrinsic.Args args) {
    var fields = new TreeMap<String, Val>();
    fields.put("placement", args.get("axes"));
    return new Val.Record(fields);
  }

  private Val apply() {
    if (mesh.axes().isEmpty()) {
      throw e.fault(
          Diagnostic.error(Code.BAD_MESH, args.at(), "`shard_map` without a mesh")
              .help("the program says what devices there are: `mesh (data = 4)`"));
    }
    for (Mesh.Axis axis : mesh.axes()) {
      if (e.lanes().find(axis.name()).isPresent()) {
        throw e.fault(
            Code.BAD_AXES,
            args.at(),
            "`shard_map` inside of an axis that is called `" + axis.name() + "` too");
      }
    }
    List<Given> given = args.positional();
    Val specs = made.option(0);
    if (!isSpec(specs)
        && !(specs instanceof Val.None)
        && !(specs instanceof Val.Tuple(var items) && items.size() == given.size())) {
      throw e.fault(
          Diagnostic.error(
                  Code.BAD_AXES,
                  args.at(),
                  "`in_specs` " + Trees.describe(specs) + " for " + given.size() + " arguments")
              .help("one entry an argument: `P(…)`, or a tree of these"));
    }
    var xs = new ArrayList<Val.Array>();
    for (int i = 0; i < given.size(); i++) {
      Given arg = given.get(i);
      walk(
          arg.val(),
          entry(specs, i),
          arg.at(),
          "in_specs",
          (leaf, spec) -> {
            if (leaf instanceof Val.Array a && a.key() == null) {
              Shard shard = shard(spec, a.type(), arg.at());
              e.at(arg.at());
              inAxes.add(axes(shard));
              xs.add(e.placing(() -> cut(a, shard)));
            }
            return leaf;
          });
    }
    List<Val.Array> results = level(0, xs);
    e.at(args.at());
    var whole = new ArrayList<Val.Array>();
    for (int i = 0; i < results.size(); i++) {
      Val.Array part = results.get(i);
      Shard spec = outSpecs.get(i);
      whole.add(e.placing(() -> joined(part, spec)));
    }
    return Trees.fill(result, whole.iterator());
  }

  private static boolean isSpec(Val val) {
    return val instanceof Val.Record(var fields)
        && fields.size() == 1
        && fields.get("placement") instanceof Val.Tuple;
  }

  private static Val entry(Val specs, int argument) {
    return specs instanceof Val.Tuple(var items) ? items.get(argument) : specs;
  }

  /// Combines a value with what a spec states of each leaf.
  private Val walk(Val val, Val spec, Span at, String what, BiFunction<Val, Val, Val> leaf) {
    if (isSpec(spec) || spec instanceof Val.None) {
      return Trees.map(val, each -> leaf.apply(each, spec));
    }
    if (spec instanceof Val.Tuple(var items)
        && val instanceof Val.Tuple(var own)
        && own.size() == items.size()) {
      var out = new ArrayList<Val>();
      for (int i = 0; i < items.size(); i++) {
        out.add(walk(own.get(i), items.get(i), at, what, leaf));
      }
      return new Val.Tuple(out);
    }
    if (spec instanceof Val.Record(var fields)
        && val instanceof Val.Record(var own)
        && own.keySet().equals(fields.keySet())) {
      var out = new TreeMap<String, Val>();
      own.forEach((name, field) -> out.put(name, walk(field, fields.get(name), at, what, leaf)));
      return new Val.Record(out);
    }
    throw e.fault(
        Diagnostic.error(
                Code.BAD_AXES,
                at,
                "`" + what + "` " + Trees.describe(spec) + " does not fit " + Trees.describe(val))
            .help("an entry is `P(…)`, or a tree like the argument"));
  }

  /// Returns what a spec states of an array of this type.
  private Shard shard(Val spec, ArrayType type, Span at) {
    List<Val> entries =
        spec instanceof Val.Record(var fields)
            ? ((Val.Tuple) fields.get("placement")).items()
            : List.of();
    if (entries.size() > type.rank()) {
      throw e.fault(Code.BAD_AXES, at, "a spec of " + entries.size() + " dimensions for " + type);
    }
    var used = new ArrayList<Integer>();
    var split = new ArrayList<List<Integer>>();
    for (int i = 0; i < type.rank(); i++) {
      Val entry = i < entries.size() ? entries.get(i) : Val.NONE;
      List<Val> names =
          entry instanceof Val.None
              ? List.of()
              : entry instanceof Val.Tuple(var items) ? items : List.of(entry);
      var axes = new ArrayList<Integer>();
      for (Val name : names) {
        if (!(name instanceof Val.Str(var text))) {
          throw e.fault(
              Code.BAD_AXES,
              at,
              "an entry of `P` is a mesh axis, a tuple of such or `none`, not "
                  + Trees.describe(entry));
        }
        axes.add(Placing.axis(e, mesh, text, at, used));
        used.add(axes.getLast());
      }
      Placing.divides(e, mesh, axes, type, i, at);
      split.add(axes);
    }
    return new Shard(mesh.sizes(), split, List.of());
  }

  /// The mesh axes that split anything, ascending.
  private static List<Integer> axes(Shard shard) {
    return shard.split().stream().flatMap(List::stream).sorted().toList();
  }

  private Dim size(int axis) {
    return Dim.of(mesh.axes().get(axis).size());
  }

  /// Splits dimensions into mesh axes and the rest, and brings the mesh axes to the front.
  private Val.Array cut(Val.Array whole, Shard shard) {
    Val.Array placed = e.emit1(shard, whole);
    List<Integer> axes = axes(shard);
    if (axes.isEmpty()) {
      return placed;
    }
    var dims = new ArrayList<Dim>();
    int[] at = new int[mesh.axes().size()];
    var rest = new ArrayList<Integer>();
    for (int i = 0; i < shard.split().size(); i++) {
      for (int axis : shard.split().get(i)) {
        at[axis] = dims.size();
        dims.add(size(axis));
      }
      rest.add(dims.size());
      dims.add(whole.type().dim(i).floorDiv(Dim.of(shard.parts(i))));
    }
    var order = new ArrayList<Integer>();
    axes.forEach(axis -> order.add(at[axis]));
    order.addAll(rest);
    Val.Array cut = e.emit1(new Transpose(order), e.emit1(new Reshape(dims), placed));
    return e.emit1(leading(axes, cut.rank()), cut);
  }

  /// The placement of an array whose leading dimensions are mesh axes.
  private Shard leading(List<Integer> axes, int rank) {
    return new Shard(
        mesh.sizes(),
        IntStream.range(0, rank)
            .mapToObj(i -> i < axes.size() ? List.of(axes.get(i)) : List.<Integer>of())
            .toList(),
        List.of());
  }

  /// Undoes [#cut].
  private Val.Array joined(Val.Array cut, Shard shard) {
    List<Integer> axes = axes(shard);
    if (axes.isEmpty()) {
      return e.emit1(shard, cut);
    }
    Val.Array placed = e.emit1(leading(axes, cut.rank()), cut);
    var order = new ArrayList<Integer>();
    var dims = new ArrayList<Dim>();
    for (int i = 0; i < shard.split().size(); i++) {
      shard.split().get(i).forEach(axis -> order.add(axes.indexOf(axis)));
      order.add(axes.size() + i);
      dims.add(cut.type().dim(axes.size() + i).times(shard.parts(i)));
    }
    Val.Array joined = e.emit1(new Reshape(dims), e.emit1(new Transpose(order), placed));
    return e.emit1(shard, joined);
  }

  /// Maps over the mesh axes from this one on.
  private List<Val.Array> level(int axis, List<Val.Array> xs) {
    if (axis == mesh.axes().size()) {
      return body(xs);
    }
    int lane = e.lanes().fresh();
    var in = new ArrayList<Integer>();
    var types = new ArrayList<ArrayType>();
    for (int i = 0; i < xs.size(); i++) {
      boolean mapped = inAxes.get(i).contains(axis);
      ArrayType type = xs.get(i).type();
      in.add(mapped ? 0 : -1);
      types.add(mapped ? type.withDims(type.dims().subList(1, type.rank())) : type);
    }
    ClosureFunction traced =
        ClosureFunction.lanes(
            e,
            ClosureFunction.name(made),
            new Symbol.Iteration(Symbol.Kind.MAPPED, size(axis).known()),
            xs,
            in,
            types,
            params ->
                e.lanes()
                    .with(
                        mesh.axes().get(axis).name(),
                        new Lanes.Lane(lane, size(axis)),
                        () -> new Val.Tuple(List.copyOf(level(axis + 1, params)))));
    e.at(args.at());
    var leading = new ArrayList<Integer>();
    traced.captured().forEach(_ -> leading.add(-1));
    leading.addAll(in);
    List<Integer> out = outSpecs.stream().map(spec -> axes(spec).contains(axis) ? 0 : -1).toList();
    return out.isEmpty()
        ? List.of()
        : e.emit(new MeshMap(traced.ref(), size(axis), leading, out, lane), traced.operands(xs));
  }

  /// The function itself, on one device.
  private List<Val.Array> body(List<Val.Array> xs) {
    var next = xs.iterator();
    var parts = new ArrayList<Given>();
    for (Given arg : args.positional()) {
      Val part =
          Trees.map(
              arg.val(),
              leaf -> leaf instanceof Val.Array a && a.key() == null ? next.next() : leaf);
      parts.add(new Given(part, arg.at()));
    }
    Val arrays = ClosureFunction.arrays(e, ClosureFunction.apply(e, made, args, parts), args.at());
    walk(
        arrays,
        made.option(1),
        args.at(),
        "out_specs",
        (leaf, spec) -> {
          if (leaf instanceof Val.Array a) {
            outSpecs.add(out(spec, a.type()));
          }
          return leaf;
        });
    result = Trees.skeleton(arrays);
    return Trees.arrays(arrays);
  }

  /// Returns what a spec states of a result, given the type of a device's part.
  private Shard out(Val spec, ArrayType part) {
    var whole = new ArrayList<Dim>();
    List<Val> entries =
        spec instanceof Val.Record(var fields)
            ? ((Val.Tuple) fields.get("placement")).items()
            : List.of();
    // Any size that the axes divide will do: the whole one follows from the part.
    for (int i = 0; i < part.rank(); i++) {
      Dim dim = part.dim(i);
      Val entry = i < entries.size() ? entries.get(i) : Val.NONE;
      for (Val name : entry instanceof Val.Tuple(var items) ? items : List.of(entry)) {
        if (name instanceof Val.Str(var text) && mesh.find(text).isPresent()) {
          dim = dim.times(mesh.axes().get(mesh.find(text).getAsInt()).size());
        }
      }
      whole.add(dim);
    }
    return shard(spec, part.withDims(whole), args.at());
  }
}
