package org.girih.grammar.elaborate.expression;

import java.util.Optional;
import org.girih.grammar.ast.Expr;
import org.girih.grammar.ast.Stmt;
import org.girih.grammar.elaborate.core.Elaboration;
import org.girih.grammar.elaborate.core.Fault;
import org.girih.grammar.elaborate.core.NotBuilt;
import org.girih.grammar.elaborate.core.Scope;
import org.girih.grammar.elaborate.core.Trees;
import org.girih.grammar.elaborate.core.Val;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.diagnostic.Diagnostic;
import org.girih.ir.source.Span;

/// `assert` in a block: the def refuses what it does not take, at the place of its call.
public final class Assertions {
  private Assertions() {}

  /// Looks at a condition that is static; one of the run time is not built yet.
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
      case Val.Array a when a.dtype().isBool() ->
          throw NotBuilt.fault(
              e,
              at,
              new NotBuilt.Missing(
                  Code.NOT_BUILT, "an `assert` of a value of the run time in a block"));
      case Val other ->
          throw e.fault(
              Code.NOT_A_SCALAR_CONDITION,
              at,
              "a condition is a bool, not " + Trees.describe(other));
    }
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
