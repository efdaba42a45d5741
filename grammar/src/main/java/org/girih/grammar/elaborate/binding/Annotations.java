package org.girih.grammar.elaborate.binding;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.girih.grammar.ast.Item;
import org.girih.grammar.ast.TypeExpr;
import org.girih.grammar.ast.TypeExpr.DimExpr;
import org.girih.grammar.ast.TypeExpr.SizeExpr;
import org.girih.grammar.elaborate.array.BranchJoin;
import org.girih.grammar.elaborate.array.Operands;
import org.girih.grammar.elaborate.core.ArrayOrigin;
import org.girih.grammar.elaborate.core.Elaboration;
import org.girih.grammar.elaborate.core.Fault;
import org.girih.grammar.elaborate.core.Spelling;
import org.girih.grammar.elaborate.core.SumType;
import org.girih.grammar.elaborate.core.Trees;
import org.girih.grammar.elaborate.core.Val;
import org.girih.grammar.elaborate.core.WayOut;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.diagnostic.Diagnostic;
import org.girih.ir.source.Span;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.Condition;
import org.girih.ir.type.DType;
import org.girih.ir.type.Dim;

/// Types as they are written, held against values.
public final class Annotations {

  private Annotations() {}

  /// Checks a value, binds the sizes that it solves and returns it with its literals as arrays.
  ///
  /// @param what is annotated, for messages: "`x`", "the result"
  public static Val check(
      Elaboration e, TypeExpr type, Val val, Sizes sizes, Span at, String what) {
    if (val instanceof Val.Poison) {
      throw new Fault.Poisoned();
    }
    e.step(1);
    return switch (type) {
      case TypeExpr.TupleType(Span typeAt, var items) -> {
        if (!(val instanceof Val.Tuple(var parts)) || parts.size() != items.size()) {
          throw e.fault(differs(what, type, val, at));
        }
        var out = new ArrayList<Val>();
        for (int i = 0; i < items.size(); i++) {
          out.add(check(e, items.get(i), parts.get(i), sizes, at, what));
        }
        yield new Val.Tuple(out);
      }
      case TypeExpr.OptionalType(_, var inner) ->
          val instanceof Val.None ? val : check(e, inner, val, sizes, at, what);
      case TypeExpr.FunctionType function -> FunctionTypes.check(e, function, val, sizes, at, what);
      case TypeExpr.RecordType(Span typeAt, var fields, boolean open) -> {
        if (!(val instanceof Val.Record(var given)) || !open && given.size() != fields.size()) {
          throw e.fault(differs(what, type, val, at));
        }
        var out = new TreeMap<String, Val>(open ? given : Map.of());
        for (TypeExpr.FieldType field : fields) {
          Val part = given.get(field.name());
          if (part == null) {
            throw e.fault(differs(what, type, val, at));
          }
          out.put(field.name(), check(e, field.type(), part, sizes, at, what));
        }
        yield new Val.Record(out);
      }
      case TypeExpr.NamedType named -> named(e, named, val, sizes, at, what);
    };
  }

  private static Val named(
      Elaboration e, TypeExpr.NamedType named, Val val, Sizes sizes, Span at, String what) {
    if (named.path().equals(List.of("key"))) {
      return keys(e, named, val, sizes, at, what);
    }
    if (sizes.kind(named).isPresent()) {
      Optional<Val> literal = DTypeVariables.literal(e, named, val, sizes, at, what);
      if (literal.isPresent()) {
        return literal.get();
      }
      return array(
          e, named, DTypeVariables.of(e, named, val, sizes, at, what), val, sizes, at, what);
    }
    if (dtype(named).isPresent()) {
      return array(e, named, dtype(named).get(), val, sizes, at, what);
    }
    Optional<SumType> sum = e.sumType(named.path(), sizes.file());
    if (sum.isPresent()) {
      return SumTypes.check(e, named, sum.get(), val, sizes, at, what);
    }
    Optional<StaticKind> kind = StaticKind.of(named);
    if (kind.isPresent() && e.typeDef(named.path(), sizes.file()).isEmpty()) {
      if (!kind.get().has(val)) {
        boolean array = !Trees.isStatic(val);
        var diagnostic =
            Diagnostic.error(
                    !array ? Code.ANNOTATION_DIFFERS : Code.NOT_STATIC,
                    at,
                    what + " is " + kind.get().what() + ", not " + Trees.describe(val))
                .label(named.span(), "annotated here");
        throw e.fault(
            array
                ? ArrayOrigin.shown(diagnostic, val)
                    .help("it must be known at compile time; an array is known in the run only")
                : diagnostic);
      }
      return val;
    }
    return check(e, expand(e, named, sizes), val, sizes, at, what);
  }

  public static Optional<DType> dtype(TypeExpr.NamedType named) {
    return named.path().size() == 1 ? DType.of(named.path().getFirst()) : Optional.empty();
  }

