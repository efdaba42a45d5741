package org.girih.grammar.elaborate.program;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.girih.grammar.ast.Expr;
import org.girih.grammar.ast.Stmt;
import org.girih.grammar.elaborate.array.Operands;
import org.girih.grammar.elaborate.array.Pictures;
import org.girih.grammar.elaborate.core.Elaboration;
import org.girih.grammar.elaborate.core.Scope;
import org.girih.grammar.elaborate.core.Trees;
import org.girih.grammar.elaborate.core.Val;
import org.girih.grammar.elaborate.expression.Assertions;
import org.girih.grammar.elaborate.expression.Branches;
import org.girih.grammar.foreign.ForeignName;
import org.girih.grammar.foreign.ForeignNames;
import org.girih.grammar.plan.HostPlan;
import org.girih.grammar.plan.Step;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.diagnostic.Diagnostic;
import org.girih.ir.source.Span;

/// Effects: statements that are calls of `print`, `save` and `plot`, and `assert`.
final class HostEffects {
  private static final String FORMATS =
      "`.npy` holds one array, `.png` an image, `.npz` and `.safetensors` a record or a tuple of"
          + " arrays";

  private final Elaboration e;
  private final HostSegments segments;
  private final HostReadings readings;

  HostEffects(Elaboration e, HostSegments segments, HostReadings readings) {
    this.e = e;
    this.segments = segments;
    this.readings = readings;
  }

  /// Returns whether an expression is an effect, which has no value or one that only a `let` takes.
  static boolean isEffect(Expr expr, Scope scope) {
    return expr instanceof Expr.Call call
        && Stream.of("print", "save", "load", "plot", "clock")
            .anyMatch(n -> isCallOf(call, n, scope));
  }

  /// Returns whether a call is of the effect of this name, which no definition hides.
  static boolean isCallOf(Expr.Call call, String name, Scope scope) {
    return call.callee() instanceof Expr.Name(_, String called)
        && called.equals(name)
        && scope.find(name).filter(v -> !(v instanceof Val.Builtin)).isEmpty();
  }

  /// Returns the path that is written for a file: text, and values of the run.
  private List<HostPlan.Piece> path(Expr expr, Scope scope, List<Val> used) {
    if (expr instanceof Expr.Text text) {
      var pieces = new ArrayList<HostPlan.Piece>();
      text(text, pieces, used, scope);
      return HostPlan.Piece.joined(pieces);
    }
    Val val = eval(expr, scope);
    if (!(val instanceof Val.Str(String path))) {
      throw e.fault(Code.NOT_STATIC, expr.span(), "a path is a string, not " + Trees.describe(val));
    }
    return List.of(new HostPlan.Piece.Text(path));
  }

  void assertion(Stmt.Assert check, Scope scope) {
    readings.in(
        check.condition(),
        true,
        scope,
        () -> {
          holds(check, AssertedComparison.of(e, check.condition(), scope), scope);
          return null;
        });
  }

  private void holds(Stmt.Assert check, AssertedComparison compared, Scope scope) {
    Span at = check.condition().span();
    if (compared.value() instanceof Val.Bool(boolean known)) {
      if (!known) {
        String message =
            Assertions.message(e, check.message(), scope).orElse("this is false for all inputs");
        throw e.fault(Code.ASSERTION_FAILED, at, message);
      }
      return;
    }
    Val.Array condition = Branches.condition(e, compared.value(), at);
    var used = new ArrayList<Val>();
    used.add(condition);
    used.addAll(compared.sides());
    var message = new ArrayList<HostPlan.Piece>();
    check
        .message()
        .ifPresent(
            written -> {
              if (written instanceof Expr.Text text) {
                text(text, message, used, scope);
              } else {
                shown(written.span(), eval(written, scope), Optional.empty(), message, used);
              }
            });
    segments.effect(
        used,
        new Step.Assert(
            at,
            segments.tree(condition),
            message,
            compared.sides().stream().map(segments::tree).toList(),
            compared.equal()));
  }

  /// Does a call that is a statement.
  void effect(Stmt.Effect effect, Scope scope) {
    if (effect.call() instanceof Expr.Call call) {
      if (isCallOf(call, "print", scope)) {
        print(call, scope);
        return;
      }
      if (isCallOf(call, "save", scope)) {
        save(call, scope);
        return;
      }
      if (isCallOf(call, "plot", scope)) {
        plot(call, scope);
        return;
      }
    }
    throw e.fault(
        Diagnostic.error(
                Code.NOT_AN_EFFECT,
                effect.span(),
                "a statement is a `let` or an effect: `print`, `save`, `load`, `assert`")
            .help(
                effect.call() instanceof Expr.Name(_, String word)
                        && ForeignNames.find(ForeignName.Kind.WORD, word).isPresent()
                    ? ForeignNames.find(ForeignName.Kind.WORD, word).get().help()
                    : effect.call().span().text().startsWith("-")
                        ? "to go on with the line before, end that with `-`, or put both in parentheses"
                        : "`print(…)` shows a value"));
  }

