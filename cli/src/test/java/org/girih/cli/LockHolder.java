package org.girih.cli;

import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.girih.runtime.pjrt.Plugin;
import org.girih.runtime.plugin.PluginException;

/// A process that loads libtpu, which locks it for others, and waits.
final class LockHolder {
  private LockHolder() {}

  public static void main(String[] arguments) throws IOException {
    try {
      Plugin.load(Path.of(arguments[0]));
      System.out.println("loaded");
    } catch (PluginException e) {
      System.out.println(e.reason());
    }
    System.out.flush();
    while (System.in.read() >= 0) {
      continue;
    }
    Runtime.getRuntime().halt(0);
  }

  static Process start(Path library) throws IOException {
    var builder =
        new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                LockHolder.class.getName(),
                library.toString()));
    builder.environment().put("TPU_SKIP_MDS_QUERY", "1");
    builder.environment().put("TPU_WORKER_HOSTNAMES", "localhost");
    builder.environment().remove("ALLOW_MULTIPLE_LIBTPU_LOAD");
    return builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
  }

  /// What it says first.
  static String line(Process process) throws IOException {
    var reader = new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8);
    var line = new StringBuilder();
    for (int c = reader.read(); c >= 0 && c != '\n'; c = reader.read()) {
      line.append((char) c);
    }
    return line.toString();
  }
}
