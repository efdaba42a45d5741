package org.girih.runtime.pjrt;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.girih.runtime.plugin.CacheFolder;
import org.girih.runtime.plugin.FolderTrust;
import org.girih.runtime.status.PjrtException;
import org.girih.runtime.status.StatusCode;

/// OpenBLAS, which factors matrices for compiled programs: its natives are on the class path
/// (`org.bytedeco:openblas`), and are unpacked and opened when a program first needs them.
final class LapackLibrary {
  private static final String FOLDER = "org/bytedeco/openblas/linux-x86_64/";
  private static final String LIBRARY = "libopenblas.so.0";

  /// The library, behind what it is linked against.
  private static final List<String> FILES =
      List.of("libgcc_s.so.1", "libquadmath.so.0", "libgfortran.so.5", LIBRARY);

  /// The name of the foreign function, as it stands in a module and in an executable.
  private static final byte[] CALL = "girih.factor".getBytes(StandardCharsets.US_ASCII);

  private LapackLibrary() {}

  /// Opens it, if a program calls it and it is not open.
  ///
  /// @param program a module or a serialised executable
  /// @param platform where it is to run
  /// @param calls whether programs may call foreign functions there
  /// @throws PjrtException if they may not, or it is not on the class path, or cannot be unpacked
  ///     or opened
  static void need(byte[] program, String platform, boolean calls) {
    if (!calls(program)) {
      return;
    }
    if (!calls) {
      throw new PjrtException(
          StatusCode.UNIMPLEMENTED,
          "factors of matrices (`linalg`) are computed by LAPACK on the CPU, not on " + platform);
    }
    try (var arena = Arena.ofConfined()) {
      String path = unpacked().resolve(LIBRARY).toString();
      Native.check(Shim.lapack_open(arena.allocateFrom(path).address()));
    } catch (IOException e) {
      throw new PjrtException(
          StatusCode.FAILED_PRECONDITION, "OpenBLAS cannot be unpacked: " + e.getMessage());
    }
  }

  private static boolean calls(byte[] program) {
    int last = program.length - CALL.length;
    for (int i = 0; i <= last; i++) {
      if (program[i] == CALL[0] && begins(program, i)) {
        return true;
      }
    }
    return false;
  }

  private static boolean begins(byte[] program, int at) {
    for (int i = 1; i < CALL.length; i++) {
      if (program[at + i] != CALL[i]) {
        return false;
      }
    }
    return true;
  }

  private static URL resource(String file) {
    URL url = LapackLibrary.class.getClassLoader().getResource(FOLDER + file);
    if (url == null) {
      throw new PjrtException(
          StatusCode.FAILED_PRECONDITION,
          "linear algebra needs org.bytedeco:openblas, classifier linux-x86_64, on the class path");
    }
    return url;
  }

  /// Returns the folder with the unpacked files: in the cache, or in the folder for temporary files
  /// if the cache cannot be written, or others may write it.
  private static Path unpacked() throws IOException {
    long size = resource(LIBRARY).openConnection().getContentLengthLong();
    Path root = CacheFolder.of(System.getenv());
    Path folder = root.resolve("native").resolve("openblas-" + size);
    if (FolderTrust.look(root, folder.getParent(), folder).isPresent()) {
      return temporary();
    }
    if (Files.isRegularFile(folder.resolve(LIBRARY))
        && Files.size(folder.resolve(LIBRARY)) == size) {
      return folder;
    }
    try {
      CacheFolder.create(folder);
      for (String file : FILES) {
        Path fresh = Files.createTempFile(folder, file, ".new");
        copy(file, fresh);
        Files.move(fresh, folder.resolve(file), StandardCopyOption.ATOMIC_MOVE);
      }
      return folder;
    } catch (IOException _) {
      return temporary();
    }
  }

  private static Path temporary() throws IOException {
    Path folder = Files.createTempDirectory("girih-openblas");
    for (String file : FILES) {
      copy(file, folder.resolve(file));
      folder.resolve(file).toFile().deleteOnExit();
    }
    return folder;
  }

  private static void copy(String file, Path to) throws IOException {
    try (InputStream in = resource(file).openStream()) {
      Files.copy(in, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