  private void print(Expr.Call call, Scope scope) {
    var pieces = new ArrayList<HostPlan.Piece>();
    var used = new ArrayList<Val>();
    for (Expr.Arg arg : call.args()) {
      if (!(arg instanceof Expr.Arg.Positional)) {
        throw e.fault(Code.WRONG_ARGUMENTS, arg.span(), "`print` takes values by position");
      }
      if (!pieces.isEmpty()) {
        pieces.add(new HostPlan.Piece.Text(" "));
      }
      if (arg.value() instanceof Expr.Text text) {
        text(text, pieces, used, scope);
      } else {
        shown(arg.span(), eval(arg.value(), scope), Optional.empty(), pieces, used);
      }
    }
    segments.effect(used, new Step.Print(call.span(), pieces));
  }

  private void text(Expr.Text text, List<HostPlan.Piece> pieces, List<Val> used, Scope scope) {
    for (Expr.Part part : text.parts()) {
      switch (part) {
        case Expr.Part.ItemTokens(String chunk) -> pieces.add(new HostPlan.Piece.Text(chunk));
        case Expr.Part.Hole(Span at, var value, var format) ->
            shown(at, eval(value, scope), format, pieces, used);
      }
    }
  }

  /// Returns the value of an argument, which is computed after those before it.
  private Val eval(Expr expr, Scope scope) {
    return readings.in(expr, true, scope, () -> e.eval(expr, scope));
  }

  private void shown(
      Span at, Val val, Optional<String> format, List<HostPlan.Piece> pieces, List<Val> used) {
    used.add(val);
    pieces.add(new HostPlan.Piece.Shown(at, segments.tree(val), format));
  }

  private void save(Expr.Call call, Scope scope) {
    if (call.args().size() != 2
        || !call.args().stream().allMatch(Expr.Arg.Positional.class::isInstance)) {
      throw e.fault(Code.WRONG_ARGUMENTS, call.span(), "`save` takes a path and a value");
    }
    Expr written = call.args().getFirst().value();
    var used = new ArrayList<Val>();
    List<HostPlan.Piece> path = path(written, scope, used);
    String end = HostPlan.Piece.end(path);
    boolean single = end.endsWith(".npy") || end.endsWith(".png");
    if (!single && !end.endsWith(".npz") && !end.endsWith(".safetensors")) {
      throw e.fault(
          Diagnostic.error(
                  Code.CANNOT_WRITE, written.span(), "no format for the suffix of `" + end + "`")
              .help(FORMATS));
    }
    Span at = call.args().getLast().span();
    Val val = eval(call.args().getLast().value(), scope);
    Val arrays = asArrays(val, at);
    if (single != arrays instanceof Val.Array) {
      throw e.fault(
          Diagnostic.error(
                  Code.CANNOT_WRITE, at, "`" + end + "` does not hold " + Trees.describe(val))
              .help(FORMATS));
    }
    if (end.endsWith(".png") && !Pictures.isImage(((Val.Array) arrays).type())) {
      throw e.fault(
          Code.CANNOT_WRITE,
          at,
          "an image is [height, width], or that with 3 or 4 colours, of u8 or floats from 0 to 1, not "
              + Trees.describe(arrays));
    }
    used.add(arrays);
    segments.effect(used, new Step.Save(call.span(), path, segments.tree(arrays)));
  }

  /// `plot(path, value)`: curves, an image or a grid of images.
  private void plot(Expr.Call call, Scope scope) {
    if (call.args().size() != 2
        || !call.args().stream().allMatch(Expr.Arg.Positional.class::isInstance)) {
      throw e.fault(Code.WRONG_ARGUMENTS, call.span(), "`plot` takes a path and a value");
    }
    Expr written = call.args().getFirst().value();
    var used = new ArrayList<Val>();
    List<HostPlan.Piece> path = path(written, scope, used);
    String end = HostPlan.Piece.end(path);
    if (!end.endsWith(".png") && !end.endsWith(".svg")) {
      throw e.fault(
          Code.CANNOT_WRITE, written.span(), "a plot is a `.png` or a `.svg`, not `" + end + "`");
    }
    Span at = call.args().getLast().span();
    Val val = asArrays(eval(call.args().getLast().value(), scope), at);
    if (!Pictures.drawable(val)) {
      throw e.fault(
          Diagnostic.error(Code.CANNOT_WRITE, at, "no plot of " + Trees.describe(val))
              .help(
                  "an array with one axis, or a record or tuple of such, is drawn as curves; [height,"
                      + " width] (and colours) as an image; [n, height, width] (and colours) as a"
                      + " grid"));
    }
    used.add(val);
    segments.effect(used, new Step.Plot(call.span(), path, segments.tree(val)));
  }

  private Val asArrays(Val val, Span at) {
    return e.in(segments.trace(), () -> Trees.map(val, leaf -> Operands.array(e, leaf, at)));
  }
}
