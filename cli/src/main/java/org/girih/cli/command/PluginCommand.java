package org.girih.cli.command;

import static java.util.stream.Collectors.joining;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.diagnostic.Diagnostic;
import org.girih.ir.diagnostic.Visible;
import org.girih.runtime.plugin.CacheFolder;
import org.girih.runtime.plugin.InstalledPlugin;
import org.girih.runtime.plugin.Platform;
import org.girih.runtime.plugin.PluginCache;
import org.girih.runtime.plugin.PluginCache.State;
import org.girih.runtime.plugin.PluginException;
import org.girih.runtime.plugin.PluginPackage;
import org.girih.runtime.plugin.PluginSearch;
import org.girih.runtime.plugin.PluginSearch.Finding;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `girih plugin`.
@Command(
    name = "plugin",
    description = "Show where PJRT plugins are looked for, install one, or verify those there are.",
    footer = {
      "",
      "Examples:",
      "  girih plugin list",
      "  girih plugin install",
      "  girih plugin install cuda13",
      "  girih plugin verify",
      "  girih plugin install --from lammps_jax_pjrt_cpu.whl"
    })
final class PluginCommand implements Runnable {
  private final Terminal terminal;

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  PluginCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        spec.commandLine(), "`list`, `install` or `verify` is missing");
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
    show(search, "");
    for (Platform each : Platform.values()) {
      if (each != Platform.CPU) {
        show(
            PluginSearch.look(each, Optional.empty(), terminal.environment(), cache()),
            each.text() + ": ");
      }
    }
    terminal.out().flush();
    return 0;
  }

  private void show(PluginSearch search, String platform) {
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
      terminal.out().println(Visible.text(mark + platform + place.name() + entry + ": " + what));
    }
  }

  @Command(
      name = "install",
      description = "Fetch a plugin with pip, or take it from wheels. Licences are named first.",
      footer = {
        "",
        "Examples:",
        "  girih plugin install tpu",
        "  girih plugin install --from lammps_jax_pjrt_cpu.whl"
      })
  int install(
      @Parameters(
              paramLabel = "NAME",
              arity = "0..1",
              description = "cpu (if none is named), cuda12, cuda13 or tpu.")
          String name,
      @Option(
              names = "--from",
              paramLabel = "WHEEL",
              description = "A wheel on this machine; several times, if the plugin needs several.")
          List<Path> wheels) {
    try {
      if (wheels != null) {
        return installed(cache().installFromWheels(wheels));
      }
      String wanted = name == null ? PluginPackage.CPU.keyword() : name;
      for (PluginPackage each : PluginPackage.all()) {
        if (each.keyword().equals(wanted)) {
          return installed(cache().require(each));
        }
      }
      String known =
          PluginPackage.all().stream().map(PluginPackage::keyword).collect(joining(", "));
      return terminal.fail(
          Diagnostic.error(Code.INSTALL_FAILED, "unknown plugin `" + wanted + "`")
              .help("known are " + known));
    } catch (PluginException e) {
      return terminal.fail(PluginOption.diagnostic(e));
    }
  }

  @Command(
      name = "verify",
      description = "Check that each installed plugin is the pinned one.",
      footer = {"", "Example:", "  girih plugin verify"})
  int verify() {
    PluginCache cache = cache();
    int installed = 0;
    int good = 0;
    for (PluginPackage each : PluginPackage.all()) {
      switch (cache.verify(each)) {
        case State.Missing _ -> {
          continue;
        }
        case State.Good(var plugin) -> {
          good++;
          verified(plugin.library(), "as the pinned wheel has it");
        }
        case State.Damaged(var folder, var why) -> verified(folder, "NOT as pinned: " + why);
        case State.Refused(var why) ->
            verified(cache.folder().resolve(each.folder()), "refused: " + why.getMessage());
      }
      installed++;
    }
    if (installed == 0) {
      verified(cache.folder(), "no plugin is installed");
    }
    terminal.out().flush();
    return good == installed ? 0 : 1;
  }

  private void verified(Path path, String finding) {
    terminal.out().println(Visible.text(path + ": " + finding));
  }

  private int installed(InstalledPlugin plugin) {
    terminal.out().println(plugin.library());
    terminal.out().flush();
    return 0;
  }
}
