package org.girih.host.file;

import org.girih.ir.diagnostic.Code;

/// Reports why a file cannot be read or written; whoever knows the place in the program makes a
/// diagnostic of it.
public final class FileProblem extends Exception {
  private static final long serialVersionUID = 1L;

  private final Code code;

  public FileProblem(Code code, String message) {
    super(message);
    this.code = code;
  }

  public Code code() {
    return code;
  }
}
