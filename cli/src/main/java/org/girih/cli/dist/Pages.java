package org.girih.cli.dist;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.girih.cli.command.Girih;
import org.girih.cli.command.Terminal;
import picocli.AutoComplete;
import picocli.CommandLine;

/// Writes into a distribution's folder `share/man/man1`, `share/completions` and `COMMIT`.
final class Pages {
  private Pages() {}

  /// @param arguments the root of the sources, and the folder of the distribution
  public static void main(String[] arguments) throws Exception {
    Path root = Path.of(arguments[0]);
    Path folder = Path.of(arguments[1]);
    var line = Girih.commandLine(new Terminal(System.out, System.err, Map.of()));
    Path man = folder.resolve("share/man/man1");
    if (Files.isDirectory(man)) {
      try (Stream<Path> old = Files.list(man)) {
        for (Path each : old.toList()) {
          Files.delete(each);
        }
      }
    }
    manual(line, Girih.version(), man);
    Path completions = folder.resolve("share/completions");
    write(completions.resolve("girih.bash"), AutoComplete.bash("girih", line));
    write(completions.resolve("girih.fish"), FishCompletion.of(line));
    write(folder.resolve("COMMIT"), commit(root) + "\n");
  }

  private static void manual(CommandLine line, String version, Path folder) throws IOException {
    write(folder.resolve(ManPage.name(line) + ".1"), ManPage.of(line, version));
    for (CommandLine each : line.getSubcommands().values()) {
      manual(each, version, folder);
    }
  }

  private static void write(Path path, String text) throws IOException {
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  /// The short hash of what is built; `unknown` outside a clone or without git.
  private static String commit(Path root) throws InterruptedException {
    try {
      Process git =
          new ProcessBuilder("git", "rev-parse", "--short=12", "HEAD")
              .directory(root.toFile())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String hash = new String(git.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      return git.waitFor() == 0 ? hash.strip() : "unknown";
    } catch (IOException e) {
      return "unknown";
    }
  }
}
