package org.girih.runtime.cache;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
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

  /// The key of what this client compiles: the SHA-256 of its [Surroundings].
  ///
  /// @throws IOException if the plugin's file cannot be read
  public static String of(Client client, Map<String, String> environment) throws IOException {
    var folder = CacheFolder.of(environment).resolve("compiled");
    String plugin = PluginDigest.of(client.plugin().library(), folder);
    var options = new CompileOptions(client.devices().getFirst());
    String text = Surroundings.of(client, plugin, options, environment).text();
    try {
      var sha = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
