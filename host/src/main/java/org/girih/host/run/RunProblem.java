package org.girih.host.run;

import org.girih.ir.diagnostic.Diagnostic;

/// Ends a run with a diagnostic.
public final class RunProblem extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient Diagnostic diagnostic;

  public RunProblem(Diagnostic diagnostic) {
    super(diagnostic.message());
    this.diagnostic = diagnostic;
  }

  public Diagnostic diagnostic() {
    return diagnostic;
  }
}
