package org.girih.cli.command;

import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.girih.cli.cross.Chip;
import org.girih.cli.cross.Target;
import org.girih.runtime.plugin.CacheFolder;
import org.girih.runtime.plugin.Platform;
import org.girih.runtime.plugin.PluginCache;
import org.girih.runtime.plugin.PluginSearch;
import org.girih.runtime.plugin.PluginSearch.Finding;
import picocli.CommandLine.Command;

/// `girih targets`.
@Command(
    name = "targets",
    description = "List what programs are compiled for, and whether its plugin is installed.",
    footer = {"", "Example:", "  girih targets"})
final class TargetsCommand implements Callable<Integer> {
  private final Terminal terminal;

  TargetsCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    var out = terminal.out();
    for (Platform platform : Platform.values()) {
      out.println(platform.text() + ": " + plugin(platform));
      for (Target target : Target.examples()) {
        if (target.platform() == platform) {
          out.println("  " + line(target));
        }
      }
    }
    out.flush();
    return 0;
  }

  private String plugin(Platform platform) {
    var cache = new PluginCache(CacheFolder.of(terminal.environment()), terminal.err());
    var search = PluginSearch.look(platform, Optional.empty(), terminal.environment(), cache);
    return switch (search.decisive().finding()) {
      case Finding.Usable(var library) -> library.toString();
      case Finding.Broken(var why) -> why.getMessage();
      case Finding.NotInstalled _, Finding.Nothing _ ->
          "not installed; `" + platform.install() + "` fetches its plugin";
    };
  }

  private static String line(Target target) {
    String text = target.chip().isEmpty() ? target.text() + "[:N]" : target.text();
    return target
        .chip()
        .map(
            c ->
                String.format(
                    Locale.ROOT,
                    "%-16s %7.1f GB and %6.1f TFLOP/s a device%s",
                    text,
                    c.memory() / 1e9,
                    c.flops() / 1e12,
                    more(c)))
        .orElse(text);
  }

  private static String more(Chip chip) {
    return switch (chip.make()) {
      case Chip.Gpu _ -> "; `cuda:" + chip.text() + ":8` is eight in one machine";
      case Chip.Torus torus ->
          "; up to %d chips%s"
              .formatted(
                  torus.chips(), chip.devices() == 1 ? "" : " of " + chip.devices() + " cores");
    };
  }
}
