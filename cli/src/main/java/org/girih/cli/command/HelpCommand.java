package org.girih.cli.command;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `girih help`.
@Command(
    name = "help",
    description = "Show the help of Girih, or of a command.",
    footer = {"", "Example:", "  girih help run"})
final class HelpCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(paramLabel = "COMMAND", arity = "0..*", description = "Such as run.")
  private List<String> names = List.of();

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  HelpCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    CommandLine line = spec.root().commandLine();
    for (String name : names) {
      CommandLine sub = line.getSubcommands().get(name);
      if (sub == null) {
        throw new CommandLine.UnmatchedArgumentException(line, List.of(name));
      }
      line = sub;
    }
    terminal.out().print(line.getUsageMessage());
    terminal.out().flush();
    return 0;
  }
}
