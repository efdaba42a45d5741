package org.girih.runtime.cache;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.girih.runtime.plugin.CacheFolder;
import org.girih.runtime.plugin.FileStamp;
import org.girih.runtime.plugin.InstalledPlugin;

/// Tells one plugin's content from another's by its SHA-256. Reading 200 MB takes up to four
/// seconds in a process that has just started. Of a plugin that was installed it is in the record
/// beside it; of another one it is kept beside the cache together with the file's path and
/// [stamp][FileStamp], and made again only when one of these has changed.
final class PluginDigest {
  private PluginDigest() {}

  /// @param folder where digests are kept
  /// @throws IOException if the library cannot be read
  static String of(Path library, Path folder) throws IOException {
    Path file = library.toRealPath();
    var recorded = InstalledPlugin.recorded(file);
    if (recorded.isPresent()) {
      return recorded.get();
    }
    String now = file + "\n" + FileStamp.of(file);
    Path kept = folder.resolve(Hash.of(file.toString().getBytes()) + ".plugin");
    try {
      List<String> lines = Files.readAllLines(kept);
      if (lines.size() == 3 && String.join("\n", lines.subList(0, 2)).equals(now)) {
        return lines.getLast();
      }
    } catch (IOException _) {
      // Not there, or not whole: it is made again.
    }
    String digest = InstalledPlugin.sha256(file);
    try {
      CacheFolder.create(folder);
      Path fresh = Files.createTempFile(folder, "plugin", ".new");
      Files.writeString(fresh, now + "\n" + digest + "\n");
      Files.move(fresh, kept, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException _) {
      // A folder that cannot be written costs the time of reading the plugin again.
    }
    return digest;
  }
}
