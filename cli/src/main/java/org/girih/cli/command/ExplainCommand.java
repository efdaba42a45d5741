package org.girih.cli.command;

import java.util.Arrays;
import java.util.Locale;
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
                        spec.commandLine(), "unknown error code `" + code + "`; " + expected()));
    terminal.out().print(known.explanation());
    terminal.out().flush();
    return 0;
  }

  /// Returns what there is: the codes of the same subject, else an example.
  private String expected() {
    String subject = code.substring(0, Math.min(3, code.length())).toUpperCase(Locale.ROOT);
    var near =
        Arrays.stream(Code.values()).map(Code::text).filter(c -> c.startsWith(subject)).toList();
    return subject.length() < 3 || near.isEmpty()
        ? "expected one such as E0103; docs/errors.md lists them"
        : "expected " + WrongCommandLine.listed(near);
  }
}
