package org.girih.cli.command;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/// `--prefix`.
final class PrefixOption {
  @Option(
      names = "--prefix",
      paramLabel = "DIR",
      description = "Where bin, lib and share lie; ~/.local if not given.")
  private Path path;

  Path path(Terminal terminal) {
    Path chosen =
        path != null
            ? path
            : Path.of(
                terminal.environment().getOrDefault("HOME", System.getProperty("user.home")),
                ".local");
    return chosen.toAbsolutePath().normalize();
  }
}
