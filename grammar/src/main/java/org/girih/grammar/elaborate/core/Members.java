package org.girih.grammar.elaborate.core;

import java.util.Set;
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
            .map(near -> diagnostic.help("did you mean `" + near + "`?"))
            .orElse(diagnostic));
  }
}
