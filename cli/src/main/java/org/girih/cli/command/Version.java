package org.girih.cli.command;

import java.io.IOException;
import java.util.Properties;
import org.girih.runtime.pjrt.Plugin;
import org.girih.runtime.plugin.CacheFolder;
import org.girih.runtime.plugin.PluginCache;
import org.girih.runtime.plugin.PluginException;
import org.girih.runtime.plugin.PluginSearch;
import picocli.CommandLine.IVersionProvider;

/// Provides what `--version` prints.
public final class Version implements IVersionProvider {
  private final Terminal terminal;

  Version(Terminal terminal) {
    this.terminal = terminal;
  }

  /// Returns the version of this build: `0.1.0`.
  public static String number() throws IOException {
    var build = new Properties();
    try (var in = Version.class.getResourceAsStream("build.properties")) {
      build.load(in);
    }
    return build.getProperty("version");
  }

  @Override
  public String[] getVersion() throws IOException {
    String commit = terminal.environment().getOrDefault("GIRIH_COMMIT", "unknown");
    return new String[] {
      "girih " + number() + " (commit " + commit + ")",
      "JDK " + Runtime.version() + " (" + System.getProperty("java.vendor") + ")",
      plugin()
    };
  }

  private String plugin() {
    var cache = new PluginCache(CacheFolder.of(terminal.environment()), terminal.err());
    var search = PluginSearch.look(java.util.Optional.empty(), terminal.environment(), cache);
    if (!(search.decisive().finding() instanceof PluginSearch.Finding.Usable(var library))) {
      return "no plugin is installed";
    }
    try {
      return "plugin " + library + ", PJRT API " + Plugin.load(library).apiVersion();
    } catch (PluginException e) {
      return "plugin " + library + ": " + e.getMessage();
    }
  }
}
