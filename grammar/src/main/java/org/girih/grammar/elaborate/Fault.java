package org.girih.grammar.elaborate;

import org.girih.ir.diagnostic.Diagnostic;

/// Ends the elaboration of one statement or one def with a diagnostic. It never leaves this
/// package: the statement's loop collects the diagnostic and goes on with the next one.
final class Fault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Diagnostic diagnostic;

  Fault(Diagnostic diagnostic) {
    super(diagnostic.message(), null, false, false);
    this.diagnostic = diagnostic;
  }

  Diagnostic diagnostic() {
    return diagnostic;
  }

  /// A check for all sizes that depends on the value of a size, and is left to the calls.
  static final class Undecided extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Undecided(String what) {
      super(what, null, false, false);
    }
  }

  /// A use of what has failed already; reported there.
  static final class Poisoned extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Poisoned() {
      super(null, null, false, false);
    }
  }
}
