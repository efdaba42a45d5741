package org.girih.host.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// A process that takes a checkpoint's lock, and waits.
public final class CheckpointHolder {
  private CheckpointHolder() {}

  public static void main(String[] arguments) throws IOException {
    Path checkpoint = Path.of(arguments[0]);
    CheckpointLock.Attempt attempt = CheckpointLock.take(checkpoint, "girih run other.girih");
    System.out.print(attempt instanceof CheckpointLock.Attempt.Taken ? 't' : 'b');
    System.out.flush();
    while (System.in.read() >= 0) {
      continue;
    }
  }

  /// Starts it; it has the lock.
  public static Process start(Path checkpoint) throws IOException {
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-cp",
                    System.getProperty("java.class.path"),
                    CheckpointHolder.class.getName(),
                    checkpoint.toString()))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    if (process.getInputStream().read() != 't') {
      throw new IOException("it has no lock");
    }
    return process;
  }
}
