package org.girih.ir.diagnostic;

/// A broken invariant of the compiler: never the user's fault. The command line turns it into exit
/// code 70 and asks for a report.
public final class CompilerBug extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public CompilerBug(String message) {
    super(message);
  }

  public CompilerBug(String message, Throwable cause) {
    super(message, cause);
  }
}
