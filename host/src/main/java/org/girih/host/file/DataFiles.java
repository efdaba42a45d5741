package org.girih.host.file;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.girih.host.array.HostArray;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.DType;
import org.girih.runtime.pjrt.HostMemory;

/// Reads and writes `.npy`, `.npz` and `.safetensors`, and reads the bytes of a `.txt`. Reading
/// trusts nothing: sizes are those that
/// the heads promise, never more, and are held against the file's own size and the free memory
/// before any is taken; the checksums of an archive are checked. Writing is atomic.
public final class DataFiles {
  private static final int MAX_ENTRIES = 100_000;

  /// No deflated stream unpacks to more than this many times its size (zlib's technical notes).
  private static final long MAX_DEFLATE = 1032;

  private static final int CHUNK = 1 << 16;

  private DataFiles() {}

  private interface Entry<T> {
    /// @param limit bytes that the data can have at most, from the size of what holds them
    T read(InputStream in, String name, long limit) throws IOException, FileProblem;
  }

  /// Returns the types in a file; a `.npy` has one, under the empty name, and so has a `.txt`: its
  /// bytes.
  public static SortedMap<String, ArrayType> header(Path path) throws FileProblem {
    if (path.toString().endsWith(".safetensors")) {
      return opened(path, () -> Safetensors.types(path));
    }
    if (isText(path)) {
      return opened(path, () -> one(bytes(path).type()));
    }
    return each(
        path,
        (in, name, _) -> {
          NpyHeader head = NpyHeader.read(in, name);
          head.bytes(name);
          return head.type();
        });
  }

  /// Returns the arrays in a file; a `.npy` has one, under the empty name, and so has a `.txt`: its
  /// bytes.
  public static SortedMap<String, HostArray> read(Path path) throws FileProblem {
    if (path.toString().endsWith(".safetensors")) {
      return opened(path, () -> Safetensors.read(path));
    }
    long[] free = {HostMemory.available()};
    if (isText(path)) {
      return opened(
          path,
          () -> {
            NpyHeader all = bytes(path);
            try (var in = new BufferedInputStream(Files.newInputStream(path), CHUNK)) {
              return one(array(in, all, path.toString(), all.dims()[0], free));
            }
          });
    }
    return each(path, (in, name, limit) -> array(in, NpyHeader.read(in, name), name, limit, free));
  }

  private static boolean isText(Path path) {
    return path.toString().endsWith(".txt");
  }

  /// Returns a head for a file's bytes as they are, without one.
  private static NpyHeader bytes(Path path) throws IOException {
    return new NpyHeader(DType.U8, new long[] {Files.size(path)}, false, false, 0);
  }

  private static <T> SortedMap<String, T> one(T value) {
    return new TreeMap<>(Map.of("", value));
  }

  /// @param free bytes of memory that are left, which it takes from
  private static HostArray array(
      InputStream in, NpyHeader head, String name, long limit, long[] free)
      throws IOException, FileProblem {
    long bytes = head.bytes(name);
    if (bytes > limit - head.length()) {
      throw head.truncated(name, Math.max(0, limit - head.length()));
    }
    // Another order takes a second copy for a while.
    boolean reorder = head.fortran() && head.dims().length > 1;
    if (bytes > (reorder ? free[0] / 2 : free[0])) {
      throw new FileProblem(
          Code.OUT_OF_MEMORY,
          "`%s` holds %s, %d MiB; %d MiB of memory are free"
              .formatted(name, head.type(), bytes >> 20, free[0] >> 20));
    }
    free[0] -= bytes;
    MemorySegment data = Arena.ofAuto().allocate(bytes, 64);
    fill(in, data, head, name);
    if (head.bigEndian()) {
      Layouts.swap(data, head.dtype().bytes() / (head.dtype().complex() ? 2 : 1));
    }
    if (head.dtype().isBool()) {
      Layouts.truths(data);
    }
    if (reorder) {
      data = Layouts.rowMajor(data, head.dims(), head.dtype().bytes());
    }
    return new HostArray(head.dtype(), head.dims(), data);
  }

