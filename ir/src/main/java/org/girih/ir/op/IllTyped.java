package org.girih.ir.op;

/// Operands that an op's typing rule does not admit. The builder's caller made sure that they fit,
/// or turns this into a diagnostic ([#text]); nothing lets it reach the user as it is.
public final class IllTyped extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int constraint;

  public IllTyped(String message) {
    this(0, message);
  }

  /// @param constraint its number in the op's doc; 0 if it is none of these
  IllTyped(int constraint, String message) {
    super(message, null, false, false);
    this.constraint = constraint;
  }

  /// Returns what is wrong, with the op and its constraint: `dot (C5): paired sizes: 4 and 5
  /// differ`.
  public String text(Op op) {
    String cited = constraint == 0 ? "" : " (C" + constraint + ")";
    return op.primitive() + cited + ": " + getMessage();
  }
}
