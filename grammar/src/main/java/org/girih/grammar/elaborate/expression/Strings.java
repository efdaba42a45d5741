package org.girih.grammar.elaborate.expression;

import org.girih.grammar.ast.Expr;
import org.girih.grammar.elaborate.core.Elaboration;
import org.girih.grammar.elaborate.core.Scope;
import org.girih.grammar.elaborate.core.Trees;
import org.girih.grammar.elaborate.core.Val;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.diagnostic.Diagnostic;

/// Strings that must be known at compile time: paths, einsum formulas. A hole may hold static
/// values.
final class Strings {
  private static final int MAX_LETTERS = 1_000_000;

  private Strings() {}

  static String fixed(Elaboration e, Expr.Text text, Scope scope) {
    var out = new StringBuilder();
    for (Expr.Part part : text.parts()) {
      switch (part) {
        case Expr.Part.ItemTokens(String chunk) -> out.append(chunk);
        case Expr.Part.Hole(var span, var value, var format) -> {
          Val val = Expressions.eval(e, value, scope);
          if (!Trees.isStatic(val) || format.isPresent()) {
            throw e.fault(
                Diagnostic.error(
                        Code.NOT_STATIC,
                        span,
                        format.isPresent()
                            ? "a format is allowed only in strings of effects such as `print`"
                            : "the string is not static: it holds " + Trees.describe(val))
                    .help("an effect such as `print(\"…{x}…\")` takes values of the run time"));
          }
          out.append(val instanceof Val.Str(String s) ? s : Trees.describe(val));
          if (out.length() > MAX_LETTERS) {
            throw e.fault(
                Code.TOO_LARGE, span, "a string of more than " + MAX_LETTERS + " letters");
          }
        }
      }
    }
    return out.toString();
  }
}