  private static void fill(InputStream in, MemorySegment data, NpyHeader head, String name)
      throws IOException, FileProblem {
    byte[] chunk = new byte[(int) Math.min(CHUNK, data.byteSize())];
    long at = 0;
    while (at < data.byteSize()) {
      int count = in.read(chunk, 0, (int) Math.min(chunk.length, data.byteSize() - at));
      if (count < 0) {
        throw head.truncated(name, at);
      }
      MemorySegment.copy(chunk, 0, data, ValueLayout.JAVA_BYTE, at, count);
      at += count;
    }
  }

  private interface Reading<T> {
    T read() throws IOException, FileProblem;
  }

  private static <T> T opened(Path path, Reading<T> reading) throws FileProblem {
    requireFile(path);
    try {
      return reading.read();
    } catch (IOException e) {
      throw NpyHeader.unreadable(path.toString(), e);
    }
  }

  private static void requireFile(Path path) throws FileProblem {
    String name = path.toString();
    if (!Files.isRegularFile(path)) {
      String why =
          Files.isDirectory(path)
              ? "it is a folder"
              : Files.exists(path) ? "it is not a file" : "no such file";
      throw new FileProblem(Code.CANNOT_READ, "cannot read `" + name + "`: " + why);
    }
  }

  private static <T> SortedMap<String, T> each(Path path, Entry<T> body) throws FileProblem {
    requireFile(path);
    String name = path.toString();
    try {
      if (name.endsWith(".npy")) {
        var out = new TreeMap<String, T>();
        try (var in = new BufferedInputStream(Files.newInputStream(path), CHUNK)) {
          out.put("", body.read(in, name, Files.size(path)));
        }
        return out;
      }
      if (name.endsWith(".npz")) {
        return archive(path, name, body);
      }
      throw new FileProblem(
          Code.CANNOT_READ,
          "cannot read `" + name + "`: the suffix is not one of .npy, .npz, .safetensors, .txt");
    } catch (ZipException | IllegalArgumentException e) {
      // ZipFile reports a name that is not UTF-8 by the latter.
      throw archiveProblem(name, "it is not a zip archive: " + e.getMessage());
    } catch (EOFException e) {
      throw archiveProblem(name, "it ends too soon");
    } catch (IOException e) {
      throw NpyHeader.unreadable(name, e);
    }
  }

  private static <T> SortedMap<String, T> archive(Path path, String name, Entry<T> body)
      throws IOException, FileProblem {
    var out = new TreeMap<String, T>();
    try (var zip = new ZipFile(path.toFile())) {
      if (zip.size() > MAX_ENTRIES) {
        throw archiveProblem(name, "it has " + zip.size() + " entries");
      }
      var entries = zip.entries();
      while (entries.hasMoreElements()) {
        ZipEntry entry = entries.nextElement();
        String key = key(entry, name);
        if (out.put(key, entry(zip, entry, name + ":" + entry.getName(), body)) != null) {
          throw archiveProblem(name, "it has two arrays `" + key + "`");
        }
      }
    }
    return out;
  }

  /// Returns the name of an array: that of its entry without the suffix.
  private static String key(ZipEntry entry, String name) throws FileProblem {
    String file = entry.getName();
    String key = file.endsWith(".npy") ? file.substring(0, file.length() - 4) : "";
    if (key.isEmpty() || key.startsWith("/") || key.contains("..") || key.contains("\\")) {
      throw archiveProblem(name, "its entry `" + file + "` is not an array");
    }
    return key;
  }

