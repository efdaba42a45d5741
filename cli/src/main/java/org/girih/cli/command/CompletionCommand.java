package org.girih.cli.command;

import java.util.concurrent.Callable;
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
      case FISH -> fish(line, "");
    }
    terminal.out().flush();
    return 0;
  }

  private void fish(CommandLine line, String condition) {
    line.getSubcommands()
        .forEach(
            (name, sub) -> {
              String about = String.join(" ", sub.getCommandSpec().usageMessage().description());
              terminal
                  .out()
                  .println(
                      "complete -c girih "
                          + (condition.isEmpty() ? "-n __fish_use_subcommand" : condition)
                          + " -a "
                          + name
                          + " -d '"
                          + about.replace("'", "")
                          + "'");
              String inside = "-n '__fish_seen_subcommand_from " + name + "'";
              for (var option : sub.getCommandSpec().options()) {
                String longest = option.longestName();
                if (longest.startsWith("--")) {
                  terminal
                      .out()
                      .println("complete -c girih " + inside + " -l " + longest.substring(2));
                }
              }
              fish(sub, inside);
            });
  }
}
