package org.girih.grammar.elaborate.expression;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.girih.grammar.ast.Expr;
import org.girih.grammar.elaborate.array.Binding;
import org.girih.grammar.elaborate.array.Casts;
import org.girih.grammar.elaborate.array.Literals;
import org.girih.grammar.elaborate.array.Rows;
import org.girih.grammar.elaborate.binding.Defs;
import org.girih.grammar.elaborate.binding.Patterns;
import org.girih.grammar.elaborate.binding.Shared;
import org.girih.grammar.elaborate.binding.Sizes;
import org.girih.grammar.elaborate.core.Definition;
import org.girih.grammar.elaborate.core.Derived;
import org.girih.grammar.elaborate.core.Elaboration;
import org.girih.grammar.elaborate.core.Fault;
import org.girih.grammar.elaborate.core.FileScope;
import org.girih.grammar.elaborate.core.Given;
import org.girih.grammar.elaborate.core.Intrinsic;
import org.girih.grammar.elaborate.core.Scope;
import org.girih.grammar.elaborate.core.Trees;
import org.girih.grammar.elaborate.core.Val;
import org.girih.grammar.elaborate.module.Modules;
import org.girih.grammar.elaborate.transform.DerivativeRules;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.diagnostic.Diagnostic;
import org.girih.ir.source.Span;

/// Elaborates calls. A lambda is inlined; a def becomes a function of the IR, once for each
/// skeleton of its arguments (types, static values, functions with what they capture), and is
/// called.
///
/// A static number that an unannotated parameter gets stays static; an annotation makes it an
/// array.
final class Calls {
  private Calls() {}

  /// @param let the name that a `let` gives to the call's whole value
  static Val eval(Elaboration e, Expr.Call call, Scope scope, Optional<String> let) {
    Val callee = Expressions.eval(e, call.callee(), scope);
    HiddenFunctions.check(e, call.callee(), callee, scope);
    if (callee instanceof Val.Type(var dtype)
        && call.args().size() == 1
        && call.args().getFirst() instanceof Expr.Arg.Positional(_, Expr.ArrayExpr array)) {
      var literal = Literals.typed(e, array, dtype);
      if (literal.isPresent()) {
        return literal.get();
      }
    }
    var positional = new ArrayList<Given>();
    var named = new LinkedHashMap<String, Given>();
    for (Expr.Arg arg : call.args()) {
      Val val = argument(e, callee, arg, positional.size(), scope);
      switch (arg) {
        case Expr.Arg.Positional(Span at, _) -> positional.add(new Given(val, at));
        case Expr.Arg.Named(Span at, String name, _) -> {
          if (named.put(name, new Given(val, at)) != null) {
            throw e.fault(Code.WRONG_ARGUMENTS, at, "`" + name + "` is given twice");
          }
        }
        case Expr.Arg.Spread(Span at, _) -> {
          if (val instanceof Val.Tuple(var items)) {
            items.forEach(i -> positional.add(new Given(i, at)));
          } else if (val instanceof Val.Array a
              && a.rank() > 0
              && a.type().dim(0).known().isPresent()) {
            Rows.of(e, a).forEach(i -> positional.add(new Given(i, at)));
          } else {
            throw e.fault(
                Code.NOT_A_SEQUENCE, at, "`*` spreads a tuple, not " + Trees.describe(val));
          }
        }
      }
    }
    e.at(call.span());
    return apply(e, call.span(), call.callee().span(), callee, positional, named, let);
  }

