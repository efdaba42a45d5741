package org.girih.runtime.artifact;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.girih.runtime.artifact.ArtifactException.Reason;
import org.girih.runtime.artifact.Signature.Leaf;

/// A built program: a zip of `manifest.json`, the files that it names, and `content.sha256`, the
/// hash of all else, which finds damage. Entries are stored without compression, so that a start
/// does no more than to read.
///
/// An artifact is code, as a jar is: the hash does not tell who made it.
public final class Artifact {
  /// The suffix of such files.
  public static final String SUFFIX = ".girihx";

  private static final String MANIFEST = "manifest.json";
  private static final String HASH = "content.sha256";
  private static final int MAX_ENTRIES = 100_000;

  private final String name;
  private final Manifest manifest;
  private final Map<String, byte[]> files;
  private final String hash;

  private Artifact(String name, Manifest manifest, Map<String, byte[]> files, String hash) {
    this.name = name;
    this.manifest = manifest;
    this.files = files;
    this.hash = hash;
  }

  /// Reads a file.
  ///
  /// @throws ArtifactException if it is not a whole artifact of this or an older version
  public static Artifact open(Path path) throws ArtifactException {
    String problem;
    try {
      if (Files.isRegularFile(path)) {
        try (var in = Files.newInputStream(path)) {
          return read(in, path.toString());
        }
      }
      problem = Files.exists(path) ? "it is not a file" : "no such file";
    } catch (ArtifactException e) {
      throw e;
    } catch (AccessDeniedException e) {
      problem = "access is denied";
    } catch (IOException e) {
      problem = e.getMessage();
    }
    throw new ArtifactException(Reason.MISSING, "cannot read `" + path + "`: " + problem);
  }

  /// Reads a resource, which its own module opens: in a named module no one else can.
  ///
  /// @param stream from `getResourceAsStream`; null if there is none
  /// @throws ArtifactException as for a file
  public static Artifact resource(InputStream stream, String name) throws ArtifactException {
    if (stream == null) {
      throw new ArtifactException(Reason.MISSING, "resource `" + name + "` does not exist");
    }
    try {
      return read(stream, name);
    } catch (ArtifactException e) {
      throw e;
    } catch (IOException e) {
      throw new ArtifactException(Reason.MISSING, "cannot read `" + name + "`: " + e.getMessage());
    }
  }

  /// Reads an artifact from a stream, and closes that.
  ///
  /// @param name for messages
  /// @throws ArtifactException as for a file
  public static Artifact read(InputStream stream, String name) throws IOException {
    var files = new LinkedHashMap<String, byte[]>();
    try (var in = new BufferedInputStream(stream, 1 << 16)) {
      in.mark(4);
      byte[] begin = in.readNBytes(4);
      if (begin.length < 4 || begin[0] != 'P' || begin[1] != 'K' || begin[2] != 3) {
        throw new ArtifactException(Reason.FOREIGN, "`" + name + "` is not a Girih artifact");
      }
      in.reset();
      var zip = new ZipInputStream(in);
      for (ZipEntry e = zip.getNextEntry(); e != null; e = zip.getNextEntry()) {
        // Stored entries are no longer than the file: none unpacks to more than there is.
        if (e.getMethod() != ZipEntry.STORED || e.getSize() > Integer.MAX_VALUE - 8) {
          throw damaged(name, "`" + e.getName() + "` is compressed or too large");
        }
        if (files.size() >= MAX_ENTRIES
            || files.putIfAbsent(e.getName(), zip.readAllBytes()) != null) {
          throw damaged(name, "it has too many entries, or `" + e.getName() + "` twice");
        }
      }
    } catch (ZipException | EOFException | IllegalArgumentException e) {
      throw damaged(name, "the zip is broken: " + e.getMessage());
    }
    byte[] said = files.remove(HASH);
    byte[] json = files.get(MANIFEST);
    if (json == null) {
      throw files.isEmpty() || said != null
          ? damaged(name, "it has no " + MANIFEST)
          : new ArtifactException(Reason.FOREIGN, "`" + name + "` is not a Girih artifact");
    }
    Manifest manifest = ManifestJson.read(json, "`" + name + "`");
    String hash = hash(files);
    if (said == null || !hash.equals(new String(said, StandardCharsets.US_ASCII).strip())) {
      throw damaged(name, said == null ? "it is truncated" : "its content does not match its hash");
    }
    complete(name, manifest, files);
    return new Artifact(name, manifest, files, hash);
  }

