package org.girih.cli.command;

import org.girih.passes.Pass;
import org.girih.passes.Pipelines;
import picocli.CommandLine;

/// Passes by what the user calls them.
final class PassNames {
  private PassNames() {}

  /// The pass of that name.
  ///
  /// @throws CommandLine.ParameterException if there is none, with those that there are
  static Pass find(String name, CommandLine.Model.CommandSpec spec) {
    return Pipelines.pass(name)
        .orElseThrow(
            () ->
                new CommandLine.ParameterException(
                    spec.commandLine(),
                    "unknown pass `"
                        + name
                        + "`; the passes are "
                        + String.join(", ", Pipelines.all().stream().map(Pass::name).toList())));
  }
}
