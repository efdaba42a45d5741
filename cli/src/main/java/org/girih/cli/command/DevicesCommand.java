package org.girih.cli.command;

import java.util.concurrent.Callable;
import org.girih.cli.run.RunProblem;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `girih devices`.
@Command(
    name = "devices",
    description = "List the devices of the plugin.",
    footer = {"", "Example:", "  girih devices"})
final class DevicesCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin private PluginOption plugin;

  DevicesCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    try (var client = plugin.open(terminal)) {
      terminal
          .out()
          .println(
              client.platform() + " " + client.platformVersion().lines().findFirst().orElse(""));
      client.devices().forEach(d -> terminal.out().println("  " + d));
      terminal.out().flush();
      return 0;
    } catch (RunProblem e) {
      return terminal.fail(e.diagnostic());
    }
  }
}
