package org.girih.grammar.elaborate.binding;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.girih.grammar.ast.Expr;
import org.girih.grammar.ast.Item;
import org.girih.grammar.ast.TypeExpr.DimExpr;
import org.girih.grammar.elaborate.core.Elaboration;
import org.girih.grammar.elaborate.core.Scope;
import org.girih.grammar.elaborate.core.Spelling;
import org.girih.grammar.elaborate.core.Trees;
import org.girih.grammar.elaborate.core.Val;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.diagnostic.Diagnostic;
import org.girih.ir.op.Shard;
import org.girih.ir.source.Span;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.Dim;
import org.girih.ir.type.Mesh;

/// The mesh, and what is placed on it: by types, `f32[n @ data, d]`, and by `x as [_ @ data, _]`.
///
/// A dimension without `@` is whole on each device, if another one is split or `as` says so;
/// dimensions that `...` covers are left to the partitioner.
public final class Placing {
  /// More devices than any machine has; their numbers are listed one by one in HLO.
  private static final long MAX_DEVICES = 1 << 16;

  private Placing() {}

  /// The mesh of a program.
  public static Mesh mesh(Elaboration e, Item.Mesh written, Scope scope) {
    var axes = new ArrayList<Mesh.Axis>();
    for (Expr.FieldDef axis : written.axes()) {
      if (axes.stream().anyMatch(a -> a.name().equals(axis.name()))) {
        throw e.fault(
            Diagnostic.error(
                    Code.BAD_MESH,
                    axis.span(),
                    "two axes of the mesh are called `" + axis.name() + "`")
                .help("each axis has a name of its own"));
      }
      Val size = e.eval(axis.value(), scope);
      boolean fits =
          size instanceof Val.Int(var number)
              && number.signum() > 0
              && number.bitLength() < 32
              && number.longValue() <= MAX_DEVICES;
      if (!fits) {
        throw e.fault(
            Diagnostic.error(
                    Code.BAD_MESH,
                    axis.span(),
                    "the size of a mesh axis is a static number from 1 to "
                        + MAX_DEVICES
                        + ", not "
                        + Trees.describe(size))
                .help("`mesh (data = 4, model = 2)`"));
      }
      axes.add(new Mesh.Axis(axis.name(), ((Val.Int) size).value().longValue()));
    }
    long devices =
        axes.stream().mapToLong(Mesh.Axis::size).reduce(1, (a, b) -> Math.min(a * b, 1L << 40));
    if (devices > MAX_DEVICES) {
      throw e.fault(
          Code.BAD_MESH,
          written.span(),
          "a mesh of " + devices + " devices: " + MAX_DEVICES + " are the most");
    }
    return new Mesh(axes);
  }

  /// `x as [_ @ data, _]`.
  public static Val constrain(Elaboration e, Expr.Constrain as, Scope scope) {
    Val val = e.eval(as.base(), scope);
    if (!(val instanceof Val.Array array) || array.key() != null) {
      throw e.fault(
          Diagnostic.error(
                  Code.WRONG_ARGUMENTS,
                  as.base().span(),
                  "`as` places an array, not " + Trees.describe(val))
              .help(
                  "place the arrays of a tree one by one: `tree.map(x -> x as [_ @ data, ...], t)`"));
    }
    var sizes = new Sizes(List.of(), scope);
    Annotations.dims(
        e,
        as.dims(),
        array.type(),
        sizes,
        () ->
            Diagnostic.error(
                    Code.ANNOTATION_DIFFERS,
                    as.base().span(),
                    "this is placed as `"
                        + text(as.span(), as.dims())
                        + "`, and is "
                        + array.type())
                .label(as.dims().getFirst().span(), "placed here"));
    sizes.finish(e);
    e.at(as.span());
    return spec(e, as.dims(), array.type(), true)
        .<Val>map(s -> e.placing(() -> e.emit1(s, array)))
        .orElse(array);
  }

  private static String text(Span whole, List<DimExpr> dims) {
    return whole
        .source()
        .text()
        .substring(dims.getFirst().span().start(), dims.getLast().span().end());
  }

  /// A value that a type places; the same value where its type names no axis.
  ///
  /// @param what is annotated, for messages
  static Val.Array place(Elaboration e, List<DimExpr> dims, Val.Array array, Span at, String what) {
    Optional<Shard> spec = spec(e, dims, array.type(), false);
    if (spec.isEmpty()) {
      return array;
    }
    Optional<Shard> before = e.placement(array);
    if (before.isPresent() && !before.get().equals(spec.get())) {
      throw e.fault(
          Diagnostic.error(
                  Code.PLACEMENTS_DIFFER,
                  at,
                  what
                      + " is to be placed as "
                      + describe(e.mesh(), spec.get())
                      + ", and this is placed as "
                      + describe(e.mesh(), before.get()))
              .label(dims.getFirst().span(), "placed here")
              .help("move it: `x as [" + describe(e.mesh(), spec.get()) + "]`"));
    }
    if (before.isPresent()) {
      return array;
    }
    e.at(at);
    return e.placing(() -> e.emit1(spec.get(), array));
  }

