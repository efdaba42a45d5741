package org.girih.grammar.elaborate.array;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.girih.grammar.ast.Expr;
import org.girih.grammar.ast.Item;
import org.girih.grammar.ast.Pattern;
import org.girih.grammar.elaborate.core.Elaboration;
import org.girih.grammar.elaborate.core.Fault;
import org.girih.grammar.elaborate.core.Given;
import org.girih.grammar.elaborate.core.Spelling;
import org.girih.grammar.elaborate.core.Val;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.diagnostic.Diagnostic;
import org.girih.ir.source.Span;

/// Arguments to parameters: by position, by name, the rest as a tuple; Python's rules.
public final class Binding {
  private Binding() {}

  /// @param name empty for a pattern, which only takes arguments by position
  public record Param(String name, boolean rest, boolean optional) {}

  public static Param param(Item.Param param) {
    String name = param.pattern() instanceof Pattern.NamePattern(_, String n) ? n : "";
    return new Param(name, param.rest(), param.init().isPresent());
  }

  /// Returns the names of a lambda's parameters, empty for patterns.
  public static List<String> names(Expr.Lambda lambda) {
    return lambda.params().stream()
        .map(p -> p instanceof Pattern.NamePattern(_, String name) ? name : "")
        .toList();
  }

  /// Returns what each parameter gets; empty where its default is used.
  public static List<Optional<Given>> bind(
      Elaboration e,
      Span at,
      String signature,
      List<Param> params,
      List<Given> positional,
      Map<String, Given> named) {
    var out = new ArrayList<Optional<Given>>();
    int next = 0;
    for (Param param : params) {
      if (param.rest) {
        var rest = positional.subList(next, positional.size());
        out.add(Optional.of(new Given(new Val.Tuple(rest.stream().map(Given::val).toList()), at)));
        next = positional.size();
      } else if (named.containsKey(param.name)) {
        out.add(Optional.of(named.get(param.name)));
        if (next < positional.size()
            && params.indexOf(param) < positional.size()
            && !anyRestBefore(params, param)) {
          throw wrong(
              e, named.get(param.name).at(), "`" + param.name + "` is given twice", signature);
        }
      } else if (next < positional.size()) {
        out.add(Optional.of(positional.get(next++)));
      } else if (param.optional) {
        out.add(Optional.empty());
      } else {
        String which = param.name.isEmpty() ? "an argument" : "`" + param.name + "`";
        throw wrong(e, at, which + " is missing", signature);
      }
    }
    if (next < positional.size()) {
      throw wrong(
          e,
          positional.get(next).at(),
          positional.size() + " arguments where " + next + " are taken",
          signature);
    }
    for (var each : named.entrySet()) {
      if (params.stream().noneMatch(p -> !p.rest && p.name.equals(each.getKey()))) {
        var near = Spelling.nearest(each.getKey(), params.stream().map(Param::name));
        throw wrong(
            e,
            each.getValue().at(),
            "no parameter `"
                + each.getKey()
                + "`"
                + near.map(n -> "; did you mean `" + n + "`?").orElse(""),
            signature);
      }
    }
    return out;
  }

  private static boolean anyRestBefore(List<Param> params, Param param) {
    return params.subList(0, params.indexOf(param)).stream().anyMatch(Param::rest);
  }

  private static Fault wrong(Elaboration e, Span at, String message, String signature) {
    return e.fault(
        Diagnostic.error(Code.WRONG_ARGUMENTS, at, message).help("it is `" + signature + "`"));
  }
}
