package org.girih.cli.command;

import java.io.File;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.Callable;
import org.girih.cli.dist.Installation;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.diagnostic.Diagnostic;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `girih install`.
@Command(
    name = "install",
    description = "Install this build of Girih, with its manual pages and completions.",
    footer = {"", "Example:", "  ./girih install --prefix ~/.local"})
final class InstallCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin private PrefixOption prefix;

  InstallCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws InterruptedException {
    Path home = Path.of(terminal.environment().getOrDefault("GIRIH_HOME", ""));
    if (!Files.isRegularFile(home.resolve("lib/girih-cli.jar"))) {
      return terminal.fail(
          Diagnostic.error(
                  Code.INSTALL_FAILED, "the running program is not a build that can be installed")
              .help("run `./girih install` in a clone or in an unpacked distribution"));
    }
    var installation = new Installation(prefix.path(terminal));
    try {
      installation.install(home);
    } catch (FileAlreadyExistsException e) {
      return terminal.fail(
          Diagnostic.error(
                  Code.CANNOT_WRITE, "`" + e.getMessage() + "` is there, and is not Girih's")
              .help("remove it, or choose another `--prefix`"));
    } catch (IOException e) {
      return terminal.fail(
          Diagnostic.error(
                  Code.CANNOT_WRITE, "cannot install in `" + installation.prefix() + "`: " + e)
              .help("choose a folder of your own with `--prefix`"));
    }
    terminal.out().println("installed " + installation.program());
    terminal.out().flush();
    train(installation);
    hints(installation);
    return 0;
  }

  /// Has the installed launcher make its class archive; Girih runs without it too.
  private void train(Installation installation) throws InterruptedException {
    try {
      new ProcessBuilder(installation.program().toString(), "--train")
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    } catch (IOException e) {
      terminal.err().println("girih: no class archive was made: " + e.getMessage());
    }
  }

  private void hints(Installation installation) {
    String bin = installation.program().getParent().toString();
    String path = terminal.environment().getOrDefault("PATH", "");
    if (!Arrays.asList(path.split(File.pathSeparator)).contains(bin)) {
      terminal.err().println("girih: " + bin + " is not on PATH; add it to run `girih` by name");
    }
  }
}
