package org.girih.cli.command;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.girih.cli.dist.FileTree;
import org.girih.cli.dist.Installation;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.diagnostic.Diagnostic;
import org.girih.runtime.plugin.CacheFolder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `girih uninstall`.
@Command(
    name = "uninstall",
    description = "Remove an installed Girih, without --prefix the one that runs, and its caches.",
    footer = {"", "Example:", "  girih uninstall --prefix ~/.local"})
final class UninstallCommand implements Callable<Integer> {
  /// The folders that Girih keeps in its cache; a folder of the user's that GIRIH_CACHE names may
  /// hold more.
  private static final List<String> CACHES = List.of("plugins", "native", "shim");

  private final Terminal terminal;

  @Mixin private PrefixOption prefix;

  @Option(names = "--keep-cache", description = "Leave the downloaded plugins where they are.")
  private boolean keepCache;

  UninstallCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Path home = Path.of(terminal.environment().getOrDefault("GIRIH_HOME", ""));
    Installation installation =
        prefix
            .given()
            .map(Installation::new)
            .or(() -> Installation.of(home))
            .orElseGet(() -> new Installation(prefix.path(terminal)));
    try {
      if (installation.exists()) {
        installation.remove();
        terminal.out().println("removed " + installation.folder());
      } else {
        terminal.err().println("girih: nothing is installed in " + installation.prefix());
      }
      if (!keepCache) {
        clear(CacheFolder.of(terminal.environment()));
      }
    } catch (IOException e) {
      return terminal.fail(
          Diagnostic.error(
              Code.CANNOT_WRITE, "cannot remove `" + installation.folder() + "`: " + e));
    }
    terminal.out().flush();
    return 0;
  }

  private void clear(Path cache) throws IOException {
    if (!Files.isDirectory(cache)) {
      return;
    }
    for (String each : CACHES) {
      FileTree.delete(cache.resolve(each));
    }
    try {
      Files.delete(cache);
    } catch (DirectoryNotEmptyException _) {
      // What else lies there is not Girih's.
    }
    terminal.out().println("removed the caches in " + cache);
  }
}
