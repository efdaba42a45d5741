package org.girih.cli.watch;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.girih.ir.diagnostic.Visible;

/// Runs a task, and again after each change of a file that it read.
public final class WatchLoop {
  /// What is run.
  public interface Task {
    /// Begins to run it; it may be over when this returns.
    Attempt start() throws IOException;
  }

  /// One run of a task.
  public interface Attempt {
    /// Returns the files that it reads, also those that are not there; none that it writes.
    Set<Path> inputs();

    /// Returns its exit code, once it is over.
    CompletableFuture<Integer> code();

    /// Ends it, and waits until it is over.
    void end();
  }

  private final Changes changes;
  private final PrintStream err;

  /// @param err is told what is watched, and what has changed
  public WatchLoop(Changes changes, PrintStream err) {
    this.changes = changes;
    this.err = err;
  }

  /// Runs a task until there are no more changes. A run that goes on while a file changes is ended.
  ///
  /// @return the exit code of the last run
  public int run(Task task) throws IOException, InterruptedException {
    Set<Path> known = Set.of();
    while (true) {
      Stamps before = Stamps.of(known);
      Instant begin = Instant.now();
      Attempt attempt = task.start();
      Set<Path> files = attempt.inputs();
      Stamps read = before.read(known, files, begin);
      known = files;
      var told = attempt.code().thenRun(() -> tell("watching " + count(files)));
      Optional<Path> changed = next(read, files);
      if (changed.isEmpty()) {
        told.join();
        return attempt.code().join();
      }
      told.cancel(false);
      attempt.end();
      tell("`" + shown(changed.get()) + "` has changed");
    }
  }

  /// Waits until a file is another than it was when it was read; returns it, or nothing if there
  /// are no more changes.
  private Optional<Path> next(Stamps read, Set<Path> files)
      throws IOException, InterruptedException {
    // What changes before the folders are watched is seen by the comparison.
    changes.watch(files);
    Optional<Path> changed = read.changed(Stamps.of(files));
    while (changed.isEmpty() && changes.await()) {
      changes.watch(files); // a folder may have been made, or made again
      changed = read.changed(Stamps.of(files));
    }
    return changed;
  }

  private void tell(String text) {
    err.println("girih: " + text);
    err.flush();
  }

  private static String count(Set<Path> files) {
    return files.size() + (files.size() == 1 ? " file" : " files") + "; Ctrl-C ends";
  }

  private static String shown(Path file) {
    Path here = Path.of("").toAbsolutePath();
    return Visible.text((file.startsWith(here) ? here.relativize(file) : file).toString());
  }
}