  /// Holds the manifest against the files: what it names is there, weights have the bytes of their
  /// shapes.
  private static void complete(String name, Manifest manifest, Map<String, byte[]> files)
      throws ArtifactException {
    var named = new ArrayList<String>();
    manifest.functions().forEach(f -> f.hlo().ifPresent(named::add));
    manifest.weights().forEach(w -> named.add(w.file()));
    manifest.executables().forEach(e -> named.add(e.file()));
    manifest.sources().forEach(s -> named.add(s.file()));
    for (String file : named) {
      if (!files.containsKey(file)) {
        throw damaged(name, "it has no `" + file + "`");
      }
    }
    try {
      for (Manifest.Weight weight : manifest.weights()) {
        Leaf leaf = weight.leaf();
        if (!leaf.fixed() || files.get(weight.file()).length != leaf.shape().byteSize()) {
          throw damaged(name, "`" + weight.file() + "` has not the bytes of " + leaf.type());
        }
      }
      for (Manifest.Entry function : manifest.functions()) {
        Signature signature = function.signature();
        for (Leaf input : signature.inputs()) {
          if (input.weight().isPresent() && !weight(manifest, input).type().equals(input.type())) {
            throw damaged(name, "`" + input.path() + "` is not as its weight");
          }
        }
        for (Leaf leaf : leaves(signature)) {
          if (leaf.fixed()) {
            leaf.shape().byteSize(); // there are such shapes
          } else if (function.hlo().isPresent()) {
            throw damaged(name, "`" + signature.name() + "` has a module and no sizes");
          }
        }
      }
    } catch (IllegalArgumentException | IllegalStateException | ArithmeticException e) {
      throw damaged(name, "a shape is invalid: " + e.getMessage());
    }
  }

  private static Leaf weight(Manifest manifest, Leaf input) {
    return manifest.weights().get(input.weight().getAsInt()).leaf();
  }

  private static List<Leaf> leaves(Signature signature) {
    var leaves = new ArrayList<>(signature.inputs());
    leaves.addAll(signature.results());
    return leaves;
  }

  private static ArtifactException damaged(String name, String why) {
    return new ArtifactException(Reason.DAMAGED, "`" + name + "` is damaged: " + why);
  }

  /// Writes an artifact; the stream stays open.
  ///
  /// @param files what the manifest names
  public static void write(OutputStream out, Manifest manifest, Map<String, byte[]> files)
      throws IOException {
    var all = new TreeMap<>(files);
    all.put(MANIFEST, ManifestJson.write(manifest));
    var zip = new ZipOutputStream(out);
    // The manifest first, so that it can be read alone; the hash last.
    store(zip, MANIFEST, all.get(MANIFEST));
    for (var file : all.entrySet()) {
      if (!file.getKey().equals(MANIFEST)) {
        store(zip, file.getKey(), file.getValue());
      }
    }
    store(zip, HASH, (hash(all) + "\n").getBytes(StandardCharsets.US_ASCII));
    zip.finish();
  }

  private static void store(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
    var entry = new ZipEntry(name);
    var crc = new CRC32();
    crc.update(bytes);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(bytes.length);
    entry.setCrc(crc.getValue());
    entry.setTimeLocal(java.time.LocalDateTime.of(1980, 1, 1, 0, 0)); // the same bytes each time
    zip.putNextEntry(entry);
    zip.write(bytes);
    zip.closeEntry();
  }

  /// Returns SHA-256 over names, lengths and bytes of all files, in the order of their names.
  static String hash(Map<String, byte[]> files) {
    try {
      var sha = MessageDigest.getInstance("SHA-256");
      SortedMap<String, byte[]> sorted = new TreeMap<>(files);
      sorted.forEach(
          (name, bytes) -> {
            byte[] title = name.getBytes(StandardCharsets.UTF_8);
            sha.update(ByteBuffer.allocate(12).putInt(title.length).putLong(bytes.length).array());
            sha.update(title);
            sha.update(bytes);
          });
      return HexFormat.of().formatHex(sha.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /// Returns the file's or the resource's name.
  public String name() {
    return name;
  }

  public Manifest manifest() {
    return manifest;
  }

  /// Returns the SHA-256 of its content, in hexadecimal.
  public String hash() {
    return hash;
  }

  /// Returns the sizes of its files.
  public Map<String, Integer> sizes() {
    var sizes = new TreeMap<String, Integer>();
    files.forEach((file, bytes) -> sizes.put(file, bytes.length));
    return sizes;
  }

  /// Returns the bytes of a file that the manifest names.
  ///
  /// @throws ArtifactException if there is none
  public byte[] file(String file) throws ArtifactException {
    byte[] bytes = files.get(file);
    if (bytes == null) {
      throw damaged(name, "it has no `" + file + "`");
    }
    return bytes.clone();
  }
}
