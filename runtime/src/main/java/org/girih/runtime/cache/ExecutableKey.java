package org.girih.runtime.cache;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import org.girih.runtime.pjrt.Client;
import org.girih.runtime.pjrt.CompileOptions;
import org.girih.runtime.plugin.CacheFolder;

/// Names what a serialised executable needs to run: the plugin's content, the processor, the
/// options that it was compiled with. One that is loaded elsewhere may fail, or worse, when it is
/// executed.
public final class ExecutableKey {
  private ExecutableKey() {}

  /// Returns the key of what this client compiles. On a CPU it is the SHA-256 of its
  /// [CompileEnvironment]; on other devices that of plugin, kind of device and `XLA_FLAGS`,
  /// whatever the machine that compiles.
  ///
  /// @throws IOException if the plugin's file cannot be read
  public static String of(Client client, Map<String, String> environment) throws IOException {
    if (!client.platform().equals("cpu")) {
      return of(client.plugin().library(), client.devices().getFirst().kind(), environment);
    }
    String plugin = digest(client.plugin().library(), environment);
    var options = new CompileOptions(client.devices().getFirst());
    return hash(CompileEnvironment.of(client, plugin, options, environment).text());
  }

  /// Returns the key of what is compiled for a device that need not be here.
  ///
  /// @param library the plugin
  /// @param kind what the plugin calls the device
  /// @throws IOException if the plugin's file cannot be read
  public static String of(Path library, String kind, Map<String, String> environment)
      throws IOException {
    return hash(
        "plugin="
            + digest(library, environment)
            + "\nkind="
            + kind
            + "\nXLA_FLAGS="
            + environment.getOrDefault("XLA_FLAGS", ""));
  }

  private static String digest(Path library, Map<String, String> environment) throws IOException {
    return PluginDigest.of(library, CacheFolder.of(environment).resolve("compiled"));
  }

  private static String hash(String text) {
    try {
      var sha = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
