package org.girih.cli.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.girih.cli.watch.FolderChanges;
import org.girih.cli.watch.WatchLoop;
import org.girih.host.file.AtomicFile;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.diagnostic.Diagnostic;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `--watch`.
final class WatchOption {
  @Option(
      names = "--watch",
      description =
          "Go on until Ctrl-C: do it again after each change of a file, or of what it imports and"
              + " loads. What is still running then is ended first.")
  private boolean watch;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  /// Returns whether files are to be watched.
  ///
  /// @throws ParameterException if they cannot be
  boolean of(List<Path> files) {
    if (watch && files.stream().anyMatch(Sources::isStandardInput)) {
      throw new ParameterException(
          spec.commandLine(), "`--watch` waits for changes of files; standard input has none");
    }
    return watch;
  }

  /// Runs a task until the user ends it.
  int run(Terminal terminal, WatchLoop.Task task) {
    try (var changes = new FolderChanges()) {
      return new WatchLoop(changes, terminal.err()).run(task);
    } catch (IOException e) {
      return terminal.fail(
          Diagnostic.error(Code.CANNOT_READ, "cannot watch the files: " + AtomicFile.reason(e))
              .help("run it without `--watch`"));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return 130;
    }
  }
}
