package org.girih.host.run;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.girih.host.array.HostArray;
import org.girih.host.file.Sha256;

/// The files that a run has read, sources and data: what its numbers come from.
///
/// The digest of data is taken from the arrays in memory, by another thread, so that a run waits
/// for it only where a checkpoint is written before it is there.
final class Inputs {
  /// @param path from the program's folder
  /// @param bytes the size of the file
  /// @param sha256 of what was read, in hexadecimal
  record Input(String path, long bytes, String sha256) {
    /// Returns how the file differs now, if it does.
    Optional<String> change(Input now) {
      if (sha256.equals(now.sha256)) {
        return Optional.empty();
      }
      return Optional.of(
          bytes == now.bytes
              ? "its content is another, of as many bytes"
              : "it had " + bytes + " bytes, and has " + now.bytes);
    }
  }

  private final Path folder;
  private final SortedMap<String, CompletableFuture<Input>> read = new TreeMap<>();

  /// @param program whose folder paths are counted from, so that it may be moved with its data
  Inputs(Path program) {
    this.folder = program.toAbsolutePath().normalize().getParent();
  }

  /// Notes a source.
  Input source(Path file, String text) {
    int bytes = text.getBytes(StandardCharsets.UTF_8).length;
    var input = new Input(name(file), bytes, Sha256.of(text));
    read.put(input.path, CompletableFuture.completedFuture(input));
    return input;
  }

  /// Notes what was read from a data file; of a file that is read again, the last.
  CompletableFuture<Input> data(Path file, SortedMap<String, HostArray> arrays) {
    String path = name(file);
    long bytes = size(file);
    var input = CompletableFuture.supplyAsync(() -> new Input(path, bytes, Sha256.of(arrays)));
    read.put(path, input);
    return input;
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException _) {
      return 0; // it went after it was read: the digest tells
    }
  }

  String name(Path file) {
    Path absolute = file.toAbsolutePath().normalize();
    return folder.equals(absolute.getRoot()) || !absolute.getRoot().equals(folder.getRoot())
        ? absolute.toString()
        : folder.relativize(absolute).toString();
  }

  Path resolve(String name) {
    return folder.resolve(name);
  }

  /// Returns all of them, by path.
  List<Input> all() {
    return read.values().stream().map(CompletableFuture::join).toList();
  }

  /// Writes them as bytes.
  static byte[] bytes(List<Input> inputs) {
    var bytes = new ByteArrayOutputStream();
    try (var out = new DataOutputStream(bytes)) {
      out.writeInt(inputs.size());
      for (Input each : inputs) {
        out.writeUTF(each.path);
        out.writeLong(each.bytes);
        out.writeUTF(each.sha256);
      }
    } catch (IOException impossible) {
      throw new IllegalStateException("memory takes all bytes", impossible);
    }
    return bytes.toByteArray();
  }

  /// Reads them again.
  ///
  /// @throws IOException if these bytes are others
  static List<Input> of(byte[] bytes) throws IOException {
    try (var in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      int count = in.readInt();
      var inputs = new java.util.ArrayList<Input>();
      for (int i = 0; i < count; i++) {
        inputs.add(new Input(in.readUTF(), in.readLong(), in.readUTF()));
      }
      return List.copyOf(inputs);
    }
  }
}
