package org.girih.ir.op;

import org.girih.ir.diagnostic.Code;

/// A rule cannot do what the program asks for: the reverse of a loop without bound. The pass that
/// called the rule knows the place, and makes it a diagnostic.
public final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Code code;
  private final String help;

  /// @param message one line, without a full stop
  /// @param help a way out
  public Refusal(Code code, String message, String help) {
    super(message);
    this.code = code;
    this.help = help;
  }

  public Code code() {
    return code;
  }

  public String help() {
    return help;
  }
}