  private static Val array(
      Elaboration e,
      TypeExpr.NamedType type,
      DType dtype,
      Val val,
      Sizes sizes,
      Span at,
      String what) {
    List<DimExpr> dims = type.dims().orElse(List.of());
    Val.Array array =
        switch (val) {
          case Val.Array a when !a.weak() -> a;
          case Val.Array a -> BranchJoin.leaf(e, a, a.type().withDType(dtype), false, at);
          case Val.Num number when dtype.numeric() -> {
            if (number instanceof Val.Real && !dtype.inexact()) {
              throw e.fault(differs(what, type, val, at));
            }
            e.at(at);
            yield Operands.constant(e, number, dtype, at);
          }
          case Val.Bool b when dtype.isBool() -> Operands.array(e, b, at);
          case Val _ -> throw e.fault(differs(what, type, val, at));
        };
    if (array.dtype() != dtype) {
      throw e.fault(
          differs(what, type, array, at).help("convert: `" + dtype.text() + "(" + "…" + ")`"));
    }
    dims(e, dims, array.type(), sizes, () -> differs(what, type, array, at));
    return Placing.place(e, dims, array, at, what);
  }

  /// Holds dims as written against a type, and binds the sizes that they solve.
  ///
  /// @param differs what is reported if they do not fit
  static void dims(
      Elaboration e,
      List<DimExpr> dims,
      ArrayType type,
      Sizes sizes,
      java.util.function.Supplier<Diagnostic> differs) {
    int rest = -1;
    for (int i = 0; i < dims.size(); i++) {
      if (dims.get(i) instanceof DimExpr.Rest) {
        if (rest >= 0) {
          throw e.fault(Code.BAD_RANK, dims.get(i).span(), "`...` is repeated in a type");
        }
        rest = i;
      }
    }
    boolean fits = rest < 0 ? dims.size() == type.rank() : dims.size() - 1 <= type.rank();
    if (!fits) {
      throw e.fault(differs.get());
    }
    int skipped = type.rank() - (dims.size() - 1);
    int axis = 0;
    for (DimExpr dim : dims) {
      switch (dim) {
        case DimExpr.Rest(_, var name) -> {
          List<Dim> run = type.dims().subList(axis, axis + skipped);
          name.ifPresent(n -> run(e, n, run, sizes, differs));
          axis += skipped;
        }
        case DimExpr.Dim(_, var size, _) -> {
          int position = axis++;
          Dim actual = type.dim(position);
          sizes.meet(
              e,
              size,
              actual,
              asked ->
                  differs
                      .get()
                      .primary("axis " + position + " has size " + actual + ", not " + asked));
        }
      }
    }
  }

  /// Binds a name to a run of sizes, or compares the run that it is bound to.
  private static void run(
      Elaboration e,
      String name,
      List<Dim> actual,
      Sizes sizes,
      java.util.function.Supplier<Diagnostic> differs) {
    Optional<List<Dim>> known = sizes.run(name);
    if (known.isEmpty()) {
      sizes.bindRun(name, actual);
      return;
    }
    boolean fits = known.get().size() == actual.size();
    for (int i = 0; fits && i < actual.size(); i++) {
      switch (known.get().get(i).equalTo(actual.get(i))) {
        case YES -> {}
        case NO -> fits = false;
        case UNKNOWN -> e.condition(Condition.equal(known.get().get(i), actual.get(i)));
      }
    }
    if (!fits) {
      throw e.fault(
          differs.get().primary("its leading sizes are " + actual + ", not " + known.get()));
    }
  }

  /// `key` and `key[n]`.
  private static Val keys(
      Elaboration e, TypeExpr.NamedType type, Val val, Sizes sizes, Span at, String what) {
    List<DimExpr> dims = type.dims().orElse(List.of());
    if (!(val instanceof Val.Array array && array.key() != null)) {
      throw e.fault(differs(what, type, val, at).help("`random.key(0)` makes a key from a number"));
    }
    if (array.rank() - 1 != dims.size()) {
      var differs = differs(what, type, val, at);
      throw e.fault(dims.isEmpty() ? differs.help("go over them: `vmap(k -> …)(keys)`") : differs);
    }
    for (int i = 0; i < dims.size(); i++) {
      Dim actual = ((Val.Array) val).type().dim(i);
      int axis = i;
      if (dims.get(i) instanceof DimExpr.Dim(_, var size, _)) {
        sizes.meet(
            e,
            size,
            actual,
            asked ->
                differs(what, type, val, at)
                    .primary("axis " + axis + " has size " + actual + ", not " + asked));
      }
    }
    return val;
  }

  static String text(TypeExpr type) {
    return type.span().text().replaceAll("\\s+", " ");
  }

  static Diagnostic differs(String what, TypeExpr type, Val val, Span at) {
    return differs(what, type, "", val, at);
  }

