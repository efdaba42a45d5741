package org.girih.ir.diagnostic;

/// Colours by ANSI escapes, or none.
record Paint(boolean color) {
  /// The role of a piece of a diagnostic.
  enum Role {
    ERROR("1;31"),
    WARNING("1;33"),
    FRAME("1;34"),
    STRONG("1");

    private final String code;

    Role(String code) {
      this.code = code;
    }
  }

  String in(Role role, String text) {
    return color && !text.isBlank() ? "\u001b[" + role.code + "m" + text + "\u001b[0m" : text;
  }
}
