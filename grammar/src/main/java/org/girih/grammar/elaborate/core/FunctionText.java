package org.girih.grammar.elaborate.core;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.girih.grammar.ast.Item;

/// How `print` shows functions: a def with its signature, a module with what it was made with, a
/// lambda as it is written, and what was made of another with that other.
///
/// ```
/// def loss[n](x: f32[n]) -> f32
/// MLP(features = (12, 8, 4))
/// grad(x -> x ** 2)
/// ```
public final class FunctionText {
  /// A module with a longer text takes a line for each attribute.
  private static final int WIDTH = 80;

  /// The most letters of a lambda that are shown.
  private static final int LAMBDA = 60;

  private FunctionText() {}

  /// Returns the text.
  public static String of(Val.Fn fn) {
    return switch (fn) {
      case Val.DefFn(var definition) -> signature(definition.def());
      case Val.ModuleFn(var definition) ->
          "module " + definition.name() + params(definition.module().outer());
      case Val.Builtin(var intrinsic) -> intrinsic.signature();
      case Val.Fn other -> of(other, 0);
    };
  }

  /// A part of another text: functions by their names.
  private static String of(Val val, int indent) {
    return switch (val) {
      case Val.Module(var definition, var args, _) ->
          called(
              definition.name(), definition.module().outer(), ((Val.Tuple) args).items(), indent);
      case Val.DefFn _, Val.ModuleFn _, Val.Builtin _ -> ((Val.Fn) val).label();
      case Val.Closure(var code, _) -> {
        String text = code.lambda.span().text().replaceAll("\\s+", " ");
        yield text.length() <= LAMBDA ? text : text.substring(0, LAMBDA - 1) + "…";
      }
      case Val.Made(var how, var inner, _) when inner instanceof Val.Fn ->
          how.label() + "(" + of(inner, indent) + ")";
      case Val.Made(var how, _, _) -> how.label();
      case Val.VariantFn(var type, int number) ->
          type.variant(number).span().text().replaceAll("\\s+", " ");
      case Val.Tuple(var items) ->
          items.stream()
              .map(i -> of(i, indent))
              .collect(Collectors.joining(", ", "(", items.size() == 1 ? ",)" : ")"));
      case Val other -> Trees.describe(other);
    };
  }

  private static String called(String name, List<Item.Param> params, List<Val> args, int indent) {
    var parts = new ArrayList<String>();
    for (int i = 0; i < args.size(); i++) {
      parts.add(params.get(i).pattern().span().text() + " = " + of(args.get(i), indent + 4));
    }
    String line = name + "(" + String.join(", ", parts) + ")";
    if (line.length() + indent <= WIDTH && line.indexOf('\n') < 0) {
      return line;
    }
    String inner = "\n" + " ".repeat(indent + 4);
    return name + "(" + inner + String.join("," + inner, parts) + "\n" + " ".repeat(indent) + ")";
  }

  private static String signature(Item.Def def) {
    String names =
        def.names().isEmpty()
            ? ""
            : def.names().stream()
                .map(n -> n.span().text())
                .collect(Collectors.joining(", ", "[", "]"));
    String result =
        def.result().map(type -> " -> " + type.span().text().replaceAll("\\s+", " ")).orElse("");
    return "def " + def.name() + names + params(def.params()) + result;
  }

  private static String params(List<Item.Param> params) {
    return params.stream()
        .map(p -> p.span().text().replaceAll("\\s+", " "))
        .collect(Collectors.joining(", ", "(", ")"));
  }
}
