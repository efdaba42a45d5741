package org.girih.runtime.artifact;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.girih.runtime.artifact.Signature.Leaf;
import org.girih.runtime.artifact.Signature.Size;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Artifacts with bytes changed, moved, doubled and left out, in the zip or in a manifest whose
/// hashes are right: each is refused as an artifact, or is one whose every part can be read.
/// `-Dgirih.fuzz.count=N` tries N of each, `-Dgirih.fuzz.seed=N` begins elsewhere.
class ArtifactFuzzTest {
  private static final int COUNT = Integer.getInteger("girih.fuzz.count", 5000);

  private static final Map<String, byte[]> FILES =
      Map.of(
          "f.hlo.pb", new byte[] {1, 2, 3},
          "weights/0.bin", new byte[8],
          "f.bin", new byte[100],
          "sources/0.girih", "def f(x) = x".getBytes(StandardCharsets.UTF_8));

  private static final List<String> WORDS =
      List.of(
          "-1",
          "0",
          "1e9",
          "9223372036854775807",
          "99999999999999999999",
          "null",
          "{}",
          "[]",
          "[[",
          "\"\"",
          "\"n\"",
          "\"= n\"",
          "\"f32\"",
          "\"key\" : true,",
          "true",
          ",",
          "}",
          "]",
          "\"weight\" : 0,",
          "\\u0000",
          "\ud800",
          "\"f.hlo.pb\"",
          "\"../x\"");

  private static Manifest manifest() {
    var w = new Leaf("w.npz.a", DType.F32, List.of(new Size.Known(2)), false, OptionalInt.of(0));
    var x =
        new Leaf(
            "x",
            DType.BF16,
            List.of(new Size.Named("n"), new Size.Computed("2 * n")),
            false,
            OptionalInt.empty());
    var f = new Signature("f", "Says.", List.of(w), List.of(Leaf.of("", DType.C128, 3)));
    var g = new Signature("g", "", List.of(w, x), List.of(Leaf.of("a", DType.I4, 3)));
    return new Manifest(
        "1.2.3",
        "m.girih",
        List.of(
            new Manifest.Entry(f, Optional.of("f.hlo.pb")),
            new Manifest.Entry(g, Optional.empty())),
        List.of(
            new Manifest.Weight("w.npz", "a", Leaf.of("w.npz.a", DType.F32, 2), "weights/0.bin")),
        List.of(new Manifest.Binary("f", "cpu", "key", "f.bin")),
        List.of(new Manifest.Source("", "sources/0.girih")));
  }

  @Test
  @Tag("full")
  void changedZips() throws IOException {
    var out = new ByteArrayOutputStream();
    Artifact.write(out, manifest(), FILES);
    byte[] whole = out.toByteArray();
    int refused = 0;
    for (Iterator<Random> randoms = randoms(); randoms.hasNext(); ) {
      refused += read(changed(whole, randoms.next())) ? 0 : 1;
    }
    assertTrue(refused > COUNT / 2, refused + " refused");
  }

  @Test
  @Tag("full")
  void changedManifestsWithRightHashes() throws IOException {
    byte[] json = ManifestJson.write(manifest());
    int refused = 0;
    for (Iterator<Random> randoms = randoms(); randoms.hasNext(); ) {
      Random random = randoms.next();
      var files = new TreeMap<>(FILES);
      byte[] changed = random.nextInt(3) == 0 ? changed(json, random) : reworded(json, random);
      files.put("manifest.json", changed);
      files.put("content.sha256", Artifact.hash(files).getBytes(StandardCharsets.US_ASCII));
      var out = new ByteArrayOutputStream();
      try (var zip = new ZipOutputStream(out)) {
        for (var file : files.entrySet()) {
          store(zip, file.getKey(), file.getValue());
        }
      }
      refused += read(out.toByteArray()) ? 0 : 1;
    }
    assertTrue(refused > COUNT / 2 && refused < COUNT, refused + " of " + COUNT + " refused");
  }

  /// One source of changes for each seed, each made when it is its turn.
  private static Iterator<Random> randoms() {
    long first = Long.getLong("girih.fuzz.seed", 1);
    return LongStream.range(first, first + COUNT).mapToObj(Random::new).iterator();
  }

  /// Whether it is an artifact.
  private static boolean read(byte[] bytes) throws IOException {
    try {
      Artifact artifact = Artifact.read(new ByteArrayInputStream(bytes), "test");
      Manifest manifest = artifact.manifest();
      for (Manifest.Entry function : manifest.functions()) {
        Signature signature = function.signature();
        assertTrue(signature.sizes().size() <= 100);
        signature.parameters().forEach(Leaf::type);
        if (!signature.generic()) {
          signature.inputs().forEach(leaf -> leaf.shape().byteSize());
        }
        if (function.hlo().isPresent()) {
          artifact.file(function.hlo().get());
        }
      }
      for (Manifest.Weight weight : manifest.weights()) {
        assertTrue(
            weight.leaf().shape().byteSize() == artifact.file(weight.file()).length, "weight");
      }
      for (Manifest.Binary binary : manifest.executables()) {
        artifact.file(binary.file());
      }
      return true;
    } catch (ArtifactException _) {
      return false; // as it should
    }
  }

  private static byte[] changed(byte[] whole, Random random) {
    var bytes = new ArrayList<Byte>();
    for (byte each : whole) {
      bytes.add(each);
    }
    for (int i = random.nextInt(1, 5); i > 0 && !bytes.isEmpty(); i--) {
      int at = random.nextInt(bytes.size());
      int end = Math.min(bytes.size(), at + random.nextInt(1, 40));
      switch (random.nextInt(6)) {
        case 0 -> bytes.set(at, (byte) random.nextInt());
        case 1 -> bytes.set(at, (byte) (bytes.get(at) ^ 1 << random.nextInt(8)));
        case 2 -> bytes.subList(at, end).clear();
        case 3 -> bytes.addAll(at, List.copyOf(bytes.subList(at, end)));
        case 4 -> bytes.subList(at, bytes.size()).clear();
        case 5 -> bytes.set(at, random.nextBoolean() ? (byte) 0 : (byte) -1);
        default -> throw new AssertionError();
      }
    }
    byte[] out = new byte[bytes.size()];
    for (int i = 0; i < out.length; i++) {
      out[i] = bytes.get(i);
    }
    return out;
  }

  /// A value, or a few lines, of the JSON replaced.
  private static byte[] reworded(byte[] json, Random random) {
    String text = new String(json, StandardCharsets.UTF_8);
    var tokens = new ArrayList<>(List.of(text.split("(?<=[\\[\\]{},:])|(?=[\\[\\]{},:])")));
    for (int i = random.nextInt(1, 3); i > 0; i--) {
      int at = random.nextInt(tokens.size());
      switch (random.nextInt(3)) {
        case 0 -> tokens.set(at, WORDS.get(random.nextInt(WORDS.size())));
        case 1 -> tokens.set(at, tokens.get(random.nextInt(tokens.size())));
        case 2 -> tokens.remove(at);
        default -> throw new AssertionError();
      }
    }
    return String.join("", tokens).getBytes(StandardCharsets.UTF_8);
  }

  private static void store(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
    var crc = new CRC32();
    crc.update(bytes);
    var entry = new ZipEntry(name);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(bytes.length);
    entry.setCrc(crc.getValue());
    zip.putNextEntry(entry);
    zip.write(bytes);
    zip.closeEntry();
  }
}
