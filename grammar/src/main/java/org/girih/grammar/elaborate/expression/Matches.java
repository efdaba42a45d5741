package org.girih.grammar.elaborate.expression;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.girih.grammar.ast.Expr;
import org.girih.grammar.ast.Expr.Arm;
import org.girih.grammar.ast.Expr.BinaryOp;
import org.girih.grammar.ast.Expr.Choice;
import org.girih.grammar.ast.Pattern;
import org.girih.grammar.elaborate.array.Operands;
import org.girih.grammar.elaborate.array.Operators;
import org.girih.grammar.elaborate.binding.Patterns;
import org.girih.grammar.elaborate.core.Elaboration;
import org.girih.grammar.elaborate.core.Fault;
import org.girih.grammar.elaborate.core.Scope;
import org.girih.grammar.elaborate.core.Spelling;
import org.girih.grammar.elaborate.core.SumType;
import org.girih.grammar.elaborate.core.Trees;
import org.girih.grammar.elaborate.core.Val;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.diagnostic.Diagnostic;
import org.girih.ir.op.Compare;
import org.girih.ir.source.Span;
import org.girih.ir.type.DType;

/// `match`: on a static value it picks its arm, and the others are not even typed; on one of the
/// run time it becomes a `cond` for each variant but the last.
///
/// ```
/// match shape { circle(r) -> pi * r * r, box(d) -> d[0] * d[1] }
/// ```
///
/// Every value must have an arm; what has none is named.
final class Matches {
  private Matches() {}

  static Val eval(Elaboration e, Expr.Match match, Scope scope) {
    Val val = Expressions.eval(e, match.value(), scope);
    afterAll(e, match);
    return switch (val) {
      case Val.Poison _ -> throw new Fault.Poisoned();
      case Val.Sum sum -> sum(e, match, sum, scope);
      case Val.Array a when a.key() == null && a.rank() == 0 && !a.dtype().inexact() ->
          number(e, match, a, scope);
      case Val other -> literal(e, match, other, scope);
    };
  }

  /// Refuses an arm behind `_`.
  private static void afterAll(Elaboration e, Expr.Match match) {
    for (int i = 0; i + 1 < match.arms().size(); i++) {
      if (match.arms().get(i).choices().stream().anyMatch(Choice.Any.class::isInstance)) {
        throw e.fault(
            Diagnostic.error(
                    Code.ARM_NEVER_TAKEN,
                    match.arms().get(i + 1).span(),
                    "this arm is never taken: `_` before it takes the rest")
                .help("put the arm of `_` last"));
      }
    }
  }

  // --- sum types ---

  private record Taken(Choice choice, Expr body) {}

  private static Val sum(Elaboration e, Expr.Match match, Val.Sum sum, Scope scope) {
    var arms = new LinkedHashMap<Integer, Taken>();
    Optional<Arm> rest = Optional.empty();
    for (Arm arm : match.arms()) {
      for (Choice choice : arm.choices()) {
        switch (choice) {
          case Choice.Any _ -> rest = Optional.of(arm);
          case Choice.Variant(Span at, var path, var payload) -> {
            int number = variant(e, sum.type(), at, path);
            held(e, sum.type(), number, at, payload);
            if (arms.putIfAbsent(number, new Taken(choice, arm.body())) != null) {
              throw e.fault(
                  Diagnostic.error(
                          Code.ARM_NEVER_TAKEN, at, "`" + path.getLast() + "` has an arm already")
                      .label(arms.get(number).choice().span(), "the first one"));
            }
          }
          case Choice.Literal(Span at, _) ->
              throw e.fault(
                  Diagnostic.error(
                          Code.PATTERN_DOES_NOT_FIT,
                          at,
                          "expected a variant of `" + sum.type().name() + "`, got " + at.text())
                      .help(variants(sum.type())));
        }
      }
    }
    complete(e, match, sum.type(), arms.keySet(), rest);
    Arm other = rest.orElse(null);
    java.util.function.IntFunction<Supplier<Val>> of =
        number ->
            () -> {
              Taken taken = arms.get(number);
              return taken == null
                  ? Expressions.eval(e, other.body(), scope.inner())
                  : take(e, taken, sum.payloads().get(number), scope);
            };
    if (sum.known().isPresent()) {
      return of.apply(sum.known().getAsInt()).get();
    }
    if (!(sum.tag() instanceof Val.Array tag) || tag.rank() != 0) {
      throw e.fault(
          Diagnostic.error(
                  Code.NOT_A_SCALAR_CONDITION,
                  match.value().span(),
                  "`match` takes one `" + sum.type().name() + "`, not an array of them")
              .help("map over them: `vmap(x -> match x { … })(xs)`"));
    }
    var numbers = new ArrayList<>(sum.payloads().keySet());
    var ways = new ArrayList<Way>();
    for (int number : numbers) {
      Expr body = arms.containsKey(number) ? arms.get(number).body() : other.body();
      ways.add(new Way(Val.Int.of(number), body.span(), of.apply(number)));
    }
    return choose(e, match, tag, ways, 0);
  }

