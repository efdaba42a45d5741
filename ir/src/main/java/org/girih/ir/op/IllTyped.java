package org.girih.ir.op;

/// Operands that an op's typing rule does not admit. The builder's caller made sure that they fit,
/// or turns this into a diagnostic; nothing lets it reach the user as it is.
public final class IllTyped extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public IllTyped(String message) {
    super(message, null, false, false);
  }
}