  private static <T> T entry(ZipFile zip, ZipEntry entry, String name, Entry<T> body)
      throws IOException, FileProblem {
    long packed = Math.max(0, entry.getCompressedSize());
    long most = packed > Long.MAX_VALUE / MAX_DEFLATE ? Long.MAX_VALUE : packed * MAX_DEFLATE;
    long limit = Math.min(entry.getSize(), most);
    try (var in = new CheckedInputStream(zip.getInputStream(entry), new CRC32())) {
      T value = body.read(in, name, limit);
      // A head alone was asked for, or all of it is read: only then is the sum complete.
      if (value instanceof HostArray
          && (in.read() >= 0 || in.getChecksum().getValue() != entry.getCrc())) {
        throw archiveProblem(name, "its checksum is wrong: the file is damaged");
      }
      return value;
    }
  }

  private static FileProblem archiveProblem(String name, String why) {
    return new FileProblem(Code.BAD_ARCHIVE, "`" + name + "` cannot be read: " + why);
  }

  /// Writes one array to a `.npy`, or several to a `.npz` or `.safetensors`, as the suffix tells.
  public static void write(Path path, SortedMap<String, HostArray> arrays) throws FileProblem {
    if (path.toString().endsWith(".safetensors")) {
      requireNames(arrays, false);
      Safetensors.requireDtypes(arrays);
      AtomicFile.write(path, out -> Safetensors.write(out, arrays));
      return;
    }
    write(path, arrays, path.toString().endsWith(".npy"));
  }

  /// Writes a file, which is complete or not there.
  ///
  /// @param single a `.npy` of the one array under the empty name
  public static void write(Path path, SortedMap<String, HostArray> arrays, boolean single)
      throws FileProblem {
    requireNames(arrays, single);
    AtomicFile.write(path, out -> content(out, arrays, single));
  }

  /// Writes to a stream, such as the standard output.
  public static void write(OutputStream out, SortedMap<String, HostArray> arrays, boolean single)
      throws FileProblem {
    requireNames(arrays, single);
    try {
      content(out, arrays, single);
      out.flush();
    } catch (IOException e) {
      throw new FileProblem(Code.CANNOT_WRITE, "cannot write the result: " + AtomicFile.reason(e));
    }
  }

  private static void requireNames(SortedMap<String, HostArray> arrays, boolean single)
      throws FileProblem {
    boolean nameless = arrays.containsKey("");
    if (single && (!nameless || arrays.size() > 1)) {
      throw new FileProblem(
          Code.CANNOT_WRITE, "a .npy holds one array, not a tree of " + arrays.size());
    }
    if (!single && nameless) {
      throw new FileProblem(Code.CANNOT_WRITE, "the file holds named arrays, and this has no name");
    }
  }

  private static void content(OutputStream out, SortedMap<String, HostArray> arrays, boolean single)
      throws IOException {
    if (single) {
      array(out, arrays.get(""));
      return;
    }
    var zip = new ZipOutputStream(out);
    zip.setLevel(1);
    for (var each : arrays.entrySet()) {
      var entry = new ZipEntry(each.getKey() + ".npy");
      // The same arrays give the same bytes: the oldest time that zip knows, as NumPy does.
      entry.setTimeLocal(LocalDateTime.of(1980, 1, 1, 0, 0));
      zip.putNextEntry(entry);
      array(zip, each.getValue());
      zip.closeEntry();
    }
    zip.finish();
  }

  private static void array(OutputStream out, HostArray array) throws IOException {
    out.write(NpyHeader.write(array));
    bytes(out, array);
  }

  /// Writes the array's elements, as they are in memory.
  static void bytes(OutputStream out, HostArray array) throws IOException {
    MemorySegment data = array.data();
    byte[] chunk = new byte[(int) Math.min(CHUNK, data.byteSize())];
    for (long at = 0; at < data.byteSize(); at += chunk.length) {
      int count = (int) Math.min(chunk.length, data.byteSize() - at);
      MemorySegment.copy(data, ValueLayout.JAVA_BYTE, at, chunk, 0, count);
      out.write(chunk, 0, count);
    }
  }
}
