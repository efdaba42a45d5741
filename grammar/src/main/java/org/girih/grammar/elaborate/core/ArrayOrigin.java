package org.girih.grammar.elaborate.core;

import java.util.Optional;
import org.girih.ir.diagnostic.Diagnostic;
import org.girih.ir.source.Span;

/// Tells of a value that should be static where it became an array of the run.
public final class ArrayOrigin {
  private ArrayOrigin() {}

  /// Returns the diagnostic with a label there, if it is another place in the user's program.
  public static Diagnostic shown(Diagnostic diagnostic, Val val) {
    Optional<Span> born =
        Trees.arrays(val).stream()
            .findFirst()
            .flatMap(a -> a.owner().definition(a.value()))
            .flatMap(equation -> equation.origin().span())
            .filter(at -> !at.source().isLibrary() && !diagnostic.span().equals(Optional.of(at)));
    return born.map(at -> diagnostic.label(at, "an array of the run since here"))
        .orElse(diagnostic);
  }
}
