package org.girih.grammar.elaborate.core;

import org.girih.ir.diagnostic.Diagnostic;

/// Ends the elaboration of one statement or one def with a diagnostic. It never leaves this
/// package: the statement's loop collects the diagnostic and goes on with the next one.
public final class Fault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Diagnostic diagnostic;

  Fault(Diagnostic diagnostic) {
    super(diagnostic.message(), null, false, false);
    this.diagnostic = diagnostic;
  }

  public Diagnostic diagnostic() {
    return diagnostic;
  }

  /// A check for all sizes that depends on the value of a size, and is left to the calls.
  public static final class Undecided extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public Undecided(String what) {
      super(what, null, false, false);
    }
  }

  /// A use of what has failed already; reported there.
  public static final class Poisoned extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public Poisoned() {
      super(null, null, false, false);
    }
  }
}
