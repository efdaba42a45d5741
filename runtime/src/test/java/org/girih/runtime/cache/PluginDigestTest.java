package org.girih.runtime.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.girih.runtime.plugin.FileStamp;
import org.girih.runtime.plugin.InstalledPlugin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Where the digest of a plugin comes from.
class PluginDigestTest {
  @TempDir Path folder;

  private Path kept() {
    return folder.resolve("kept");
  }

  @Test
  void ofAnInstalledPluginTheRecordSaysIt() throws IOException {
    Path deep = Files.createDirectories(folder.resolve("p-1.0/jax_plugins/xla_p"));
    Path library = Files.writeString(deep.resolve("p.so"), "a library");
    Files.setLastModifiedTime(library, FileTime.fromMillis(1_234_567));
    Files.writeString(
        folder.resolve("p-1.0/installed.properties"),
        "library.stamp=" + FileStamp.of(library).replace(":", "\\:") + "\nlibrary.sha256=abc\n");
    assertEquals("abc", PluginDigest.of(library, kept()));
    assertFalse(Files.exists(kept()), "nothing is kept beside the compile cache");

    Files.setLastModifiedTime(library, FileTime.fromMillis(1_234_568));
    assertEquals(InstalledPlugin.sha256(library), PluginDigest.of(library, kept()));
  }

  @Test
  void ofAnotherOneItIsKept() throws IOException {
    Path library = Files.writeString(folder.resolve("p.so"), "a library");
    String digest = InstalledPlugin.sha256(library);
    assertEquals(digest, PluginDigest.of(library, kept()));
    try (var files = Files.list(kept())) {
      Path file = files.toList().getFirst();
      assertTrue(Files.readString(file).endsWith(digest + "\n"));
      Files.writeString(file, Files.readString(file).replace(digest, "abc"));
    }
    assertEquals("abc", PluginDigest.of(library, kept()), "it is not made again");
  }

  @Test
  void ofAChangedOneItIsMadeAnew() throws IOException {
    Path library = Files.writeString(folder.resolve("p.so"), "a library");
    FileTime time = Files.getLastModifiedTime(library);
    String digest = PluginDigest.of(library, kept());
    Files.writeString(library, "A library");
    Files.setLastModifiedTime(library, time);
    assertNotEquals(digest, PluginDigest.of(library, kept()), "of the same size and time");
  }
}
