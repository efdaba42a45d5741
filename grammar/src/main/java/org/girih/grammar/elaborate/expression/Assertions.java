package org.girih.grammar.elaborate.expression;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.girih.grammar.ast.Expr;
import org.girih.grammar.ast.Stmt;
import org.girih.grammar.elaborate.core.Elaboration;
import org.girih.grammar.elaborate.core.Fault;
import org.girih.grammar.elaborate.core.Scope;
import org.girih.grammar.elaborate.core.Trees;
import org.girih.grammar.elaborate.core.Val;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.diagnostic.Diagnostic;
import org.girih.ir.op.Assert;
import org.girih.ir.op.Broadcast;
import org.girih.ir.source.Span;

/// `assert` in a block: the def refuses what it does not take, at the place of its call.
public final class Assertions {
  /// The most numbers of the run that a message shows.
  private static final int SHOWN = 6;

  private Assertions() {}

  /// Looks at a condition that is static; of one of the run time the program itself is made to look
  /// at it, in a checked run.
  static void check(Elaboration e, Stmt.Assert check, Scope scope) {
    Val val;
    try {
      val = Expressions.eval(e, check.condition(), scope);
    } catch (Fault.Undecided open) {
      return; // Each call decides.
    }
    Span at = check.condition().span();
    switch (val) {
      case Val.Bool(boolean known) -> {
        if (!known) {
          throw e.fault(refusal(e, check, scope));
        }
      }
      case Val.Poison _ -> throw new Fault.Poisoned();
      case Val.Array a when a.dtype().isBool() -> runtime(e, check, a, scope);
      case Val other ->
          throw e.fault(
              Code.NOT_A_SCALAR_CONDITION,
              at,
              "a condition is a bool, not " + Trees.describe(other));
    }
  }

  /// Emits a condition that a checked run looks at; the message shows numbers of the run, and of
  /// arrays those where it fails.
  private static void runtime(Elaboration e, Stmt.Assert check, Val.Array holds, Scope scope) {
    var template = new StringBuilder();
    var operands = new ArrayList<Val.Array>();
    operands.add(holds);
    if (check.message().isEmpty()) {
      text(template, "`" + check.condition().span().text().replaceAll("\\s+", " ") + "` is false");
    } else if (check.message().get() instanceof Expr.Text(_, var parts)) {
      for (Expr.Part part : parts) {
        switch (part) {
          case Expr.Part.ItemTokens(String chunk) -> text(template, chunk);
          case Expr.Part.Hole(Span at, var value, var format) -> {
            Val val = Expressions.eval(e, value, scope);
            if (val instanceof Val.Array a && shows(a, holds) && operands.size() <= SHOWN) {
              e.at(at);
              template.append('{').append(operands.size() - 1);
              format.ifPresent(f -> template.append(':').append(f));
              template.append('}');
              operands.add(e.emit1(new Broadcast(holds.type().dims(), axes(a)), a));
            } else {
              text(template, val instanceof Val.Str(String s) ? s : Trees.describe(val));
            }
          }
        }
      }
    } else {
      text(template, message(e, check.message(), scope).orElseThrow());
    }
    e.at(check.condition().span());
    e.emit(new Assert(template.toString()), operands);
  }

  /// Returns whether a value can be shown where a condition fails: one number for all, or one for
  /// each of its elements.
  private static boolean shows(Val.Array a, Val.Array condition) {
    boolean real = a.dtype().numeric() && !a.dtype().complex() || a.dtype().isBool();
    return real && (a.type().isScalar() || a.type().dims().equals(condition.type().dims()));
  }

  private static List<Integer> axes(Val.Array a) {
    return IntStream.range(0, a.type().rank()).boxed().toList();
  }

  private static void text(StringBuilder template, String plain) {
    template.append(plain.replace("{", "{{").replace("}", "}}"));
  }

  private static Diagnostic refusal(Elaboration e, Stmt.Assert check, Scope scope) {
    Optional<String> said = message(e, check.message(), scope);
    String condition = check.condition().span().text().replaceAll("\\s+", " ");
    String message = said.orElse("`" + condition + "` is false");
    Diagnostic refusal =
        e.caller()
            .map(
                call ->
                    Diagnostic.error(Code.ASSERTION_FAILED, call, message)
                        .label(check.condition().span(), "asserted here"))
            .orElseGet(
                () -> Diagnostic.error(Code.ASSERTION_FAILED, check.condition().span(), message));
    return message(e, check.way(), scope).map(refusal::help).orElse(refusal);
  }

  /// Returns what an assertion says if it fails; an array in it shows its type.
  public static Optional<String> message(Elaboration e, Optional<Expr> written, Scope scope) {
    return written.map(
        text -> {
          if (text instanceof Expr.Text(_, var parts)) {
            var out = new StringBuilder();
            for (Expr.Part part : parts) {
              switch (part) {
                case Expr.Part.ItemTokens(String chunk) -> out.append(chunk);
                case Expr.Part.Hole(_, var value, _) -> {
                  Val val = Expressions.eval(e, value, scope);
                  out.append(val instanceof Val.Str(String s) ? s : Trees.describe(val));
                }
              }
            }
            return out.toString();
          }
          Val val = Expressions.eval(e, text, scope);
          if (val instanceof Val.Str(String s)) {
            return s;
          }
          throw e.fault(
              Code.NOT_STATIC, text.span(), "expected a string, got " + Trees.describe(val));
        });
  }
}
