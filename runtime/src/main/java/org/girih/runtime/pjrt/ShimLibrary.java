package org.girih.runtime.pjrt;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.zip.CRC32;
import org.girih.runtime.plugin.CacheFolder;
import org.girih.runtime.plugin.FolderTrust;

/// Loads the native library that JavaCPP built for [Shim].
///
/// JavaCPP's own loader would do, but it reads annotations through reflection and looks for
/// libraries that are not there: some 50 ms of every start. The library itself still calls
/// JavaCPP's classes when it is loaded; it is told to load nothing further.
final class ShimLibrary {
  private static final String RESOURCE = "linux-x86_64/libjniShim.so";

  private ShimLibrary() {}

  static void load() {
    System.setProperty("org.bytedeco.javacpp.loadlibraries", "false");
    URL resource = ShimLibrary.class.getResource(RESOURCE);
    if (resource == null) {
      throw new UnsatisfiedLinkError(
          "this build of Girih has no native library for "
              + System.getProperty("os.name")
              + " "
              + System.getProperty("os.arch"));
    }
    try {
      load(resource);
    } catch (IOException | URISyntaxException e) {
      var error = new UnsatisfiedLinkError("it cannot be unpacked: " + e.getMessage());
      error.initCause(e);
      throw error;
    }
  }

  /// Returns why it was not loaded, at the first attempt or at a later one: the JVM does not try
  /// again, and then reports that the class could not be set up.
  static String why(LinkageError e) {
    Throwable cause = e;
    while (cause.getCause() instanceof LinkageError deeper) {
      cause = deeper;
    }
    return String.valueOf(cause.getMessage());
  }

  @SuppressWarnings("restricted")
  private static void load(URL resource) throws IOException, URISyntaxException {
    Path file =
        resource.getProtocol().equals("file") ? Path.of(resource.toURI()) : unpacked(resource);
    System.load(file.toString());
  }

  /// Returns the library as a file in the cache, below a key of its content; in the folder for
  /// temporary files if the cache cannot be written, or others may write it.
  private static Path unpacked(URL resource) throws IOException {
    byte[] content;
    try (InputStream in = resource.openStream()) {
      content = in.readAllBytes();
    }
    Path root = CacheFolder.of(System.getenv());
    Path folder = root.resolve("native").resolve(key(content));
    Path file = folder.resolve("libjniShim.so");
    if (FolderTrust.look(root, folder.getParent(), folder).isPresent()) {
      return temporary(content);
    }
    if (Files.isRegularFile(file) && Arrays.equals(Files.readAllBytes(file), content)) {
      return file;
    }
    try {
      CacheFolder.create(folder);
      Path fresh = Files.createTempFile(folder, "shim", ".new");
      Files.write(fresh, content);
      return Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException _) {
      return temporary(content);
    }
  }

  private static Path temporary(byte[] content) throws IOException {
    Path file;
    try {
      file = Files.createTempFile("girih-shim", ".so");
    } catch (IOException e) {
      String folder = System.getProperty("java.io.tmpdir");
      throw new IOException("neither the cache nor " + folder + " can be written", e);
    }
    file.toFile().deleteOnExit();
    return Files.write(file, content);
  }

  /// Tells versions apart; the content is compared as well, so that a clash does no harm. A
  /// cryptographic hash would cost 20 ms of class loading.
  private static String key(byte[] content) {
    var crc = new CRC32();
    crc.update(content);
    return Long.toHexString(crc.getValue()) + "-" + content.length;
  }
}