  private static Val take(Elaboration e, Taken taken, Val payload, Scope scope) {
    Scope inner = scope.inner();
    if (taken.choice() instanceof Choice.Variant(Span at, _, var patterns)
        && patterns.isPresent()) {
      Patterns.bind(e, new Pattern.TuplePattern(at, patterns.get()), payload, inner);
    }
    return Expressions.eval(e, taken.body(), inner);
  }

  private static int variant(Elaboration e, SumType type, Span at, List<String> path) {
    String name = path.getLast();
    return type.number(name)
        .orElseThrow(
            () ->
                e.fault(
                    Diagnostic.error(
                            Code.UNKNOWN_NAME,
                            at,
                            "`" + name + "` is not a variant of `" + type.name() + "`")
                        .label(type.def().span(), "defined here")
                        .help(
                            Spelling.nearest(name, type.variants().stream())
                                .map(near -> "did you mean `" + near + "`?")
                                .orElse(variants(type)))));
  }

  private static void held(
      Elaboration e, SumType type, int number, Span at, Optional<List<Pattern>> payload) {
    int count = type.variant(number).payload().size();
    if (payload.map(List::size).orElse(0) != count) {
      var names = new ArrayList<String>();
      for (int i = 0; i < count; i++) {
        names.add("_");
      }
      String written =
          type.variant(number).name() + (count == 0 ? "" : "(" + String.join(", ", names) + ")");
      throw e.fault(
          Diagnostic.error(
                  Code.PATTERN_DOES_NOT_FIT,
                  at,
                  "`"
                      + type.variant(number).name()
                      + "` holds "
                      + count
                      + (count == 1 ? " value" : " values")
                      + ", not "
                      + payload.map(List::size).orElse(0))
              .label(type.variant(number).span(), "defined here")
              .help("write `" + written + " -> …`"));
    }
  }

  private static void complete(
      Elaboration e,
      Expr.Match match,
      SumType type,
      java.util.Set<Integer> numbers,
      Optional<Arm> rest) {
    var missing = new ArrayList<String>();
    for (int i = 0; i < type.variants().size(); i++) {
      if (!numbers.contains(i)) {
        missing.add(type.variant(i).name());
      }
    }
    if (rest.isEmpty() && !missing.isEmpty()) {
      throw incomplete(e, match, "`" + String.join("`, `", missing) + "`");
    }
    if (rest.isPresent() && missing.isEmpty()) {
      throw e.fault(
          Diagnostic.error(
              Code.ARM_NEVER_TAKEN,
              rest.get().span(),
              "this arm is never taken: all variants of `" + type.name() + "` have their arms"));
    }
  }

  private static Fault incomplete(Elaboration e, Expr.Match match, String missing) {
    return e.fault(
        Diagnostic.error(Code.NOT_EXHAUSTIVE, match.value().span(), "`match` leaves out " + missing)
            .help("add an arm, or `_ -> …` for the rest"));
  }

  private static String variants(SumType type) {
    return "there are `" + String.join("`, `", type.variants()) + "`";
  }

  // --- numbers of the run time ---

  private record Way(Val choice, Span at, Supplier<Val> value) {}

