package org.girih.cli.command;

import java.util.Arrays;
import picocli.CommandLine.Option;

/// The option that tells how far a file from elsewhere is trusted. [Guard] asks before any option
/// is read.
final class TrustOption {
  private static final String NAME = "--trust";

  @Option(
      names = NAME,
      description =
          "Compile and run what comes from a file in this process. Without it, a module or an"
              + " artifact that was not built here runs in a process of its own.")
  private boolean trust;

  /// Returns whether a command line has the option.
  static boolean in(String[] args) {
    return Arrays.asList(args).contains(NAME);
  }
}
