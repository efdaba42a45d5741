package org.girih.grammar.elaborate.binding;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.girih.grammar.ast.TypeExpr;
import org.girih.grammar.ast.TypeExpr.DimExpr;
import org.girih.grammar.ast.TypeExpr.SizeExpr;
import org.girih.grammar.elaborate.core.Elaboration;
import org.girih.grammar.elaborate.core.Fault;
import org.girih.grammar.elaborate.core.SumType;
import org.girih.grammar.elaborate.core.Trees;
import org.girih.grammar.elaborate.core.Val;
import org.girih.ir.source.Span;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.DType;
import org.girih.ir.type.Dim;

/// Makes values of types as they are written, for a def that is checked for all sizes and for
/// inputs that come from outside.
public final class AssumedValues {
  /// A part of a parameter costs what this many expressions cost.
  private static final int PART = 50;

  /// What `...` is tried as: a number of axes each. One axis comes first, so that the others are
  /// tried beside it.
  private static final List<Integer> RANKS = List.of(1, 0, 2);

  private static final List<String> RANK_NAMES =
      List.of("`...` of one axis", "`...` empty", "`...` of two axes");

  private AssumedValues() {}

  /// A value of a type with parameters of the function under construction for its arrays: sizes
  /// that are not known become names.
  public static Val make(Elaboration e, TypeExpr type, Sizes sizes) {
    return make(e, type, sizes, hole -> e.trace().param(hole));
  }

  /// Returns whether a type is that of values of the compile time, of which a check knows the
  /// default alone.
  public static boolean isStatic(Elaboration e, TypeExpr type, Sizes sizes) {
    return switch (type) {
      case TypeExpr.NamedType named ->
          sizes.kind(named).isEmpty()
              && StaticKind.of(named).isPresent()
              && e.typeDef(named.path(), sizes.file()).isEmpty();
      case TypeExpr.OptionalType(_, var inner) -> isStatic(e, inner, sizes);
      case TypeExpr.TupleType _, TypeExpr.RecordType _, TypeExpr.FunctionType _ -> false;
    };
  }

  /// The same for what comes from outside; empty where the type leaves open what it is.
  public static Optional<Val> input(Elaboration e, TypeExpr type, Sizes sizes) {
    try {
      Val made = e.in(e.newTrace(), () -> make(e, type, sizes));
      return Trees.any(made, Val.Poison.class::isInstance) ? Optional.empty() : Optional.of(made);
    } catch (Fault.Undecided open) {
      return Optional.empty();
    }
  }

  /// The same with arrays from elsewhere.
  static Val make(Elaboration e, TypeExpr type, Sizes sizes, Function<Val.Hole, Val.Array> arrays) {
    e.step(PART);
    return switch (type) {
      case TypeExpr.TupleType(_, var items) ->
          new Val.Tuple(items.stream().map(i -> make(e, i, sizes, arrays)).toList());
      case TypeExpr.RecordType(_, var fields, _) -> {
        var out = new TreeMap<String, Val>();
        fields.forEach(f -> out.put(f.name(), make(e, f.type(), sizes, arrays)));
        yield new Val.Record(out);
      }
      case TypeExpr.OptionalType(Span at, var inner) ->
          sizes
                      .scenario()
                      .choose(
                          "optional " + at.start(),
                          List.of(
                              Annotations.text(inner) + " given",
                              Annotations.text(inner) + " none"))
                  == 0
              ? make(e, inner, sizes, arrays)
              : Val.NONE;
      case TypeExpr.FunctionType function -> FunctionTypes.make(function, sizes);
      case TypeExpr.NamedType named -> makeNamed(e, named, sizes, arrays);
    };
  }

  private static Val makeNamed(
      Elaboration e, TypeExpr.NamedType named, Sizes sizes, Function<Val.Hole, Val.Array> arrays) {
    boolean key = named.path().equals(List.of("key"));
    Optional<DType> dtype =
        key
            ? Optional.of(DType.U32)
            : sizes
                .kind(named)
                .map(kind -> assumed(named.path().getFirst(), kind, sizes))
                .or(() -> Annotations.dtype(named));
    if (dtype.isEmpty()) {
      Optional<SumType> sum = e.sumType(named.path(), sizes.file());
      if (sum.isPresent()) {
        return SumTypes.make(e, named, sum.get(), sizes, arrays);
      }
      if (StaticKind.of(named).isPresent() && e.typeDef(named.path(), sizes.file()).isEmpty()) {
        return new Val.Poison();
      }
      return make(e, Annotations.expand(e, named, sizes), sizes, arrays);
    }
    var dims = new ArrayList<Dim>();
    List<DimExpr> written = named.dims().orElse(List.of());
    boolean open = false;
    for (int i = 0; i < written.size(); i++) {
      int behind = written.size() - 1 - i;
      switch (written.get(i)) {
        case DimExpr.Rest(_, var name) -> {
          dims.addAll(assumedRun(named.span(), name, behind, sizes));
          open |= name.isEmpty();
        }
        case DimExpr.Dim(Span at, SizeExpr.Any _, _) ->
            dims.add(open ? fromTheEnd(behind + 1) : Dim.name("_" + at.start()));
        case DimExpr.Dim(_, var size, _) -> dims.add(sizes.value(e, size));
      }
    }
    if (key) {
      dims.add(Dim.of(2));
    }
    Val.Array made = arrays.apply(new Val.Hole(new ArrayType(dtype.get(), dims), false, key));
    return Placing.place(e, named.dims().orElse(List.of()), made, named.span(), "this");
  }

  private static DType assumed(String name, DTypeKind kind, Sizes sizes) {
    return sizes
        .dtype(name)
        .orElseGet(
            () -> {
              List<DType> all = kind.dtypes();
              DType chosen =
                  all.get(
                      sizes
                          .scenario()
                          .chooseAlone(
                              "dtype " + name,
                              all.stream().map(t -> name + " = " + t.text()).toList()));
              sizes.bind(name, chosen);
              return chosen;
            });
  }

  /// A size without a name, `place` axes from the end, of a type with `...`. What is assumed of
  /// such types goes together by broadcasting; each call decides whether it does.
  private static Dim fromTheEnd(int place) {
    return Dim.name("_" + place);
  }

  /// `...` as no sizes, one and two, with some sizes behind it.
  private static List<Dim> assumedRun(Span at, Optional<String> name, int behind, Sizes sizes) {
    Optional<List<Dim>> known = name.flatMap(sizes::run);
    if (known.isPresent()) {
      return known.get();
    }
    String base = name.orElse("_" + at.start());
    int rank = RANKS.get(sizes.scenario().chooseAlone("rank " + base, RANK_NAMES));
    var dims = new ArrayList<Dim>();
    for (int i = 0; i < rank; i++) {
      dims.add(name.isPresent() ? Dim.name(base + "_" + i) : fromTheEnd(rank - i + behind));
    }
    name.ifPresent(n -> sizes.bindRun(n, dims));
    return dims;
  }
}
