package org.girih.grammar.elaborate.expression;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.girih.grammar.ast.Expr;
import org.girih.grammar.ast.Pattern;
import org.girih.grammar.elaborate.core.Elaboration;
import org.girih.grammar.elaborate.core.Fault;
import org.girih.grammar.elaborate.core.Scope;
import org.girih.grammar.elaborate.core.StaticArithmetic;
import org.girih.grammar.elaborate.core.Trees;
import org.girih.grammar.elaborate.core.Val;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.diagnostic.Diagnostic;
import org.girih.ir.source.Span;
import org.girih.ir.type.Dim;

/// Works out what a `for` goes through: a tuple, arrays along their leading axes, `zip(xs, ys)`,
/// `enumerate(xs)`.
public final class Sequences {
  private Sequences() {}

  /// Returns what is behind `in`, where it is no range.
  public static Sequence of(Elaboration e, Pattern pattern, Expr sequence, Scope scope) {
    Sequence found = of(e, sequence, scope);
    if (found instanceof Sequence.Items(var items)
        && pattern instanceof Pattern.TuplePattern(_, var parts)
        && sequence instanceof Expr.TupleExpr
        && parts.size() == items.size()
        && parts.size() > 1
        && items.stream().allMatch(i -> i instanceof Val.Array a && a.key() == null)) {
      e.warn(
          Diagnostic.warning(
                  Code.TUPLE_OF_ARRAYS,
                  sequence.span(),
                  "this goes through the " + items.size() + " arrays, one an iteration")
              .help("`zip(…)` goes through their rows: `for (a, b) in zip(xs, ys)`"));
    }
    return found;
  }

  private static Sequence of(Elaboration e, Expr sequence, Scope scope) {
    if (sequence instanceof Expr.Call call && call.callee() instanceof Expr.Name(_, var name)) {
      boolean own =
          scope
              .find(name)
              .filter(v -> v instanceof Val.Builtin(var i) && i.name().equals(name))
              .isPresent();
      if (own && name.equals("zip")) {
        return zip(e, call, scope);
      }
      if (own && name.equals("enumerate")) {
        return enumerate(e, call, scope);
      }
    }
    Val val = Expressions.eval(e, sequence, scope);
    return val instanceof Val.Tuple(var items)
        ? new Sequence.Items(items)
        : new Sequence.Steps(
            Loops.leading(e, val, sequence.span()), val, Dim.of(0), false, (_, _, slice) -> slice);
  }

  private static List<Expr> positional(Elaboration e, Expr.Call call) {
    for (Expr.Arg arg : call.args()) {
      if (!(arg instanceof Expr.Arg.Positional)) {
        throw e.fault(
            Code.WRONG_ARGUMENTS, arg.span(), "expected sequences by position in a `for`");
      }
    }
    return call.args().stream().map(Expr.Arg::value).toList();
  }

  private static Sequence enumerate(Elaboration e, Expr.Call call, Scope scope) {
    Optional<Expr.Arg> named =
        call.args().stream()
            .filter(a -> a instanceof Expr.Arg.Named(_, var n, _) && n.equals("start"))
            .findFirst();
    var rest =
        new Expr.Call(
            call.span(),
            call.callee(),
            call.args().stream().filter(a -> named.filter(a::equals).isEmpty()).toList());
    List<Expr> args = positional(e, rest);
    if (args.isEmpty() || args.size() + (named.isPresent() ? 1 : 0) > 2) {
      throw e.fault(
          Diagnostic.error(
                  Code.WRONG_ARGUMENTS, call.span(), "`enumerate` takes a sequence and a start")
              .help("`for (i, x) in enumerate(xs)`"));
    }
    Optional<Expr> written = named.map(Expr.Arg::value).or(() -> args.stream().skip(1).findFirst());
    Dim start =
        written
            .map(
                w -> {
                  Val val = Expressions.eval(e, w, scope);
                  return StaticArithmetic.dim(val)
                      .orElseThrow(
                          () ->
                              e.fault(
                                  Code.NOT_STATIC,
                                  w.span(),
                                  "`start` is a static integer, not " + Trees.describe(val)));
                })
            .orElse(Dim.of(0));
    return switch (of(e, args.getFirst(), scope)) {
      case Sequence.Items(var items) -> {
        var out = new ArrayList<Val>();
        for (Val item : items) {
          Val number = Sequence.plus(e, Val.Int.of(out.size()), start);
          out.add(Val.Tuple.of(number, item));
        }
        yield new Sequence.Items(out);
      }
      case Sequence.Steps(var length, var xs, var low, _, var item) ->
          new Sequence.Steps(
              length,
              xs,
              Dim.of(0),
              true,
              (el, number, slice) ->
                  Val.Tuple.of(
                      Sequence.plus(el, number, start),
                      item.of(el, Sequence.plus(el, number, low), slice)));
    };
  }

  private static Sequence zip(Elaboration e, Expr.Call call, Scope scope) {
    List<Expr> args = positional(e, call);
    if (args.isEmpty()) {
      throw e.fault(Code.WRONG_ARGUMENTS, call.span(), "`zip` takes at least one sequence");
    }
    List<Sequence> parts = args.stream().map(a -> of(e, a, scope)).toList();
    if (parts.stream().allMatch(Sequence.Steps.class::isInstance)) {
      return steps(e, args, parts.stream().map(Sequence.Steps.class::cast).toList());
    }
    var columns = new ArrayList<List<Val>>();
    for (int i = 0; i < parts.size(); i++) {
      columns.add(parts.get(i).unrolled(e, args.get(i).span()));
      if (columns.get(i).size() != columns.getFirst().size()) {
        throw differ(e, args, i, columns.getFirst().size() + "", columns.get(i).size() + "");
      }
    }
    return new Sequence.Items(rows(columns));
  }

  /// Returns a tuple for each place, with what all have there.
  static List<Val> rows(List<List<Val>> columns) {
    var out = new ArrayList<Val>();
    for (int i = 0; i < columns.getFirst().size(); i++) {
      int row = i;
      out.add(new Val.Tuple(columns.stream().map(c -> c.get(row)).toList()));
    }
    return out;
  }

  private static Sequence steps(Elaboration e, List<Expr> args, List<Sequence.Steps> parts) {
    Dim length = parts.getFirst().length();
    for (int i = 1; i < parts.size(); i++) {
      Dim other = parts.get(i).length();
      switch (other.equalTo(length)) {
        case YES -> {}
        case NO -> throw differ(e, args, i, length.toString(), other.toString());
        case UNKNOWN -> e.condition(org.girih.ir.type.Condition.equal(length, other));
      }
    }
    return new Sequence.Steps(
        length,
        new Val.Tuple(parts.stream().map(Sequence.Steps::xs).toList()),
        Dim.of(0),
        parts.stream().anyMatch(Sequence.Steps::counts),
        (el, number, slices) -> {
          var out = new ArrayList<Val>();
          for (int i = 0; i < parts.size(); i++) {
            var part = parts.get(i);
            Val own = part.counts() ? Sequence.plus(el, number, part.low()) : number;
            out.add(part.item().of(el, own, ((Val.Tuple) slices).items().get(i)));
          }
          return new Val.Tuple(out);
        });
  }

  private static Fault differ(Elaboration e, List<Expr> args, int i, String first, String other) {
    Span at = args.get(i).span();
    return e.fault(
        Diagnostic.error(
                Code.SIZES_DIFFER, at, "`zip` goes through " + first + " and " + other + " values")
            .primary(other + " values")
            .label(args.getFirst().span(), first + " values")
            .help("cut the longer one: `xs[:n]`"));
  }
}
