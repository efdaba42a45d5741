package org.girih.cli.command;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.diagnostic.Diagnostic;

/// The process's standard output, which remembers that a write failed: a `PrintStream` forgets why,
/// and results that went to a full disk must not look like success.
final class StandardOutput extends OutputStream {
  /// The shell's exit code of a program that writes to a pipe that nothing reads: 128 + SIGPIPE.
  private static final int BROKEN_PIPE = 141;

  private final OutputStream file = new FileOutputStream(FileDescriptor.out);
  private IOException failure;

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    try {
      file.write(bytes, offset, length);
    } catch (IOException e) {
      failure = failure == null ? e : failure;
      throw e;
    }
  }

  /// Returns the exit code of a command that returned this one, now that all of its results are
  /// written.
  int exitCode(Terminal terminal, int code) {
    if (failure == null) {
      return code;
    }
    if ("Broken pipe".equals(failure.getMessage())) {
      return BROKEN_PIPE;
    }
    return terminal.fail(
        Diagnostic.error(
            Code.CANNOT_WRITE, "cannot write to the standard output: " + failure.getMessage()));
  }
}
