package org.girih.grammar.elaborate.core;

import java.util.Set;
import org.girih.grammar.ast.Expr;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.diagnostic.Diagnostic;
import org.girih.ir.source.Span;

/// Refuses fields that a record does not have.
public final class Members {
  private Members() {}

  public static Fault noField(Elaboration e, Span at, String name, Val record, Set<String> names) {
    var diagnostic =
        Diagnostic.error(
            Code.NO_SUCH_FIELD, at, "no field `" + name + "` in " + Trees.describe(record));
    return e.fault(
        Spelling.nearest(name, names.stream())
            .map(near -> WayOut.near(diagnostic, at, near))
            .orElse(diagnostic));
  }

  /// Refuses a field that is taken of a record. Its own names are nearer than other languages'.
  public static Fault noField(
      Elaboration e, Expr.Field field, Val record, Set<String> names, Scope scope) {
    var diagnostic =
        Diagnostic.error(
            Code.NO_SUCH_FIELD,
            field.nameSpan(),
            "no field `" + field.name() + "` in " + Trees.describe(record));
    return Spelling.nearest(field.name(), names.stream()).isPresent()
        ? noField(e, field.nameSpan(), field.name(), record, names)
        : e.fault(WayOut.ofField(e, diagnostic, field, record, scope).orElse(diagnostic));
  }
}
