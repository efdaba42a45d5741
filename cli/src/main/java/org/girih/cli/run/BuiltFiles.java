package org.girih.cli.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import org.girih.ir.diagnostic.CompilerBug;
import org.girih.runtime.plugin.CacheFolder;

/// The modules and artifacts that `girih build` wrote on this machine: a file in the cache for
/// each, named by the SHA-256 of its content. All others come from elsewhere.
public record BuiltFiles(Path folder) {
  /// Returns those of the cache that the environment names.
  public static BuiltFiles of(Map<String, String> environment) {
    return new BuiltFiles(CacheFolder.of(environment).resolve("built"));
  }

  /// Records a file; where the cache cannot be written, it counts as one from elsewhere.
  public void add(Path file) {
    try {
      Files.createDirectories(folder);
      Files.write(folder.resolve(name(file)), new byte[0]);
    } catch (IOException _) {
      // It runs in a process of its own then, and is otherwise the same.
    }
  }

  /// Returns whether a file was written here and has not changed since.
  public boolean has(Path file) {
    try {
      return Files.isRegularFile(file) && Files.isRegularFile(folder.resolve(name(file)));
    } catch (IOException _) {
      return false; // Whoever opens it says why it cannot be read.
    }
  }

  private static String name(Path file) throws IOException {
    try (var in = Files.newInputStream(file)) {
      var digest = MessageDigest.getInstance("SHA-256");
      byte[] block = new byte[1 << 16];
      for (int read = in.read(block); read >= 0; read = in.read(block)) {
        digest.update(block, 0, read);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new CompilerBug("every JDK has SHA-256: " + e.getMessage());
    }
  }
}
