package org.girih.ir.diagnostic;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// The diagnostics of one run of the compiler, in the order found, each once.
public final class Diagnostics {
  /// After so many errors nothing more is kept: what follows is mostly noise.
  public static final int MAX_ERRORS = 50;

  private final Set<Diagnostic> found = new LinkedHashSet<>();
  private final Set<List<Object>> warned = new HashSet<>();
  private int errors;

  /// Keeps it, unless the same one was there, or it is a warning of a place that was warned of: a
  /// def that is checked for several types says it once.
  public void add(Diagnostic diagnostic) {
    boolean error = diagnostic.severity() == Severity.ERROR;
    if (!error
        && diagnostic.span().isPresent()
        && !warned.add(List.of(diagnostic.code(), diagnostic.span().get()))) {
      return;
    }
    if (error && errors >= MAX_ERRORS) {
      return;
    }
    if (found.add(diagnostic) && error) {
      errors++;
    }
  }

  public boolean hasErrors() {
    return errors > 0;
  }

  public int errorCount() {
    return errors;
  }

  /// All of them, errors before warnings, each kind in the order found.
  public List<Diagnostic> all() {
    var sorted = new ArrayList<Diagnostic>();
    for (Severity severity : Severity.values()) {
      found.stream().filter(d -> d.severity() == severity).forEach(sorted::add);
    }
    return List.copyOf(sorted);
  }
}
