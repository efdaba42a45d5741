package org.girih.cli.pages;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.girih.cli.command.Girih;
import org.girih.cli.command.Terminal;
import org.girih.cli.command.Version;
import org.girih.cli.dist.FileTree;
import org.girih.cli.dist.FishCompletion;
import picocli.AutoComplete;
import picocli.CommandLine;

/// Completes a distribution's folder, which has its jars: writes `share/man/man1`,
/// `share/completions` and `COMMIT`, and copies what is in the sources.
final class Pages {
  private static final List<String> COPIED =
      List.of("LICENSE", "NOTICE", "README.md", "CHANGELOG.md", "examples");

  private Pages() {}

  /// @param arguments the root of the sources, and the folder of the distribution
  public static void main(String[] arguments) throws Exception {
    Path root = Path.of(arguments[0]);
    Path folder = Path.of(arguments[1]);
    var line = Girih.commandLine(new Terminal(System.out, System.err, Map.of()));
    Path man = folder.resolve("share/man/man1");
    FileTree.delete(man);
    manual(line, Version.number(), man);
    Path completions = folder.resolve("share/completions");
    write(completions.resolve("girih.bash"), AutoComplete.bash("girih", line));
    write(completions.resolve("girih.fish"), FishCompletion.of(line));
    write(folder.resolve("COMMIT"), commit(root) + "\n");
    for (String each : COPIED) {
      if (Files.exists(root.resolve(each))) {
        FileTree.copy(root.resolve(each), folder.resolve(each));
      }
    }
    FileTree.copy(root.resolve("girih"), folder.resolve("bin/girih"));
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

  /// Returns the short hash of what is built; `unknown` outside a clone or without git.
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
