package org.girih.grammar.elaborate.program;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.girih.grammar.ast.Expr;
import org.girih.grammar.elaborate.array.Operators;
import org.girih.grammar.elaborate.core.Elaboration;
import org.girih.grammar.elaborate.core.Given;
import org.girih.grammar.elaborate.core.Scope;
import org.girih.grammar.elaborate.core.Val;

/// A condition with the two values that it compares, so that a failing `assert` shows them:
/// `x == y`, `close(x, y)`, `all(x < y)`. Each part is evaluated once.
///
/// @param sides two numbers or arrays; empty for other conditions
/// @param equal whether they are to be equal, or nearly so
record AssertedComparison(Val value, List<Val> sides, boolean equal) {
  static AssertedComparison of(Elaboration e, Expr condition, Scope scope) {
    return switch (condition) {
      case Expr.Binary binary when binary.op().comparison() -> {
        Val left = e.eval(binary.left(), scope);
        Val right = e.eval(binary.right(), scope);
        e.at(binary.opSpan());
        var site =
            new Operators.Site(
                binary.op(), binary.opSpan(), binary.left().span(), binary.right().span());
        boolean equal = binary.op() == Expr.BinaryOp.EQ;
        yield of(Operators.binary(e, site, left, right), left, right, equal);
      }
      case Expr.Call(var at, Expr.Name(var place, String name), var args)
          when name.equals("close") && args.size() >= 2 && plain(args) -> {
        Val callee = e.eval(new Expr.Name(place, name), scope);
        var positional = new ArrayList<Given>();
        var named = new LinkedHashMap<String, Given>();
        for (Expr.Arg arg : args) {
          var given = new Given(e.eval(arg.value(), scope), arg.span());
          if (arg instanceof Expr.Arg.Named(_, String option, _)) {
            named.put(option, given);
          } else {
            positional.add(given);
          }
        }
        e.at(at);
        Val value = e.apply(at, callee, positional, named);
        yield of(value, positional.get(0).val(), positional.get(1).val(), true);
      }
      case Expr.Call(var at, Expr.Name(var place, String name), var args)
          when name.equals("all")
              && args.size() == 1
              && args.getFirst() instanceof Expr.Arg.Positional(var inside, var inner) -> {
        Val callee = e.eval(new Expr.Name(place, name), scope);
        AssertedComparison compared = of(e, inner, scope);
        e.at(at);
        Val value = e.apply(at, callee, List.of(new Given(compared.value, inside)), Map.of());
        yield new AssertedComparison(value, compared.sides, compared.equal);
      }
      case Expr other -> new AssertedComparison(e.eval(other, scope), List.of(), false);
    };
  }

  /// Returns whether the first two arguments are given by position, and none twice or spread.
  private static boolean plain(List<Expr.Arg> args) {
    return args.stream().limit(2).allMatch(Expr.Arg.Positional.class::isInstance)
        && args.stream().noneMatch(Expr.Arg.Spread.class::isInstance)
        && args.stream()
                .filter(Expr.Arg.Named.class::isInstance)
                .map(a -> ((Expr.Arg.Named) a).name())
                .distinct()
                .count()
            == args.stream().filter(Expr.Arg.Named.class::isInstance).count();
  }

  private static AssertedComparison of(Val value, Val left, Val right, boolean equal) {
    boolean shown = isNumber(left) && isNumber(right);
    return new AssertedComparison(value, shown ? List.of(left, right) : List.of(), equal);
  }

  private static boolean isNumber(Val val) {
    return val instanceof Val.Array a && a.key() == null || val instanceof Val.Num;
  }
}
