package org.girih.ir.diagnostic;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The diagnostics of one run of the compiler, in the order found, each once.
public final class Diagnostics {
  /// After this many errors nothing more is kept: what follows is mostly noise.
  public static final int MAX_ERRORS = 50;

  private final List<Diagnostic> found = new ArrayList<>();
  private final Set<List<Object>> warned = new HashSet<>();
  private int errors;

  /// Keeps it, unless the same one was there, or it is a warning of a place that was warned of: a
  /// def that is checked for several types reports it once. Of the errors of one place that several
  /// calls lead to, the one with the shortest way stays.
  public void add(Diagnostic diagnostic) {
    boolean error = diagnostic.severity() == Severity.ERROR;
    if (!error) {
      if (!found.contains(diagnostic)
          && (diagnostic.span().isEmpty()
              || warned.add(List.of(diagnostic.code(), diagnostic.span().get())))) {
        found.add(diagnostic);
      }
      return;
    }
    for (int i = 0; i < found.size(); i++) {
      if (sameMistake(found.get(i), diagnostic)) {
        if (diagnostic.trace().size() < found.get(i).trace().size()) {
          found.set(i, diagnostic);
        }
        return;
      }
    }
    if (errors < MAX_ERRORS) {
      errors++;
      found.add(diagnostic);
    }
  }

  private static boolean sameMistake(Diagnostic one, Diagnostic other) {
    boolean byCalls = !one.trace().isEmpty() || !other.trace().isEmpty();
    return one.equals(other)
        || one.severity() == other.severity()
            && one.code() == other.code()
            && one.span().isPresent()
            && one.span().equals(other.span())
            && byCalls;
  }

  /// Returns the same without warnings.
  public Diagnostics errors() {
    var out = new Diagnostics();
    found.stream().filter(d -> d.severity() == Severity.ERROR).forEach(out::add);
    return out;
  }

  public boolean hasErrors() {
    return errors > 0;
  }

  public int errorCount() {
    return errors;
  }

  /// Returns all of them, errors before warnings, each kind in the order found.
  public List<Diagnostic> all() {
    var sorted = new ArrayList<Diagnostic>();
    for (Severity severity : Severity.values()) {
      found.stream().filter(d -> d.severity() == severity).forEach(sorted::add);
    }
    return List.copyOf(sorted);
  }
}
