package org.girih.cli.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.girih.runtime.pjrt.Client;

/// The place where something was measured: what must be equal for two measurements to be
/// comparable.
///
/// @param girih its version
/// @param machine operating system, architecture, processor and how many there are
/// @param plugin platform, version and kind of device
public record Setting(String girih, String machine, String plugin) {
  private static final Path PROCESSORS = Path.of("/proc/cpuinfo");

  public static Setting of(String girih, Client client) {
    String machine =
        "%s %s, %d × %s"
            .formatted(
                System.getProperty("os.name"),
                System.getProperty("os.arch"),
                Runtime.getRuntime().availableProcessors(),
                processor());
    String plugin =
        client.platform()
            + ", "
            + client.platformVersion().lines().findFirst().orElse("")
            + ", API "
            + client.plugin().apiVersion()
            + ", "
            + client.devices().getFirst().kind();
    return new Setting(girih, machine, plugin);
  }

  private static String processor() {
    try (var lines = Files.lines(PROCESSORS, StandardCharsets.ISO_8859_1)) {
      return lines
          .filter(l -> l.startsWith("model name"))
          .findFirst()
          .map(l -> l.substring(l.indexOf(':') + 1).strip())
          .orElse("processor");
    } catch (IOException | java.io.UncheckedIOException _) {
      return "processor"; // of a kind that the system does not tell
    }
  }

  /// Returns what differs, for a person: `machine: … there, … here`.
  public List<String> differences(Setting here) {
    var out = new ArrayList<String>();
    difference(out, "version of Girih", girih, here.girih);
    difference(out, "machine", machine, here.machine);
    difference(out, "plugin", plugin, here.plugin);
    return out;
  }

  private static void difference(List<String> out, String what, String there, String here) {
    if (!there.equals(here)) {
      out.add(what + ": " + there + " then, " + here + " now");
    }
  }
}