  /// Returns an argument; where the parameter's type is a sum type, its variants are known by name.
  private static Val argument(Elaboration e, Val callee, Expr.Arg arg, int position, Scope scope) {
    var params =
        switch (callee) {
          case Val.DefFn(var definition) -> definition.def().params();
          case Val.ModuleFn(var definition) -> definition.module().outer();
          case Val.Module(var definition, _, _) -> definition.module().inner();
          case Val _ -> List.<org.girih.grammar.ast.Item.Param>of();
        };
    var param =
        switch (arg) {
          case Expr.Arg.Positional _ -> params.stream().skip(position).findFirst();
          case Expr.Arg.Named(_, String name, _) ->
              params.stream().filter(p -> Binding.param(p).name().equals(name)).findFirst();
          case Expr.Arg.Spread _ -> Optional.<org.girih.grammar.ast.Item.Param>empty();
        };
    var file =
        switch (callee) {
          case Val.DefFn(var definition) -> definition.file();
          case Val.ModuleFn(var definition) -> definition.file();
          case Val.Module(var definition, _, _) -> definition.file();
          case Val _ -> scope.file();
        };
    return param
        .flatMap(org.girih.grammar.ast.Item.Param::type)
        .flatMap(type -> Variants.type(e, type, file))
        .map(type -> Variants.meant(e, arg.value(), type, scope))
        .orElseGet(() -> Expressions.eval(e, arg.value(), scope));
  }

  static Val apply(
      Elaboration e,
      Span at,
      Span calleeAt,
      Val callee,
      List<Given> positional,
      Map<String, Given> named,
      Optional<String> let) {
    return switch (callee) {
      case Val.DefFn(var definition) -> def(e, at, definition, positional, named);
      case Val.Closure closure -> lambda(e, at, closure, positional, named);
      case Val.Made made -> {
        e.at(at);
        yield e.call(
            at,
            made.label(),
            () -> made.label() + "(" + describe(positional) + ")",
            () -> made.how().apply(e, made, new Derived.Arguments(at, positional, named)));
      }
      case Val.VariantFn(var type, int number) ->
          Variants.make(e, at, type, number, positional, named);
      case Val.ModuleFn(var definition) -> Modules.make(e, at, definition, positional, named, let);
      case Val.Module module -> Modules.call(e, at, module, positional, named);
      case Val.Builtin(var intrinsic) -> builtin(e, at, intrinsic, positional, named, let);
      case Val.Type(var dtype) -> Casts.cast(e, at, dtype, positional, named);
      case Val.Poison _ -> throw new Fault.Poisoned();
      case Val.Array _, Val.Hole _, Val.Num _, Val.Bool _, Val.Str _, Val.None _ ->
          throw notAFunction(e, calleeAt, callee);
      case Val.Dots _, Val.Tuple _, Val.Record _, Val.Sum _, Val.Namespace _ ->
          throw notAFunction(e, calleeAt, callee);
    };
  }

  private static Fault notAFunction(Elaboration e, Span at, Val val) {
    return e.fault(Code.NOT_A_FUNCTION, at, Trees.describe(val) + " is not a function");
  }

  private static Val lambda(
      Elaboration e,
      Span at,
      Val.Closure closure,
      List<Given> positional,
      Map<String, Given> named) {
    Expr.Lambda lambda = closure.code().lambda;
    int given = positional.size();
    List<String> names = Binding.names(lambda);
    for (String name : named.keySet()) {
      if (names.indexOf(name) < given) {
        String wrong =
            names.contains(name)
                ? "`" + name + "` is given twice"
                : "the lambda has no parameter `" + name + "`";
        throw e.fault(
            Diagnostic.error(Code.WRONG_ARGUMENTS, named.get(name).at(), wrong)
                .label(lambda.span(), "defined here"));
      }
    }
    boolean tooFew = false;
    for (int i = given; i < names.size(); i++) {
      tooFew |= lambda.inits().get(i).isEmpty() && !named.containsKey(names.get(i));
    }
    if (given > names.size() || tooFew) {
      String help =
          lambda.params().size() == 1 && positional.size() > 1
              ? "`((a, b)) -> …` takes one tuple, `(a, b) -> …` two arguments"
              : "parameters without a default are given, by position or by name";
      throw e.fault(
          Diagnostic.error(
                  Code.WRONG_ARGUMENTS,
                  at,
                  "the lambda takes "
                      + (lambda.inits().stream().anyMatch(Optional::isPresent)
                          ? lambda.inits().stream().filter(Optional::isEmpty).count() + " to "
                          : "")
                      + lambda.params().size()
                      + " arguments, not "
                      + (positional.size() + named.size()))
              .label(lambda.span(), "defined here")
              .help(help));
    }
    Scope scope = closure.code().scope.inner();
    closure.captured().forEach(scope::bind);
    return e.call(
        at,
        "lambda",
        () -> "lambda(" + describe(positional) + ")",
        () -> {
          for (int i = 0; i < names.size(); i++) {
            Val val =
                i < given
                    ? positional.get(i).val()
                    : named.containsKey(names.get(i))
                        ? named.get(names.get(i)).val()
                        : Expressions.eval(e, lambda.inits().get(i).orElseThrow(), scope);
            Patterns.bind(e, lambda.params().get(i), val, scope);
          }
          return Expressions.eval(e, lambda.body(), scope);
        });
  }

