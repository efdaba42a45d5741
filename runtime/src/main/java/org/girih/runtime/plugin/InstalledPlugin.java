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
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// A plugin's folder in the cache: the library, its licence, perhaps `include/pjrt_c_api.h`, what
/// its compiler needs, and a record of their sizes, times and hashes by which damage is found.
///
/// @param folder the folder
/// @param library the plugin in it
/// @param header the C header in it, where the wheel had one
/// @param others what else is kept, licences and the files of further wheels, by their paths in the
///     wheels
public record InstalledPlugin(
    Path folder, Path library, Optional<Path> header, SortedMap<String, Path> others) {
  static final String RECORD = "installed.properties";

  /// The most folders that a library is below that of the record: `jax_plugins/xla_cuda13`.
  private static final int DEEPEST = 2;

  private static final String HEADER = "include/pjrt_c_api.h";

  /// The thoroughness with which a folder is looked at.
  enum Depth {
    /// [Stamps][FileStamp]; the hash only of a file whose stamp is another.
    QUICK,
    /// The hash of each file.
    FULL
  }

  /// Returns what is installed in `folder` as the record states it, without looking at the files.
  static InstalledPlugin at(Path folder, PluginPackage wanted) {
    var others = new TreeMap<String, Path>();
    for (Wheel wheel : wanted.wheels()) {
      for (String file : wheel.files()) {
        if (!file.equals(wanted.library()) && !file.equals(wanted.header())) {
          others.put(file, folder.resolve(file));
        }
      }
    }
    // Companions are looked for from where the library is; so all paths are those of the wheels.
    Path inWheel = Path.of(wanted.library());
    Path library = folder.resolve(wanted.companions().isEmpty() ? inWheel.getFileName() : inWheel);
    Optional<Path> header =
        wanted.header().isEmpty() ? Optional.empty() : Optional.of(folder.resolve(HEADER));
    return new InstalledPlugin(folder, library, header, others);
  }

  /// Returns where a file of the plugin's own wheel, or of a companion, is kept.
  Path kept(PluginPackage wanted, String file) {
    if (file.equals(wanted.library())) {
      return library;
    }
    return file.equals(wanted.header()) ? folder.resolve(HEADER) : folder.resolve(file);
  }

  /// Writes the record of the files as they are now.
  void record(PluginPackage from) throws IOException {
    var properties = new Properties();
    properties.setProperty("wheel.sha256", hashes(from));
    for (var file : files().entrySet()) {
      describe(properties, file.getKey(), file.getValue());
    }
    write(properties);
  }

  private static String hashes(PluginPackage of) {
    return of.wheels().stream().map(Wheel::sha256).collect(Collectors.joining(","));
  }

  /// Returns what the record lists, by its keys there.
  private SortedMap<String, Path> files() {
    var files = new TreeMap<String, Path>(others);
    files.put("library", library);
    header.ifPresent(h -> files.put("header", h));
    return files;
  }

  /// Returns what is wrong with the folder, or empty if it is in order.
  Optional<String> damage(PluginPackage wanted, Depth depth) throws IOException {
    var properties = new Properties();
    try (InputStream in = Files.newInputStream(folder.resolve(RECORD))) {
      properties.load(in);
    } catch (IOException | IllegalArgumentException e) {
      return Optional.of("its record is missing or damaged");
    }
    if (!hashes(wanted).equals(properties.getProperty("wheel.sha256"))) {
      return Optional.of("it is of another wheel");
    }
    for (var file : files().entrySet()) {
      Optional<String> found = damage(properties, file.getKey(), file.getValue(), depth);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
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
    String stamp = FileStamp.of(file);
    boolean touched = !stamp.equals(properties.getProperty(key + ".stamp"));
    if (!touched && depth == Depth.QUICK) {
      return Optional.empty();
    }
    if (!sha256(file).equals(properties.getProperty(key + ".sha256"))) {
      return Optional.of(name + " has another content than when it was installed");
    }
    if (touched && Files.isWritable(folder)) {
      properties.setProperty(key + ".stamp", stamp);
      write(properties);
    }
    return Optional.empty();
  }

  /// Returns the SHA-256 of an installed library as the record that was written with it states it:
  /// the library is not read. Empty for a file that is not in a cache, or that may have changed
  /// since.
  public static Optional<String> recorded(Path library) throws IOException {
    Path folder = library.getParent();
    for (int up = 0; up <= DEEPEST && folder != null; up++, folder = folder.getParent()) {
      Path record = folder.resolve(RECORD);
      if (!Files.isRegularFile(record)) {
        continue;
      }
      var properties = new Properties();
      try (InputStream in = Files.newInputStream(record)) {
        properties.load(in);
      } catch (IllegalArgumentException e) {
        return Optional.empty();
      }
      boolean same = FileStamp.of(library).equals(properties.getProperty("library.stamp"));
      return same
          ? Optional.ofNullable(properties.getProperty("library.sha256"))
          : Optional.empty();
    }
    return Optional.empty();
  }

  private static void describe(Properties properties, String key, Path file) throws IOException {
    properties.setProperty(key + ".size", Long.toString(Files.size(file)));
    properties.setProperty(key + ".stamp", FileStamp.of(file));
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

  /// Returns the SHA-256 of a file, hexadecimal.
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