  /// `_ @ data, _`.
  static String describe(Mesh mesh, Shard shard) {
    var parts = new ArrayList<String>();
    for (int i = 0; i < shard.split().size(); i++) {
      var axes = shard.split().get(i).stream().map(a -> mesh.axes().get(a).name()).toList();
      parts.add(
          axes.isEmpty()
              ? shard.open().contains(i) ? "..." : "_"
              : axes.size() == 1
                  ? "_ @ " + axes.getFirst()
                  : "_ @ (" + String.join(", ", axes) + ")");
    }
    return String.join(", ", parts);
  }

  /// Returns what dims state of the placement of an array of that rank; nothing where no axis is
  /// named, unless that is to mean that it is whole everywhere.
  private static Optional<Shard> spec(
      Elaboration e, List<DimExpr> dims, ArrayType type, boolean always) {
    boolean named =
        dims.stream().anyMatch(d -> d instanceof DimExpr.Dim dim && !dim.axes().isEmpty());
    if (!named && !always) {
      return Optional.empty();
    }
    Mesh mesh = e.mesh();
    if (mesh.axes().isEmpty() && !named) {
      return Optional.empty();
    }
    var used = new ArrayList<Integer>();
    var split = new ArrayList<List<Integer>>();
    var open = new ArrayList<Integer>();
    int skipped = type.rank() - (dims.size() - 1);
    for (DimExpr each : dims) {
      switch (each) {
        case DimExpr.Rest _ -> {
          for (int i = 0; i < skipped; i++) {
            open.add(split.size());
            split.add(List.of());
          }
        }
        case DimExpr.Dim(Span at, _, var names) -> {
          var axes = new ArrayList<Integer>();
          for (String name : names) {
            axes.add(axis(e, mesh, name, at, used));
            used.add(axes.getLast());
          }
          divides(e, mesh, axes, type, split.size(), at);
          split.add(axes);
        }
      }
    }
    return open.size() == type.rank()
        ? Optional.empty()
        : Optional.of(new Shard(mesh.sizes(), split, open));
  }

  /// The mesh axes that the copies of a `pmap` lie along: the one of its name, or all. Without a
  /// mesh the first `pmap` makes it.
  ///
  /// @param name what it calls its axis; null for nothing
  /// @return empty while a def is checked for all sizes in a program without devices
  public static Optional<List<Integer>> copies(Elaboration e, Span at, String name, Dim size) {
    long copies = e.size(size);
    if (e.mesh().axes().isEmpty()) {
      if (e.symbolic()) {
        return Optional.empty();
      }
      if (copies < 1 || copies > MAX_DEVICES) {
        throw e.fault(Code.BAD_MESH, at, "`pmap` over " + copies + " copies");
      }
      e.mesh(new Mesh(List.of(new Mesh.Axis(name == null ? "devices" : name, copies))));
    }
    Mesh mesh = e.mesh();
    if (name != null && mesh.find(name).isPresent()) {
      int axis = mesh.find(name).getAsInt();
      if (mesh.axes().get(axis).size() == copies) {
        return Optional.of(List.of(axis));
      }
    }
    if (mesh.devices() != copies) {
      throw e.fault(
          Diagnostic.error(
                  Code.TOO_FEW_DEVICES, at, "`pmap` over " + copies + " copies on the mesh " + mesh)
              .help(
                  "there is one copy a device: map over "
                      + mesh.devices()
                      + ", or name a mesh axis of that size; `vmap` puts many on one device"));
    }
    return Optional.of(java.util.stream.IntStream.range(0, mesh.axes().size()).boxed().toList());
  }

  public static int axis(Elaboration e, Mesh mesh, String name, Span at, List<Integer> used) {
    int axis =
        mesh.find(name)
            .orElseThrow(
                () -> {
                  var names = mesh.axes().stream().map(Mesh.Axis::name);
                  String help =
                      mesh.axes().isEmpty()
                          ? "the program says what devices there are: `mesh (" + name + " = 4)`"
                          : Spelling.nearest(name, names)
                              .map(near -> "did you mean `" + near + "`?")
                              .orElse("the mesh is " + mesh);
                  return e.fault(
                      Diagnostic.error(
                              Code.UNKNOWN_MESH_AXIS,
                              at,
                              mesh.axes().isEmpty()
                                  ? "`@ " + name + "` without a mesh"
                                  : "the mesh has no axis `" + name + "`")
                          .help(help));
                });
    if (used.contains(axis)) {
      throw e.fault(
          Diagnostic.error(
                  Code.MESH_AXIS_TWICE, at, "the mesh axis `" + name + "` splits two dimensions")
              .help("an axis splits one dimension of an array at most"));
    }
    return axis;
  }

  public static void divides(
      Elaboration e, Mesh mesh, List<Integer> axes, ArrayType type, int dimension, Span at) {
    long parts = axes.stream().mapToLong(a -> mesh.axes().get(a).size()).reduce(1, (a, b) -> a * b);
    Dim size = type.dim(dimension);
    if (size.floorMod(Dim.of(parts)).equalTo(Dim.of(0)) == Dim.Truth.NO) {
      String names = String.join(", ", axes.stream().map(a -> mesh.axes().get(a).name()).toList());
      throw e.fault(
          Diagnostic.error(
                  Code.NOT_DIVISIBLE,
                  at,
                  "axis "
                      + dimension
                      + " of "
                      + type
                      + " has size "
                      + size
                      + ", which `"
                      + names
                      + "` with "
                      + parts
                      + " devices does not divide")
              .help("the mesh is " + mesh));
    }
  }
}
