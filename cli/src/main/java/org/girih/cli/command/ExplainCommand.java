package org.girih.cli.command;

import java.util.concurrent.Callable;
import org.girih.ir.diagnostic.Code;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `girih explain`.
@Command(
    name = "explain",
    description = "Explain an error code.",
    footer = {"", "Example:", "  girih explain E0103"})
final class ExplainCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(paramLabel = "CODE", description = "The code in brackets, for example E0103.")
  private String code;

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  ExplainCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Code known =
        Code.of(code)
            .orElseThrow(
                () ->
                    new CommandLine.ParameterException(
                        spec.commandLine(),
                        "unknown error code `" + code + "`; expected one such as E0103"));
    terminal.out().print(known.explanation());
    terminal.out().flush();
    return 0;
  }
}
