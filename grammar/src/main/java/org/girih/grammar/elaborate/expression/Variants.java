package org.girih.grammar.elaborate.expression;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.girih.grammar.ast.Expr;
import org.girih.grammar.ast.Item;
import org.girih.grammar.ast.TypeExpr;
import org.girih.grammar.elaborate.binding.Annotations;
import org.girih.grammar.elaborate.binding.Sizes;
import org.girih.grammar.elaborate.core.Elaboration;
import org.girih.grammar.elaborate.core.FileScope;
import org.girih.grammar.elaborate.core.Given;
import org.girih.grammar.elaborate.core.Scope;
import org.girih.grammar.elaborate.core.SumType;
import org.girih.grammar.elaborate.core.Val;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.diagnostic.Diagnostic;
import org.girih.ir.source.Span;

/// Makes values of sum types.
public final class Variants {
  private Variants() {}

  /// Makes a variant of what it holds.
  static Val make(
      Elaboration e,
      Span at,
      SumType type,
      int number,
      List<Given> positional,
      Map<String, Given> named) {
    Item.Variant variant = type.variant(number);
    List<TypeExpr> types = variant.payload();
    if (!named.isEmpty() || positional.size() != types.size()) {
      throw e.fault(
          Diagnostic.error(
                  Code.WRONG_ARGUMENTS,
                  at,
                  "`"
                      + variant.name()
                      + "` holds "
                      + types.size()
                      + (types.size() == 1 ? " value" : " values")
                      + ", not "
                      + (positional.size() + named.size()))
              .label(variant.span(), "defined here")
              .help("values are given by position, as in `" + variant.span().text() + "`"));
    }
    var sizes = new Sizes(type.def().sizes(), type.scope());
    var items = new ArrayList<Val>();
    for (int i = 0; i < types.size(); i++) {
      Given given = positional.get(i);
      items.add(
          Annotations.check(
              e, types.get(i), given.val(), sizes, given.at(), "`" + variant.name() + "`"));
    }
    sizes.finish(e);
    return Val.Sum.of(type, number, new Val.Tuple(items));
  }

  /// Returns the sum type that a type names, seen from a file.
  public static Optional<SumType> type(Elaboration e, TypeExpr type, FileScope file) {
    return switch (type) {
      case TypeExpr.NamedType named -> e.sumType(named.path(), file);
      case TypeExpr.OptionalType(_, var inner) -> type(e, inner, file);
      case TypeExpr.TupleType _, TypeExpr.RecordType _, TypeExpr.FunctionType _ -> Optional.empty();
    };
  }

  /// Returns the value of an expression where a sum type is expected, whose variants need no
  /// import: `fan_in`, `circle(2.0)`, `if c then fan_in else fan_out`.
  public static Val meant(Elaboration e, Expr expr, SumType type, Scope scope) {
    return switch (expr) {
      case Expr.Name(_, var name) when variant(type, name, scope) ->
          type.value(type.number(name).getAsInt());
      case Expr.Call(Span at, Expr.Name(_, var name), var args)
          when variant(type, name, scope)
              && type.value(type.number(name).getAsInt()) instanceof Val.VariantFn fn -> {
        var given = new ArrayList<Given>();
        for (Expr.Arg arg : args) {
          given.add(new Given(Expressions.eval(e, arg.value(), scope), arg.span()));
        }
        e.at(at);
        yield make(e, at, type, fn.number(), given, Map.of());
      }
      case Expr.If branch ->
          Branches.eval(e, branch, scope, (each, inner) -> meant(e, each, type, inner));
      case Expr other -> Expressions.eval(e, other, scope);
    };
  }

  private static boolean variant(SumType type, String name, Scope scope) {
    return type.number(name).isPresent()
        && scope.find(name).filter(v -> v instanceof Val.Sum s && s.type() == type).isEmpty()
        && scope.local(name).isEmpty();
  }
}
