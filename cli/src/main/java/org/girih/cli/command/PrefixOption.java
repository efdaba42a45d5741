package org.girih.cli.command;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/// `--prefix`.
final class PrefixOption {
  @Option(
      names = "--prefix",
      paramLabel = "DIR",
      description = "Where bin, lib and share lie; ~/.local if not given.")
  private Path path;

  /// Returns the prefix on the command line, if there was one.
  Optional<Path> given() {
    return Optional.ofNullable(path).map(p -> p.toAbsolutePath().normalize());
  }

  Path path(Terminal terminal) {
    return given()
        .orElseGet(
            () ->
                Path.of(
                        terminal
                            .environment()
                            .getOrDefault("HOME", System.getProperty("user.home")),
                        ".local")
                    .toAbsolutePath()
                    .normalize());
  }
}
