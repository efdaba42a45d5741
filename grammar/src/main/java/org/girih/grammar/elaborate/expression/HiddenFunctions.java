package org.girih.grammar.elaborate.expression;

import java.util.Optional;
import org.girih.grammar.ast.BoundNames;
import org.girih.grammar.ast.Expr;
import org.girih.grammar.ast.Item;
import org.girih.grammar.ast.Stmt;
import org.girih.grammar.elaborate.core.Elaboration;
import org.girih.grammar.elaborate.core.Fault;
import org.girih.grammar.elaborate.core.Scope;
import org.girih.grammar.elaborate.core.Trees;
import org.girih.grammar.elaborate.core.Val;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.diagnostic.Diagnostic;
import org.girih.ir.source.Span;

/// Reports calls of what hides a function of the prelude: after `let sum = 0.0`, `sum(x)`.
final class HiddenFunctions {
  private HiddenFunctions() {}

  /// Refuses the call if its callee is not a function and hides one.
  static void check(Elaboration e, Expr callee, Val val, Scope scope) {
    boolean function =
        switch (val) {
          case Val.Fn _, Val.Type _, Val.Poison _ -> true;
          case Val.Array _, Val.Hole _, Val.Num _, Val.Bool _, Val.Str _, Val.None _ -> false;
          case Val.Dots _, Val.Tuple _, Val.Record _, Val.Sum _, Val.Namespace _ -> false;
        };
    if (!function && callee instanceof Expr.Name(Span at, String name) && e.inPrelude(name)) {
      throw fault(e, at, name, val, scope);
    }
  }

  private static Fault fault(Elaboration e, Span at, String name, Val val, Scope scope) {
    Optional<Span> let = scope.local(name).isPresent() ? Optional.empty() : let(at, name, scope);
    String which =
        let.map(l -> "the " + Trees.describe(val) + " of line " + l.source().line(l.start()))
            .orElse(Trees.describe(val) + " here");
    var diagnostic =
        Diagnostic.error(
            Code.NOT_A_FUNCTION, at, "`" + name + "` is " + which + ", which hides the prelude's");
    return e.fault(
        let.map(l -> diagnostic.label(l, "hidden here"))
            .orElse(diagnostic)
            .help("write `prelude." + name + "`, or give the other another name")
            .fix(at, "prelude." + name, true));
  }

  /// Returns the place of the last top-level `let` above that binds the name.
  private static Optional<Span> let(Span before, String name, Scope scope) {
    Optional<Span> found = Optional.empty();
    for (Item item : scope.file().file().items()) {
      if (item instanceof Item.Host(Stmt.Let let)
          && let.span().source().equals(before.source())
          && let.span().end() <= before.start()
          && BoundNames.of(let.pattern()).contains(name)) {
        found = Optional.of(let.pattern().span());
      }
    }
    return found;
  }
}