  private static String describe(List<Given> args) {
    return args.stream().map(g -> Trees.brief(g.val())).collect(Collectors.joining(", "));
  }

  private static Val builtin(
      Elaboration e,
      Span at,
      Intrinsic intrinsic,
      List<Given> positional,
      Map<String, Given> named,
      Optional<String> let) {
    var params = new ArrayList<Binding.Param>();
    for (Intrinsic.Param param : intrinsic.params()) {
      if (param.name().startsWith("**")) {
        continue;
      }
      boolean rest = param.name().startsWith("*");
      String name = rest ? param.name().substring(1) : param.name();
      params.add(new Binding.Param(name, rest, param.init().isPresent()));
    }
    var own = new LinkedHashMap<>(named);
    var others = new LinkedHashMap<String, Given>();
    if (intrinsic.open()) {
      own.keySet().retainAll(params.stream().map(Binding.Param::name).toList());
      named.forEach((n, g) -> others.putAll(own.containsKey(n) ? Map.of() : Map.of(n, g)));
    }
    var given = Binding.bind(e, at, intrinsic.signature(), params, positional, own);
    var values = new HashMap<String, Val>();
    var spans = new HashMap<String, Span>();
    for (int i = 0; i < params.size(); i++) {
      String name = params.get(i).name();
      if (given.get(i).isPresent()) {
        Val val = given.get(i).get().val();
        if (val instanceof Val.Poison) {
          throw new Fault.Poisoned();
        }
        values.put(name, val);
        spans.put(name, given.get(i).get().at());
      } else {
        values.put(name, intrinsic.params().get(i).init().orElseThrow());
      }
    }
    e.at(at);
    return intrinsic
        .body()
        .apply(e, new Intrinsic.Args(at, intrinsic.name(), values, spans, others, let));
  }

  private static Val def(
      Elaboration e,
      Span at,
      Definition definition,
      List<Given> positional,
      Map<String, Given> named) {
    Defs.Bound bound = Defs.bind(e, at, definition, positional, named);
    Val all = new Val.Tuple(bound.args());
    return e.frame().isPresent() && mayDeclare(definition, all)
        ? e.call(
            at,
            definition.name(),
            () -> Defs.describe(definition.def(), all),
            () -> Defs.body(e, definition, definition.scope().inner(), bound.args(), bound.sizes()))
        : specialise(e, at, definition, all, bound.sizes());
  }

  /// Returns whether a def that a module calls may declare parameters or call modules in its turn,
  /// so that it has to be inlined. It cannot if it has a derivative of its own, nor can one of a
  /// library that holds no modules, unless a function is passed to it.
  private static boolean mayDeclare(Definition definition, Val args) {
    FileScope file = definition.file();
    boolean plain =
        file.file().source().isLibrary()
            && file.modules().isEmpty()
            && !Trees.any(args, val -> val instanceof Val.Fn);
    return !plain && file.rule(definition.name()).isEmpty();
  }

  private static Val specialise(
      Elaboration e, Span at, Definition definition, Val args, Sizes sizes) {
    return Shared.call(
        e,
        at,
        new Shared(
            definition,
            definition.def().nameSpan(),
            definition.name(),
            skeleton -> Defs.describe(definition.def(), skeleton),
            definition
                .file()
                .rule(definition.name())
                .map(
                    rule ->
                        (of, skeleton, plain) -> DerivativeRules.of(of, rule, skeleton, plain))),
        args,
        params ->
            Defs.body(
                e, definition, definition.scope().inner(), ((Val.Tuple) params).items(), sizes));
  }
}
