package org.girih.cli;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.girih.cli.command.Girih;
import org.girih.cli.command.Terminal;
import org.girih.runtime.plugin.CacheFolder;
import org.girih.runtime.plugin.DeviceFiles;
import org.girih.runtime.plugin.Platform;
import org.girih.runtime.plugin.PluginCache;
import org.girih.runtime.plugin.PluginException;
import org.girih.runtime.plugin.PluginPackage;

/// One command, run in this process.
///
/// @param code the exit code
public record Session(int code, String out, String err) {
  /// The repository's root: tests run in a module's folder.
  public static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  /// Runs a command line.
  public static Session run(String... args) {
    return run(Map.of(), args);
  }

  /// The variable with which programs run on a plugin.
  static Map<String, String> on(PluginPackage plugin) {
    try {
      var cache = new PluginCache(CacheFolder.of(System.getenv()), System.err);
      return Map.of("GIRIH_PJRT_PLUGIN", cache.require(plugin).library().toString());
    } catch (PluginException e) {
      throw new AssertionError(e.getMessage() + "; " + e.help(), e);
    }
  }

  /// @param variables in addition to those of this process
  public static Session run(Map<String, String> variables, String... args) {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    Map<String, String> environment = new HashMap<>(System.getenv());
    environment.put("COLUMNS", "100");
    environment.put("NO_COLOR", "1");
    environment.putAll(variables);
    // mvn verify -Dgirih.device=cuda: what runs, runs there
    String device = System.getProperty("girih.device", "");
    if (!device.isEmpty()) {
      Platform platform = Platform.of(device).orElseThrow();
      assumeTrue(
          DeviceFiles.present(platform, Path.of("/")),
          "this machine has no device of the platform " + device);
      environment.put("GIRIH_DEVICE", device);
    }
    var terminal =
        new Terminal(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            environment);
    int code = Girih.execute(terminal, args);
    terminal.out().flush();
    terminal.err().flush();
    var session =
        new Session(
            code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    // Devices of the CPU are made as a mesh wants them; of others there are as many as there are.
    assumeTrue(
        device.isEmpty() || !session.err.contains("error[E1006]"),
        "this machine has fewer devices of the platform " + device + " than the mesh");
    return session;
  }
}
