package org.girih.grammar.elaborate.core;

import java.util.Optional;
import org.girih.ir.diagnostic.Diagnostic;
import org.girih.ir.program.Equation;
import org.girih.ir.source.Span;

/// Tells where an array began: where a value that should be static became one, and where one got
/// the sizes that do not fit.
public final class ArrayOrigin {
  /// Steps back that are taken at most.
  private static final int FAR = 200;

  private ArrayOrigin() {}

  /// Returns the diagnostic with a label where the array got its sizes, if that is another line of
  /// the user's program: it is followed through arguments, and through what keeps sizes.
  public static Diagnostic made(Diagnostic diagnostic, Val.Array array) {
    Optional<Span> here = diagnostic.span();
    Optional<Span> there = birth(array);
    boolean elsewhere =
        here.isPresent()
            && there.isPresent()
            && !there.get().source().isLibrary()
            && !line(here.get()).equals(line(there.get()))
            && diagnostic.labels().stream().noneMatch(l -> l.span().equals(there.get()));
    return elsewhere ? diagnostic.label(there.get(), array.type() + " is made here") : diagnostic;
  }

  private static String line(Span at) {
    return at.source().name() + ":" + at.source().line(at.start());
  }

  private static Optional<Span> birth(Val.Array array) {
    Val.Array at = array;
    for (int i = 0; i < FAR; i++) {
      Val.Array now = at;
      Optional<Equation> made = now.owner().definition(now.value());
      Optional<Val.Array> before =
          made.isEmpty()
              ? now.owner().argument(now.value())
              : made.get().operands().stream()
                  .filter(o -> o.type().dims().equals(now.type().dims()))
                  .map(now.owner()::array)
                  .findFirst();
      if (before.isEmpty()) {
        return made.flatMap(equation -> equation.origin().span());
      }
      at = before.get();
    }
    return Optional.empty();
  }

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
