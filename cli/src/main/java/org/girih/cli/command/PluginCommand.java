package org.girih.cli.command;

import java.nio.file.Path;
import java.util.Optional;
import org.girih.runtime.plugin.CacheFolder;
import org.girih.runtime.plugin.PluginCache;
import org.girih.runtime.plugin.PluginException;
import org.girih.runtime.plugin.PluginPackage;
import org.girih.runtime.plugin.PluginSearch;
import org.girih.runtime.plugin.PluginSearch.Finding;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `girih plugin`.
@Command(
    name = "plugin",
    description = "Show where PJRT plugins are looked for, or install one.",
    footer = {
      "",
      "Examples:",
      "  girih plugin list",
      "  girih plugin install",
      "  girih plugin install --from xla_cpu_pjrt.whl"
    })
final class PluginCommand implements Runnable {
  private final Terminal terminal;

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  PluginCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void run() {
    throw new CommandLine.ParameterException(spec.commandLine(), "`list` or `install` is missing");
  }

  private PluginCache cache() {
    return new PluginCache(CacheFolder.of(terminal.environment()), terminal.err());
  }

  @Command(
      name = "list",
      description =
          "Each place that is looked at, in order; the first that names a plugin decides.",
      footer = {"", "Example:", "  girih plugin list"})
  int list(
      @Option(names = "--plugin", paramLabel = "PATH", description = "As for run.") Path explicit) {
    var search = PluginSearch.look(Optional.ofNullable(explicit), terminal.environment(), cache());
    for (var place : search.places()) {
      String what =
          switch (place.finding()) {
            case Finding.Nothing _ -> "not set";
            case Finding.Usable(var library) -> library.toString();
            case Finding.Broken(var why) -> "cannot be used: " + why.getMessage();
            case Finding.NotInstalled(var folder) -> "not installed: " + folder;
          };
      String mark = place == search.decisive() ? "* " : "  ";
      String entry = place.entry().isEmpty() ? "" : " (" + place.entry() + ")";
      terminal.out().println(mark + place.name() + entry + ": " + what);
    }
    terminal.out().flush();
    return 0;
  }

  @Command(
      name = "install",
      description = "Fetch the CPU plugin with pip, or take it from a wheel.",
      footer = {"", "Example:", "  girih plugin install --from xla_cpu_pjrt.whl"})
  int install(
      @Option(names = "--from", paramLabel = "WHEEL", description = "A wheel on this machine.")
          Path wheel) {
    try {
      var plugin =
          wheel == null ? cache().require(PluginPackage.CPU) : cache().installFromWheel(wheel);
      terminal.out().println(plugin.library());
      terminal.out().flush();
      return 0;
    } catch (PluginException e) {
      return terminal.fail(PluginOption.diagnostic(e));
    }
  }
}