  /// @param where what the names of the type are, for messages
  static Diagnostic differs(String what, TypeExpr type, String where, Val val, Span at) {
    String due = text(type).equals("key") ? "a key" : "`" + text(type) + "`" + where;
    String got = Trees.describe(val);
    // Nobody has seen what the library's files say of their parameters.
    String message =
        type.span().source().isLibrary()
            ? what + " takes " + due + ", not " + got
            : what + " is annotated " + due + ", and is " + got;
    return Diagnostic.error(Code.ANNOTATION_DIFFERS, at, message)
        .label(type.span(), "annotated here");
  }

  /// Returns the type that a named one means, its sizes put in.
  public static TypeExpr expand(Elaboration e, TypeExpr.NamedType named, Sizes sizes) {
    String name = String.join(".", named.path());
    Item.TypeDef def =
        e.typeDef(named.path(), sizes.file())
            .orElseThrow(
                () -> {
                  var diagnostic =
                      Diagnostic.error(
                          Code.UNKNOWN_TYPE, named.span(), "unknown type `" + name + "`");
                  return e.fault(
                      WayOut.ofType(diagnostic, named.span(), named.path())
                          .or(
                              () ->
                                  Spelling.nearest(
                                          name,
                                          java.util.Arrays.stream(DType.values()).map(DType::text))
                                      .map(n -> WayOut.near(diagnostic, named.span(), n)))
                          .orElse(diagnostic));
                });
    List<DimExpr> given = named.dims().orElse(List.of());
    if (given.size() != def.sizes().size()
        || !given.stream().allMatch(DimExpr.Dim.class::isInstance)) {
      throw e.fault(
          Diagnostic.error(
                  Code.UNKNOWN_TYPE,
                  named.span(),
                  "`" + name + "` takes " + def.sizes().size() + " sizes, not " + given.size())
              .label(def.span(), "defined here"));
    }
    var values = new HashMap<String, SizeExpr>();
    for (int i = 0; i < given.size(); i++) {
      values.put(def.sizes().get(i), ((DimExpr.Dim) given.get(i)).size());
    }
    return e.call(
        named.span(), "type " + name, () -> "type " + name, () -> substitute(def.type(), values));
  }

  static TypeExpr substitute(TypeExpr type, Map<String, SizeExpr> values) {
    return switch (type) {
      case TypeExpr.NamedType(Span at, var path, var dims) ->
          new TypeExpr.NamedType(
              at, path, dims.map(all -> all.stream().map(d -> substitute(d, values)).toList()));
      case TypeExpr.TupleType(Span at, var items) ->
          new TypeExpr.TupleType(at, items.stream().map(i -> substitute(i, values)).toList());
      case TypeExpr.RecordType(Span at, var fields, boolean open) ->
          new TypeExpr.RecordType(
              at,
              fields.stream()
                  .map(
                      f -> new TypeExpr.FieldType(f.span(), f.name(), substitute(f.type(), values)))
                  .toList(),
              open);
      case TypeExpr.FunctionType(Span at, var params, var result) ->
          new TypeExpr.FunctionType(
              at,
              params.stream().map(p -> substitute(p, values)).toList(),
              substitute(result, values));
      case TypeExpr.OptionalType(Span at, var inner) ->
          new TypeExpr.OptionalType(at, substitute(inner, values));
    };
  }

  private static DimExpr substitute(DimExpr dim, Map<String, SizeExpr> values) {
    return switch (dim) {
      case DimExpr.Rest rest -> rest;
      case DimExpr.Dim(Span at, var size, var axes) ->
          new DimExpr.Dim(at, substitute(size, values), axes);
    };
  }

  private static SizeExpr substitute(SizeExpr size, Map<String, SizeExpr> values) {
    return switch (size) {
      case SizeExpr.SizeName(_, var path)
          when path.size() == 1 && values.containsKey(path.getFirst()) ->
          values.get(path.getFirst());
      case SizeExpr.SizeBinary(Span at, var op, var left, var right) ->
          new SizeExpr.SizeBinary(at, op, substitute(left, values), substitute(right, values));
      case SizeExpr.Any _, SizeExpr.SizeName _, SizeExpr.SizeInt _ -> size;
    };
  }

  /// Returns whether a type places anything on the mesh.
  public static boolean places(TypeExpr type) {
    return switch (type) {
      case TypeExpr.NamedType(_, _, var dims) ->
          dims.orElse(List.of()).stream()
              .anyMatch(d -> d instanceof DimExpr.Dim dim && !dim.axes().isEmpty());
      case TypeExpr.TupleType(_, var items) -> items.stream().anyMatch(Annotations::places);
      case TypeExpr.RecordType(_, var fields, _) -> fields.stream().anyMatch(f -> places(f.type()));
      case TypeExpr.FunctionType _ -> false;
      case TypeExpr.OptionalType(_, var inner) -> places(inner);
    };
  }
}
