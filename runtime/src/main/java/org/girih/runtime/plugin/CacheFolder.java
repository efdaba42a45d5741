package org.girih.runtime.plugin;

import java.nio.file.Path;
import java.util.Map;

/// Where what Girih fetches and unpacks is kept, per user.
public final class CacheFolder {
  private CacheFolder() {}

  /// `GIRIH_CACHE`, else `XDG_CACHE_HOME/girih`, else `~/.cache/girih`. A relative
  /// `XDG_CACHE_HOME` is ignored, as the XDG base directory specification wants it.
  public static Path of(Map<String, String> environment) {
    String own = environment.getOrDefault("GIRIH_CACHE", "");
    if (!own.isBlank()) {
      return Path.of(own).toAbsolutePath().normalize();
    }
    String xdg = environment.getOrDefault("XDG_CACHE_HOME", "");
    if (!xdg.isBlank() && Path.of(xdg).isAbsolute()) {
      return Path.of(xdg, "girih").normalize();
    }
    String home = environment.getOrDefault("HOME", "");
    String user = home.isBlank() ? System.getProperty("user.home") : home;
    return Path.of(user, ".cache", "girih").toAbsolutePath().normalize();
  }
}
