package org.girih.cli.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.girih.cli.watch.WatchLoop;
import org.girih.grammar.plan.HostPlan;
import org.girih.runtime.artifact.Artifact;

/// Runs a program for `girih run --watch`, in a process of its own: what a plugin computes ends
/// with its process only.
///
/// @param entry what is called instead of the program, and the arguments
record WatchedRun(Path file, EntryOption entry) implements WatchLoop.Task {
  /// Is set for the process that runs the program once.
  static final String VARIABLE = "GIRIH_WATCHED";

  /// How long a run that is ended may take to say where it can go on.
  private static final long SECONDS_TO_END = 5;

  @Override
  public WatchLoop.Attempt start() throws IOException {
    Set<Path> inputs = inputs();
    var command =
        ThisProcess.command()
            .orElseThrow(() -> new IOException("the system does not say how Girih was started"));
    var builder = new ProcessBuilder(command).inheritIO();
    builder.environment().put(VARIABLE, "1");
    return new Run(inputs, builder.start());
  }

  /// Returns what the program reads; its errors are reported by the process that runs it.
  private Set<Path> inputs() {
    if (file.toString().endsWith(Artifact.SUFFIX)) {
      return Set.of(file.toAbsolutePath().normalize());
    }
    var sources = new Sources();
    Optional<HostPlan> plan = Optional.empty();
    try {
      plan = sources.parse(file).flatMap(f -> sources.plan(f, entry.name(), entry.args()));
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError _) {
      // What was read until then is watched.
    }
    return sources.inputs(plan);
  }

  /// A process, which ends with this one.
  ///
  /// @param hook ends it when the user ends this one
  private record Run(Set<Path> inputs, Process process, Thread hook) implements WatchLoop.Attempt {
    Run(Set<Path> inputs, Process process) {
      this(inputs, process, new Thread(() -> end(process)));
      Runtime.getRuntime().addShutdownHook(hook);
    }

    @Override
    public CompletableFuture<Integer> code() {
      return process.onExit().thenApply(Process::exitValue);
    }

    @Override
    public void end() {
      end(process);
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException _) {
        // This process is being ended too.
      }
    }

    private static void end(Process process) {
      process.destroy();
      try {
        if (!process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS)) {
          process.destroyForcibly().waitFor();
        }
      } catch (InterruptedException _) {
        process.destroyForcibly();
        Thread.currentThread().interrupt();
      }
    }
  }
}