  private static Val number(Elaboration e, Expr.Match match, Val.Array value, Scope scope) {
    var ways = new ArrayList<Way>();
    Optional<Expr> rest = Optional.empty();
    for (Arm arm : match.arms()) {
      for (Choice choice : arm.choices()) {
        switch (choice) {
          case Choice.Any _ -> rest = Optional.of(arm.body());
          case Choice.Literal(Span at, var written) -> {
            Val literal = Expressions.eval(e, written, scope);
            boolean fits =
                value.dtype().isBool() == literal instanceof Val.Bool
                    && (literal instanceof Val.Bool || literal instanceof Val.Int);
            if (!fits) {
              throw doesNotFit(e, at, value, literal);
            }
            if (ways.stream().anyMatch(w -> w.choice.equals(literal))) {
              throw e.fault(
                  Code.ARM_NEVER_TAKEN, at, Trees.describe(literal) + " has an arm already");
            }
            ways.add(
                new Way(
                    literal,
                    arm.body().span(),
                    () -> Expressions.eval(e, arm.body(), scope.inner())));
          }
          case Choice.Variant(Span at, _, _) -> throw doesNotFit(e, at, value, Val.NONE);
        }
      }
    }
    boolean all = value.dtype().isBool() && ways.size() == 2;
    if (rest.isEmpty() && !all) {
      throw incomplete(e, match, "all other numbers");
    }
    if (rest.isPresent() && !all) {
      Expr body = rest.get();
      ways.add(new Way(Val.NONE, body.span(), () -> Expressions.eval(e, body, scope.inner())));
    }
    return choose(e, match, value, ways, 0);
  }

  private static Fault doesNotFit(Elaboration e, Span at, Val value, Val literal) {
    String got = literal instanceof Val.None ? at.text() : Trees.describe(literal);
    return e.fault(
        Code.PATTERN_DOES_NOT_FIT,
        at,
        "the value is " + Trees.describe(value) + ", which is never " + got);
  }

  /// A `cond` for this way and those behind it; the last one is what is left.
  private static Val choose(
      Elaboration e, Expr.Match match, Val.Array value, List<Way> ways, int i) {
    Way way = ways.get(i);
    if (i == ways.size() - 1) {
      return way.value.get();
    }
    e.at(way.at);
    Val.Array same =
        way.choice instanceof Val.Int number
            ? e.emit1(Compare.EQ, value, Operands.constant(e, number, value.dtype(), way.at))
            : way.choice.equals(Val.TRUE) ? value : e.emit1(org.girih.ir.op.Bits.NOT, value);
    return Branches.cond(
        e,
        match.span(),
        "the arms of `match`",
        same,
        way.at,
        way.value,
        ways.get(i + 1).at,
        () -> choose(e, match, value, ways, i + 1));
  }

  // --- static values ---

  private static Val literal(Elaboration e, Expr.Match match, Val value, Scope scope) {
    boolean complete =
        match.arms().stream()
                .anyMatch(a -> a.choices().stream().anyMatch(Choice.Any.class::isInstance))
            || value instanceof Val.Bool && truths(match) == 2;
    if (!complete) {
      throw incomplete(e, match, "all other values");
    }
    for (Arm arm : match.arms()) {
      for (Choice choice : arm.choices()) {
        if (holds(e, choice, value, scope)) {
          return Expressions.eval(e, arm.body(), scope.inner());
        }
      }
    }
    throw incomplete(e, match, Trees.describe(value));
  }

  private static long truths(Expr.Match match) {
    return match.arms().stream()
        .flatMap(a -> a.choices().stream())
        .filter(c -> c instanceof Choice.Literal(_, Expr.BoolLit _))
        .map(c -> ((Expr.BoolLit) ((Choice.Literal) c).value()).value())
        .distinct()
        .count();
  }

  private static boolean holds(Elaboration e, Choice choice, Val value, Scope scope) {
    return switch (choice) {
      case Choice.Any _ -> true;
      case Choice.Literal(_, Expr.NoneLit _) -> value instanceof Val.None;
      case Choice.Literal(Span at, var written) -> {
        Val literal = Expressions.eval(e, written, scope);
        if (value instanceof Val.Num x && literal instanceof Val.Num y) {
          var site = new Operators.Site(BinaryOp.EQ, at, at, at);
          yield Operators.binary(e, site, x, y).equals(Val.TRUE);
        }
        if (Trees.arrays(value).isEmpty() || value instanceof Val.None) {
          yield value.equals(literal);
        }
        throw doesNotFit(e, at, value, literal);
      }
      case Choice.Variant(Span at, var path, var payload) -> {
        boolean dtype =
            path.size() == 1 && payload.isEmpty() && DType.of(path.getFirst()).isPresent();
        if (!dtype) {
          throw e.fault(
              Diagnostic.error(
                      Code.PATTERN_DOES_NOT_FIT,
                      at,
                      "`"
                          + String.join(".", path)
                          + "` is not a variant here: the value is "
                          + Trees.describe(value))
                  .help("`_` takes the rest; `let` gives the value a name"));
        }
        yield value instanceof Val.Type(var known) && known == DType.of(path.getFirst()).get();
      }
    };
  }
}
