package org.girih.hlo.verify;

import org.girih.ir.diagnostic.Code;

/// Reports what is wrong with one instruction; caught where instructions are gone through, and
/// turned into a diagnostic there. It never leaves this package.
final class Refused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Code code;

  private Refused(Code code, String message) {
    super(message, null, false, false);
    this.code = code;
  }

  Code code() {
    return code;
  }

  static void unless(boolean holds, String format, Object... arguments) {
    if (!holds) {
      throw new Refused(Code.BAD_HLO, format.formatted(arguments));
    }
  }

  static void tooLargeUnless(boolean holds, String format, Object... arguments) {
    if (!holds) {
      throw new Refused(Code.TOO_LARGE, format.formatted(arguments));
    }
  }
}
