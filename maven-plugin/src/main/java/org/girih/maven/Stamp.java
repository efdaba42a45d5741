package org.girih.maven;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/// Tells whether anything has changed since a goal did its work: a hash over its configuration and
/// the content of every file that it read.
///
/// @param file where the hash of the last time is
record Stamp(Path file) {
  /// Returns whether the hash is that of the last time.
  boolean current(String hash) throws IOException {
    return Files.isRegularFile(file) && Files.readString(file).equals(hash);
  }

  void write(String hash) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, hash);
  }

  /// Returns the hash of a configuration and of files; one that is gone counts as such.
  static String hash(List<String> configuration, Collection<Path> files) throws IOException {
    try {
      var sha = MessageDigest.getInstance("SHA-256");
      for (String each : configuration) {
        sha.update((each + "\n").getBytes(StandardCharsets.UTF_8));
      }
      for (Path each : files) {
        sha.update((each + "\n").getBytes(StandardCharsets.UTF_8));
        if (Files.isRegularFile(each)) {
          sha.update(Files.readAllBytes(each));
        }
      }
      return HexFormat.of().formatHex(sha.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /// Deletes a folder with all that is in it.
  static void delete(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> walk = Files.walk(folder)) {
      for (Path each : walk.sorted((a, b) -> b.compareTo(a)).toList()) {
        Files.delete(each);
      }
    }
  }
}
