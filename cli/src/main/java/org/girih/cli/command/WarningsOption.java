package org.girih.cli.command;

import org.girih.ir.diagnostic.Diagnostics;
import picocli.CommandLine.Option;

/// `--no-warnings`.
final class WarningsOption {
  @Option(
      names = "--no-warnings",
      description = "Report errors only. One warning goes away by a name that begins with `_`.")
  private boolean none;

  /// Returns what is to be printed.
  Diagnostics of(Diagnostics found) {
    return none ? found.errors() : found;
  }
}
