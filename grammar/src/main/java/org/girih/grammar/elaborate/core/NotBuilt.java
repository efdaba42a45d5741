package org.girih.grammar.elaborate.core;

import java.util.Map;
import java.util.Optional;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.diagnostic.Diagnostic;
import org.girih.ir.source.Span;

/// Refuses what the language has and this version of Girih does not: each use gets a diagnostic
/// that says so, never a wrong number.
public final class NotBuilt {
  /// @param what the feature, as the subject of a sentence
  public record Missing(Code code, String what) {}

  private static final Map<String, Code> LIBRARIES = Map.of("fft", Code.NO_LIBRARY);

  private NotBuilt() {}

  /// Returns what is missing if a name that is bound nowhere is one that the language has.
  public static Optional<Missing> library(String name) {
    return Optional.ofNullable(LIBRARIES.get(name))
        .map(code -> new Missing(code, "the library `" + name + "`"));
  }

  public static Fault fault(Elaboration e, Span at, Missing missing) {
    return e.fault(diagnostic(at, missing));
  }

  public static Diagnostic diagnostic(Span at, Missing missing) {
    return Diagnostic.error(missing.code(), at, missing.what() + " is not built yet")
        .help("the README's feature table says what works today");
  }
}
