package org.girih.runtime.plugin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

/// The folder of what Girih fetches and unpacks, per user.
public final class CacheFolder {
  private CacheFolder() {}

  /// Returns `GIRIH_CACHE`, else `XDG_CACHE_HOME/girih`, else `~/.cache/girih`. A relative
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

  /// Makes a folder of the cache, with those above it, which no one else may write: whatever the
  /// umask is, it would not be [trusted][FolderTrust] otherwise.
  public static void create(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      return;
    }
    if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      var mode = PosixFilePermissions.fromString("rwxr-xr-x");
      Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(mode));
    } else {
      Files.createDirectories(folder);
    }
  }
}
