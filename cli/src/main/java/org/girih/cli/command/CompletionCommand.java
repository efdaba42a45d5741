package org.girih.cli.command;

import java.util.concurrent.Callable;
import org.girih.cli.dist.FishCompletion;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `girih completion`.
@Command(
    name = "completion",
    description = "Print a completion script for bash, zsh or fish.",
    footer = {"", "Example:", "  source <(girih completion bash)"})
final class CompletionCommand implements Callable<Integer> {
  /// The shells.
  enum Shell {
    BASH,
    ZSH,
    FISH
  }

  private final Terminal terminal;

  @Parameters(paramLabel = "SHELL", description = "bash, zsh or fish.")
  private Shell shell;

  CompletionCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    CommandLine line = Girih.commandLine(terminal);
    switch (shell) {
      case BASH, ZSH -> terminal.out().print(AutoComplete.bash("girih", line));
      case FISH -> terminal.out().print(FishCompletion.of(line));
    }
    terminal.out().flush();
    return 0;
  }
}
