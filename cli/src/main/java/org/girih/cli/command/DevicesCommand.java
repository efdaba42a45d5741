package org.girih.cli.command;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.girih.host.run.RunProblem;
import org.girih.runtime.pjrt.Client;
import org.girih.runtime.pjrt.DeviceDescription;
import org.girih.runtime.pjrt.PluginDevice;
import org.girih.runtime.plugin.CacheFolder;
import org.girih.runtime.plugin.DeviceFiles;
import org.girih.runtime.plugin.Platform;
import org.girih.runtime.plugin.PluginCache;
import org.girih.runtime.plugin.PluginSearch;
import org.girih.runtime.plugin.PluginSearch.Finding;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `girih devices`.
@Command(
    name = "devices",
    description =
        "List this machine's devices: platform, kind, memory, coordinates. With --device or"
            + " --plugin those of one plugin.",
    footer = {"", "Example:", "  girih devices"})
final class DevicesCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin private PluginOption plugin;

  DevicesCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    try {
      if (plugin.path().isPresent() || plugin.platform(terminal).isPresent()) {
        try (var client = plugin.open(terminal)) {
          show(client);
        }
        return 0;
      }
      for (Platform each : Platform.values()) {
        show(each);
      }
      return 0;
    } catch (RunProblem e) {
      return terminal.fail(e.diagnostic());
    } finally {
      terminal.out().flush();
    }
  }

  private void show(Platform platform) throws RunProblem {
    var cache = new PluginCache(CacheFolder.of(terminal.environment()), terminal.err());
    var found =
        PluginSearch.look(platform, Optional.empty(), terminal.environment(), cache)
            .decisive()
            .finding();
    if (platform == Platform.CPU) {
      try (var client = plugin.open(terminal)) {
        show(client);
      }
    } else if (!(found instanceof Finding.Usable)) {
      String how = "not installed; `" + platform.install() + "` fetches its plugin";
      terminal.out().println(platform.text() + ": " + how);
    } else if (!DeviceFiles.present(platform, Path.of("/"))) {
      terminal.out().println(platform.text() + ": installed; this machine has no such device");
    } else {
      try (var client = plugin.open(platform, terminal)) {
        show(client);
      }
    }
  }

  private void show(Client client) {
    String version = client.platformVersion().lines().findFirst().orElse("");
    terminal.out().println(client.platform() + ": " + version);
    client.devices().forEach(d -> terminal.out().println("  " + line(d)));
  }

  /// Returns `TPU v3:5  12.0 of 16.0 GiB used  at (0, 1, 0), core 1`.
  private static String line(PluginDevice device) {
    var line = new StringBuilder(device.toString());
    device.memory().ifPresent(m -> line.append("  ").append(memory(m)));
    DeviceDescription about = device.description();
    if (!about.coordinates().isEmpty()) {
      line.append(
          about.coordinates().stream()
              .map(String::valueOf)
              .collect(Collectors.joining(", ", "  at (", ")")));
    }
    about.core().ifPresent(core -> line.append(", core ").append(core));
    return line.toString();
  }

  private static String memory(PluginDevice.Memory memory) {
    OptionalLong limit = memory.limit();
    return gib(memory.inUse())
        + (limit.isPresent() ? " of " + gib(limit.getAsLong()) : "")
        + " GiB used";
  }

  private static String gib(long bytes) {
    return String.format(Locale.ROOT, "%.1f", bytes / (double) (1L << 30));
  }
}
