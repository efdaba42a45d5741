package org.girih.cli.file;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.girih.cli.array.HostArray;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.type.ArrayType;

/// Reads and writes `.npy` and `.npz`. Reading trusts nothing: sizes are those that the heads
/// promise, never more, so that an archive that unpacks to anything else is refused. Writing goes
/// to a file beside the target that replaces it when it is complete.
public final class DataFiles {
  private static final int MAX_ENTRIES = 100_000;

  private DataFiles() {}

  private interface Entry<T> {
    T read(InputStream in, String name) throws IOException, FileProblem;
  }

  /// The types in a file; a `.npy` has one, under the empty name.
  public static SortedMap<String, ArrayType> header(Path path) throws FileProblem {
    return each(path, (in, name) -> NpyHeader.read(in, name).type());
  }

  /// The arrays in a file; a `.npy` has one, under the empty name.
  public static SortedMap<String, HostArray> read(Path path) throws FileProblem {
    return each(
        path,
        (in, name) -> {
          NpyHeader head = NpyHeader.read(in, name);
          byte[] data = head.data(in, name);
          if (head.bigEndian()) {
            swap(head, data);
          }
          if (head.fortran() && head.dims().length > 1) {
            data = rowMajor(head, data);
          }
          if (head.dtype().isBool()) {
            for (int i = 0; i < data.length; i++) {
              data[i] = (byte) (data[i] != 0 ? 1 : 0);
            }
          }
          return new HostArray(head.dtype(), head.dims(), MemorySegment.ofArray(data));
        });
  }

  private static <T> SortedMap<String, T> each(Path path, Entry<T> body) throws FileProblem {
    String name = path.toString();
    var out = new TreeMap<String, T>();
    if (!Files.isRegularFile(path)) {
      throw new FileProblem(
          Code.CANNOT_READ,
          "cannot read `"
              + name
              + "`: "
              + (Files.exists(path) ? "it is no file" : "there is no such file"));
    }
    try {
      if (name.endsWith(".npy")) {
        try (var in = new BufferedInputStream(Files.newInputStream(path))) {
          out.put("", body.read(in, name));
        }
        return out;
      }
      if (!name.endsWith(".npz")) {
        throw new FileProblem(
            Code.CANNOT_READ, "cannot read `" + name + "`: the suffix is neither .npy nor .npz");
      }
      try (var zip = new ZipFile(path.toFile())) {
        if (zip.size() > MAX_ENTRIES) {
          throw new FileProblem(Code.BAD_ARCHIVE, "`" + name + "` has " + zip.size() + " entries");
        }
        var entries = zip.entries();
        while (entries.hasMoreElements()) {
          entry(zip, entries.nextElement(), name, body, out);
        }
      }
      return out;
    } catch (IOException e) {
      throw NpyHeader.unreadable(name, e);
    }
  }

  private static <T> void entry(
      ZipFile zip, ZipEntry entry, String name, Entry<T> body, TreeMap<String, T> out)
      throws IOException, FileProblem {
    String key = entry.getName().replaceFirst("\\.npy$", "");
    if (entry.isDirectory() || key.contains("..") || key.startsWith("/")) {
      throw new FileProblem(
          Code.BAD_ARCHIVE,
          "`" + name + "` has the entry `" + entry.getName() + "`, which is no array");
    }
    String label = name + ":" + entry.getName();
    T value;
    try (var in = zip.getInputStream(entry)) {
      value = body.read(in, label);
    }
    if (out.put(key, value) != null) {
      throw new FileProblem(Code.BAD_ARCHIVE, "`" + name + "` has two arrays `" + key + "`");
    }
  }

  private static void swap(NpyHeader head, byte[] data) {
    int size = head.dtype().complex() ? head.dtype().bytes() / 2 : head.dtype().bytes();
    for (int at = 0; at + size <= data.length; at += size) {
      for (int i = 0; i < size / 2; i++) {
        byte b = data[at + i];
        data[at + i] = data[at + size - 1 - i];
        data[at + size - 1 - i] = b;
      }
    }
  }

  private static byte[] rowMajor(NpyHeader head, byte[] data) {
    int size = head.dtype().bytes();
    long[] dims = head.dims();
    byte[] out = new byte[data.length];
    long[] index = new long[dims.length];
    long[] strides = new long[dims.length];
    long stride = size;
    for (int i = 0; i < dims.length; i++) {
      strides[i] = stride;
      stride *= dims[i];
    }
    long from = 0;
    for (int to = 0; to < out.length; to += size) {
      System.arraycopy(data, (int) from, out, to, size);
      for (int axis = dims.length - 1; axis >= 0; axis--) {
        from += strides[axis];
        if (++index[axis] < dims[axis]) {
          break;
        }
        from -= strides[axis] * dims[axis];
        index[axis] = 0;
      }
    }
    return out;
  }

  /// Writes one array to a `.npy`, or several to a `.npz`, as the suffix says.
  public static void write(Path path, SortedMap<String, HostArray> arrays) throws FileProblem {
    write(path, arrays, path.toString().endsWith(".npy"));
  }

  /// Writes to a stream.
  public static void write(OutputStream out, SortedMap<String, HostArray> arrays, boolean single)
      throws FileProblem {
    try {
      if (single) {
        array(out, arrays.get(""));
      } else {
        archive(out, arrays);
      }
      out.flush();
    } catch (IOException e) {
      throw new FileProblem(Code.CANNOT_WRITE, "cannot write the result: " + e.getMessage());
    }
  }

  /// Writes a file, which is complete or not there.
  public static void write(Path path, SortedMap<String, HostArray> arrays, boolean single)
      throws FileProblem {
    Path target = path.toAbsolutePath();
    Path fresh = null;
    try {
      if (Files.isSymbolicLink(target)) {
        target = target.toRealPath();
      }
      fresh = Files.createTempFile(target.getParent(), "." + target.getFileName(), ".tmp");
      try (var out = new java.io.BufferedOutputStream(Files.newOutputStream(fresh))) {
        write(out, arrays, single);
      }
      try (var channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
        channel.force(true);
      }
      Files.move(
          fresh, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      fresh = null;
    } catch (IOException e) {
      String why =
          e instanceof java.nio.file.NoSuchFileException
              ? "there is no such folder"
              : e.getMessage();
      throw new FileProblem(Code.CANNOT_WRITE, "cannot write `" + path + "`: " + why);
    } finally {
      if (fresh != null) {
        try {
          Files.deleteIfExists(fresh);
        } catch (IOException _) {
          // The failure that led here is what the user should see.
        }
      }
    }
  }

  private static void archive(OutputStream out, SortedMap<String, HostArray> arrays)
      throws IOException {
    try (var zip = new ZipOutputStream(out)) {
      zip.setMethod(ZipOutputStream.DEFLATED);
      zip.setLevel(1);
      for (var each : arrays.entrySet()) {
        var entry = new ZipEntry(each.getKey() + ".npy");
        entry.setTime(0);
        zip.putNextEntry(entry);
        array(zip, each.getValue());
        zip.closeEntry();
      }
    }
  }

  private static void array(OutputStream out, HostArray array) throws IOException {
    out.write(NpyHeader.write(array));
    MemorySegment data = array.data();
    long step = 1 << 20;
    for (long at = 0; at < data.byteSize(); at += step) {
      long count = Math.min(step, data.byteSize() - at);
      out.write(data.asSlice(at, count).toArray(ValueLayout.JAVA_BYTE));
    }
  }
}
