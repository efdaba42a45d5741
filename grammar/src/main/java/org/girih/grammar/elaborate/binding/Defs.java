package org.girih.grammar.elaborate.binding;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.girih.grammar.ast.Expr;
import org.girih.grammar.ast.Item;
import org.girih.grammar.ast.Pattern;
import org.girih.grammar.elaborate.array.Binding;
import org.girih.grammar.elaborate.core.Definition;
import org.girih.grammar.elaborate.core.Elaboration;
import org.girih.grammar.elaborate.core.Fault;
import org.girih.grammar.elaborate.core.Given;
import org.girih.grammar.elaborate.core.Scope;
import org.girih.grammar.elaborate.core.Trees;
import org.girih.grammar.elaborate.core.Val;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.diagnostic.Diagnostic;
import org.girih.ir.source.Span;

/// Binds the arguments of a def to its parameters, and elaborates its body.
public final class Defs {
  private Defs() {}

  /// Arguments that fit the parameters, and the sizes that they solved.
  public record Bound(List<Val> args, Sizes sizes) {}

  /// Holds arguments against parameters: annotations, defaults, sizes.
  public static Bound bind(
      Elaboration e,
      Span at,
      Definition definition,
      List<Given> positional,
      Map<String, Given> named) {
    return bind(e, at, definition, definition.scope().inner(), positional, named);
  }

  /// The same where annotations and defaults see a scope, which gets the parameters too.
  public static Bound bind(
      Elaboration e,
      Span at,
      Definition definition,
      Scope scope,
      List<Given> positional,
      Map<String, Given> named) {
    Item.Def def = definition.def();
    var params = def.params().stream().map(Binding::param).toList();
    var given = Binding.bind(e, at, signature(def), params, positional, named);
    var sizes = Sizes.of(e, def, scope);
    for (int i = 0; i < params.size(); i++) {
      if (def.params().get(i).type().isPresent() && given.get(i).isPresent()) {
        DTypeVariables.bind(def.params().get(i).type().get(), given.get(i).get().val(), sizes);
      }
    }
    var args = new ArrayList<Val>();
    for (int i = 0; i < params.size(); i++) {
      Item.Param param = def.params().get(i);
      Given arg =
          given
              .get(i)
              .orElseGet(
                  () ->
                      new Given(
                          e.eval(param.init().orElseThrow(), param.type(), scope),
                          param.init().get().span()));
      Val val = arg.val();
      if (param.type().isPresent()) {
        // Users do not know what is private to the library.
        boolean hidden = def.span().source().isLibrary() && def.doc().isEmpty();
        String what =
            "`" + param.pattern().span().text() + "`" + (hidden ? "" : " of `" + def.name() + "`");
        val = Annotations.check(e, param.type().get(), val, sizes, arg.at(), what);
      }
      args.add(val);
      // Defaults and later annotations may use earlier parameters.
      if (param.pattern() instanceof Pattern.NamePattern(_, String name)) {
        scope.bind(name, val);
      }
    }
    sizes.finish(e);
    def.requirement().ifPresent(r -> require(e, at, definition, r, scope, sizes));
    return new Bound(args, sizes);
  }

  /// Holds a call against the condition after `where`.
  private static void require(
      Elaboration e, Span at, Definition definition, Expr requirement, Scope scope, Sizes sizes) {
    Scope inner = scope.inner();
    sizes.bindInto(inner);
    Val val;
    try {
      val = e.eval(requirement, inner);
    } catch (Fault.Undecided open) {
      return; // Only a check for all sizes gets here.
    }
    String text = requirement.span().text().replaceAll("\\s+", " ");
    if (!(val instanceof Val.Bool(boolean holds))) {
      throw e.fault(
          Code.NOT_STATIC,
          requirement.span(),
          "the condition of a def is a static bool, not " + Trees.describe(val));
    }
    if (!holds) {
      String names = sizes.describe(text);
      throw e.fault(
          Diagnostic.error(
                  Code.REQUIREMENT_FAILS,
                  at,
                  "`"
                      + definition.name()
                      + "` is only for `"
                      + text
                      + "`"
                      + (names.isEmpty() ? "" : ", and " + names))
              .label(requirement.span(), "required here"));
    }
  }

  /// Returns whether the condition of a def leaves it open, or says, that it is meant for these
  /// sizes and static values.
  public static boolean meant(Elaboration e, Definition definition, Scope scope, Sizes sizes) {
    if (definition.def().requirement().isEmpty()) {
      return true;
    }
    Scope inner = scope.inner();
    sizes.bindInto(inner);
    try {
      Val val = e.eval(definition.def().requirement().get(), inner);
      return !(val instanceof Val.Bool(boolean holds)) || holds;
    } catch (Fault.Undecided | Fault.Poisoned open) {
      return true;
    }
  }

  static String signature(Item.Def def) {
    return def.name()
        + def.params().stream()
            .map(p -> (p.rest() ? "*" : "") + p.pattern().span().text())
            .collect(Collectors.joining(", ", "(", ")"));
  }

  /// The body, its parameters bound.
  public static Val body(
      Elaboration e, Definition definition, Scope scope, List<Val> args, Sizes sizes) {
    Item.Def def = definition.def();
    for (int i = 0; i < args.size(); i++) {
      Patterns.bind(e, def.params().get(i).pattern(), args.get(i), scope);
    }
    sizes.bindInto(scope);
    Val result = e.eval(def.body(), scope);
    if (def.result().isPresent()) {
      result =
          Annotations.check(
              e,
              def.result().get(),
              result,
              sizes,
              resultSpan(def.body()),
              "the result of `" + def.name() + "`");
      sizes.finish(e);
    }
    return result;
  }

  private static Span resultSpan(Expr body) {
    return body instanceof Expr.Block block ? block.result().span() : body.span();
  }

  /// `predict(params: ((f32[5, 3], f32[3]),), inputs: f32[16, 4])`.
  public static String describe(Item.Def def, Val skeleton) {
    var parts = new ArrayList<String>();
    List<Val> args = ((Val.Tuple) skeleton).items();
    for (int i = 0; i < args.size(); i++) {
      parts.add(def.params().get(i).pattern().span().text() + ": " + Trees.brief(args.get(i)));
    }
    return def.name() + "(" + String.join(", ", parts) + ")";
  }
}
