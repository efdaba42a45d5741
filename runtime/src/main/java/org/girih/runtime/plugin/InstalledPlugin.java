package org.girih.runtime.plugin;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Properties;

/// A plugin's folder in the cache: the library, perhaps `include/pjrt_c_api.h`, and a record of
/// their sizes, times and hashes by which damage is found.
///
/// @param folder the folder
/// @param library the plugin in it
/// @param header the C header in it, where the wheel had one
public record InstalledPlugin(Path folder, Path library, Optional<Path> header) {
  static final String RECORD = "installed.properties";
  private static final String HEADER = "include/pjrt_c_api.h";

  /// How thoroughly a folder is looked at.
  enum Depth {
    /// Sizes and times; the hash only of a file whose time differs.
    QUICK,
    /// The hash of each file.
    FULL
  }

  /// What is installed in `folder` as the record says it, without looking at the files.
  static InstalledPlugin at(Path folder, PluginPackage wanted) {
    Path library = folder.resolve(Path.of(wanted.library()).getFileName());
    Optional<Path> header =
        wanted.header().isEmpty() ? Optional.empty() : Optional.of(folder.resolve(HEADER));
    return new InstalledPlugin(folder, library, header);
  }

  /// Writes the record of the files as they are now.
  void record(PluginPackage from) throws IOException {
    var properties = new Properties();
    properties.setProperty("wheel.sha256", from.sha256());
    describe(properties, "library", library);
    if (header.isPresent()) {
      describe(properties, "header", header.get());
    }
    write(properties);
  }

  /// What is wrong with the folder, or empty if it is in order.
  Optional<String> damage(PluginPackage wanted, Depth depth) throws IOException {
    var properties = new Properties();
    try (InputStream in = Files.newInputStream(folder.resolve(RECORD))) {
      properties.load(in);
    } catch (IOException | IllegalArgumentException e) {
      return Optional.of("its record is missing or damaged");
    }
    if (!wanted.sha256().equals(properties.getProperty("wheel.sha256"))) {
      return Optional.of("it is of another wheel");
    }
    Optional<String> found = damage(properties, "library", library, depth);
    if (found.isEmpty() && header.isPresent()) {
      found = damage(properties, "header", header.get(), depth);
    }
    return found;
  }

  private Optional<String> damage(Properties properties, String key, Path file, Depth depth)
      throws IOException {
    String name = file.getFileName().toString();
    if (!Files.isRegularFile(file)) {
      return Optional.of(name + " is missing");
    }
    if (!Long.toString(Files.size(file)).equals(properties.getProperty(key + ".size"))) {
      return Optional.of(name + " has another size than when it was installed");
    }
    String modified = Long.toString(Files.getLastModifiedTime(file).toMillis());
    boolean touched = !modified.equals(properties.getProperty(key + ".modified"));
    if (!touched && depth == Depth.QUICK) {
      return Optional.empty();
    }
    if (!sha256(file).equals(properties.getProperty(key + ".sha256"))) {
      return Optional.of(name + " has another content than when it was installed");
    }
    if (touched && Files.isWritable(folder)) {
      properties.setProperty(key + ".modified", modified);
      write(properties);
    }
    return Optional.empty();
  }

  private static void describe(Properties properties, String key, Path file) throws IOException {
    properties.setProperty(key + ".size", Long.toString(Files.size(file)));
    properties.setProperty(
        key + ".modified", Long.toString(Files.getLastModifiedTime(file).toMillis()));
    properties.setProperty(key + ".sha256", sha256(file));
  }

  /// Replaces the record in one step: other processes may be reading it.
  private void write(Properties properties) throws IOException {
    Path fresh = Files.createTempFile(folder, RECORD, ".new");
    try (var out = Files.newOutputStream(fresh)) {
      properties.store(out, null);
    }
    Files.move(fresh, folder.resolve(RECORD), java.nio.file.StandardCopyOption.ATOMIC_MOVE);
  }

  /// The SHA-256 of a file, hexadecimal.
  public static String sha256(Path file) throws IOException {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
    try (var in = new DigestInputStream(Files.newInputStream(file), digest)) {
      byte[] chunk = new byte[1 << 20];
      while (in.read(chunk) >= 0) {
        continue;
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
