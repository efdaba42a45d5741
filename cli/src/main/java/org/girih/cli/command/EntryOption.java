package org.girih.cli.command;

import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/// `--entry` and `--arg`: a def that is called instead of a program.
final class EntryOption {
  @Option(names = "--entry", paramLabel = "DEF", description = "Call this def instead.")
  private String entry;

  @Option(
      names = "--arg",
      paramLabel = "NAME=VALUE",
      description =
          "An argument of the entry, or what the program asks for by `arg`: n=3, x=@file.npy.")
  private List<String> args = List.of();

  /// Returns the def, if one is named.
  Optional<String> name() {
    return Optional.ofNullable(entry);
  }

  /// Returns its arguments as they were written.
  List<String> args() {
    return args;
  }
}
