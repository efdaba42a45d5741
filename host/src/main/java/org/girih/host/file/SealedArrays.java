package org.girih.host.file;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.SortedMap;
import java.util.TreeMap;
import org.girih.host.array.HostArray;
import org.girih.ir.diagnostic.Code;

/// Arrays in a `.safetensors` file whose last array, `~sha256`, is the SHA-256 of all bytes before
/// it: a file that was cut, changed or written by something else is not read.
public final class SealedArrays {
  /// Sorts behind every other name, so that its bytes are the file's last.
  private static final String SEAL = "~sha256";

  private static final int SEAL_BYTES = 32;
  private static final int CHUNK = 1 << 16;

  private SealedArrays() {}

  /// Writes a file, which is complete or not there.
  public static void write(Path path, SortedMap<String, HostArray> arrays) throws FileProblem {
    Safetensors.requireDtypes(arrays);
    var all = new TreeMap<>(arrays);
    // Of the seal only the place is written with the head; its bytes come last.
    all.put(SEAL, HostArray.of(new byte[SEAL_BYTES]));
    AtomicFile.write(
        path,
        out -> {
          MessageDigest sha = Sha256.start();
          var sealed = new DigestOutputStream(out, sha);
          Safetensors.head(sealed, all);
          for (HostArray array : arrays.values()) {
            DataFiles.bytes(sealed, array);
          }
          out.write(sha.digest());
        });
  }

  /// Returns the arrays of a file whose seal is whole, without the seal.
  ///
  /// @throws FileProblem with [Code#FILE_DIFFERS] if it is not
  public static SortedMap<String, HostArray> read(Path path) throws FileProblem {
    try {
      if (!Files.isRegularFile(path) || !sealed(path)) {
        throw new FileProblem(
            Code.FILE_DIFFERS,
            "`" + path + "` is damaged, or was not written by this version: its checksum is wrong");
      }
    } catch (IOException e) {
      throw NpyHeader.unreadable(path.toString(), e);
    }
    var all = new TreeMap<>(DataFiles.read(path));
    all.remove(SEAL);
    return all;
  }

  private static boolean sealed(Path path) throws IOException {
    long left = Files.size(path) - SEAL_BYTES;
    if (left < 0) {
      return false;
    }
    MessageDigest sha = Sha256.start();
    byte[] chunk = new byte[CHUNK];
    try (InputStream in = Files.newInputStream(path)) {
      while (left > 0) {
        int count = in.read(chunk, 0, (int) Math.min(chunk.length, left));
        if (count < 0) {
          throw new EOFException("it became shorter while it was read");
        }
        sha.update(chunk, 0, count);
        left -= count;
      }
      return MessageDigest.isEqual(sha.digest(), in.readAllBytes());
    }
  }
}
