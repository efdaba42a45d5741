package org.girih.grammar.elaborate.program;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.girih.grammar.ast.Item;
import org.girih.grammar.ast.TypeExpr;
import org.girih.grammar.ast.TypeExpr.DimExpr;
import org.girih.grammar.ast.TypeExpr.SizeExpr;
import org.girih.grammar.elaborate.array.Binding;
import org.girih.grammar.elaborate.binding.Annotations;
import org.girih.grammar.elaborate.binding.Scenario;
import org.girih.grammar.elaborate.binding.Sizes;
import org.girih.grammar.elaborate.core.Definition;
import org.girih.grammar.elaborate.core.Elaboration;
import org.girih.grammar.elaborate.core.Fault;
import org.girih.grammar.elaborate.core.FunctionTrace;
import org.girih.grammar.elaborate.core.Scope;
import org.girih.grammar.elaborate.core.Trees;
import org.girih.grammar.elaborate.core.Val;
import org.girih.grammar.elaborate.transform.ClosureFunction;
import org.girih.grammar.plan.Callable;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.DType;
import org.girih.ir.type.Dim;

/// Finds what a def takes and returns, from its annotations; the type of a result without one is
/// that of the def's body, elaborated for all sizes.
public final class Signatures {
  private Signatures() {}

  /// @param trace the host's, in which default values are evaluated
  public static Callable of(Elaboration e, FunctionTrace trace, Definition definition) {
    Item.Def def = definition.def();
    try {
      Optional<String> refusal = refusal(def);
      if (refusal.isPresent()) {
        return refused(def, refusal.get());
      }
      Set<String> names = SymbolicCheck.sizeNames(def);
      Scope scope = definition.scope().inner();
      Sizes sizes = SymbolicCheck.assumed(e, definition, scope, names, new Scenario());
      return e.in(trace, () -> callable(e, definition, names, sizes));
    } catch (Fault fault) {
      return refused(def, fault.diagnostic().message());
    } catch (Fault.Undecided open) {
      return refused(def, "its sizes decide what it gives; annotate its result");
    } catch (Fault.Poisoned poisoned) {
      return refused(def, "it uses what failed");
    }
  }

  private static Callable callable(
      Elaboration e, Definition definition, Set<String> names, Sizes sizes) {
    Item.Def def = definition.def();
    var params = new ArrayList<Callable.Param>();
    for (Item.Param param : def.params()) {
      if (param.init().isEmpty()) {
        Callable.Type type = type(e, param.type().orElseThrow(), sizes, Optional.empty());
        params.add(new Callable.Param(Binding.param(param).name(), type));
      }
    }
    Callable.Type result =
        def.result().isPresent()
            ? type(e, def.result().get(), sizes, Optional.empty())
            : inferred(e, definition, names);
    return new Callable(
        def.name(), def.nameSpan(), def.doc(), params, Optional.of(result), Optional.empty());
  }

  private static Callable.Type inferred(Elaboration e, Definition definition, Set<String> names) {
    var result = new ArrayList<Callable.Type>();
    e.symbolically(
        () -> {
          Val val = SymbolicCheck.body(e, definition, names, new Scenario());
          result.add(type(ClosureFunction.arrays(e, val, definition.def().nameSpan())));
        });
    return result.getFirst();
  }

  private static Callable refused(Item.Def def, String why) {
    return new Callable(
        def.name(), def.nameSpan(), def.doc(), List.of(), Optional.empty(), Optional.of(why));
  }

  private static Optional<String> refusal(Item.Def def) {
    if (def.rule().isPresent()) {
      return Optional.of("it is the derivative of another def");
    }
    for (Item.Param param : def.params()) {
      if (param.rest()) {
        return Optional.of("`*" + Binding.param(param).name() + "` takes any number of arguments");
      }
      if (param.type().isEmpty() && param.init().isEmpty()) {
        return Optional.of("`" + Binding.param(param).name() + "` has no annotation");
      }
    }
    return Optional.empty();
  }

  /// @param name under which the source defines the type
  private static Callable.Type type(
      Elaboration e, TypeExpr type, Sizes sizes, Optional<String> name) {
    return switch (type) {
      case TypeExpr.TupleType(_, var items) ->
          new Callable.Type.Tuple(
              items.stream().map(i -> type(e, i, sizes, Optional.empty())).toList());
      case TypeExpr.OptionalType _ -> throw new Fault.Undecided("whether it is given");
      case TypeExpr.FunctionType _ -> throw new Fault.Undecided("a function");
      case TypeExpr.RecordType(_, var fields, boolean open) -> {
        if (open) {
          throw new Fault.Undecided("the other fields of " + type.span().text());
        }
        var out = new LinkedHashMap<String, Callable.Type>();
        fields.forEach(f -> out.put(f.name(), type(e, f.type(), sizes, Optional.empty())));
        yield new Callable.Type.Record(name, out);
      }
      case TypeExpr.NamedType named -> {
        boolean key = named.path().equals(List.of("key"));
        Optional<DType> dtype = key ? Optional.of(DType.U32) : Annotations.dtype(named);
        if (dtype.isEmpty()) {
          if (sizes.kind(named).isPresent() || e.sumType(named.path(), sizes.file()).isPresent()) {
            throw new Fault.Undecided(named.span().text());
          }
          yield type(
              e, Annotations.expand(e, named, sizes), sizes, Optional.of(named.path().getLast()));
        }
        var dims = new ArrayList<Dim>();
        for (DimExpr dim : named.dims().orElse(List.of())) {
          switch (dim) {
            case DimExpr.Rest _ -> throw new Fault.Undecided("the rank of " + named.span().text());
            case DimExpr.Dim(_, SizeExpr.Any(var at), _) -> dims.add(Dim.name("_" + at.start()));
            case DimExpr.Dim(_, var size, _) -> dims.add(sizes.value(e, size));
          }
        }
        if (key) {
          dims.add(Dim.of(2));
        }
        yield new Callable.Type.Array(new ArrayType(dtype.get(), dims), key);
      }
    };
  }

  private static Callable.Type type(Val val) {
    return switch (val) {
      case Val.Array a -> new Callable.Type.Array(a.type(), a.key() != null);
      case Val.Tuple(var items) ->
          new Callable.Type.Tuple(items.stream().map(Signatures::type).toList());
      case Val.Record(var fields) -> {
        var out = new LinkedHashMap<String, Callable.Type>();
        fields.forEach((name, field) -> out.put(name, type(field)));
        yield new Callable.Type.Record(Optional.empty(), out);
      }
      case Val.Poison _ -> throw new Fault.Poisoned();
      case Val _ ->
          throw new Fault.Undecided("a value that is not an array: " + Trees.describe(val));
    };
  }
}
