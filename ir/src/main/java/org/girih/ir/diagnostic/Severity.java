package org.girih.ir.diagnostic;

/// The severity of a diagnostic: an error stops the command before anything runs, a warning does
/// not.
public enum Severity {
  ERROR,
  WARNING;

  /// Returns `error` or `warning`, as it is printed before the code.
  public String text() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
