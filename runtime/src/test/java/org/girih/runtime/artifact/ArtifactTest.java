package org.girih.runtime.artifact;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.girih.runtime.artifact.ArtifactException.Reason;
import org.girih.runtime.artifact.Signature.Leaf;
import org.girih.runtime.artifact.Signature.Size;
import org.junit.jupiter.api.Test;

/// What is written is read; what is damaged is refused, wherever the damage is.
class ArtifactTest {
  private static final Manifest MANIFEST =
      new Manifest(
          "1.2.3",
          "m.girih",
          List.of(
              new Manifest.Entry(
                  new Signature(
                      "f",
                      "A comment\nof two lines.",
                      List.of(
                          new Leaf(
                              "w.npz.a",
                              DType.F32,
                              List.of(new Size.Known(2)),
                              false,
                              OptionalInt.of(0)),
                          new Leaf(
                              "x.0",
                              DType.BF16,
                              List.of(new Size.Named("n"), new Size.Computed("2 * n")),
                              false,
                              OptionalInt.empty()),
                          new Leaf(
                              "k",
                              DType.U32,
                              List.of(new Size.Known(2)),
                              true,
                              OptionalInt.empty())),
                      List.of(Leaf.of("", DType.C128))),
                  Optional.empty()),
              new Manifest.Entry(
                  new Signature("g", "", List.of(), List.of(Leaf.of("", DType.F32, 2))),
                  Optional.of("f.hlo.pb"))),
          List.of(
              new Manifest.Weight("w.npz", "a", Leaf.of("w.npz.a", DType.F32, 2), "weights/0.bin")),
          List.of(new Manifest.Binary("f", "cpu", "key", "f.bin")),
          List.of(new Manifest.Source("", "sources/0.girih")));
  private static final Map<String, byte[]> FILES =
      Map.of(
          "f.hlo.pb", new byte[] {1, 2, 3},
          "weights/0.bin", new byte[8],
          "f.bin", new byte[0],
          "sources/0.girih", "def f(x) = x".getBytes(StandardCharsets.UTF_8));

  private static byte[] written() throws IOException {
    var out = new ByteArrayOutputStream();
    Artifact.write(out, MANIFEST, FILES);
    return out.toByteArray();
  }

  private static Artifact read(byte[] bytes) throws IOException {
    return Artifact.read(new ByteArrayInputStream(bytes), "test");
  }

  private static void refused(Reason reason, byte[] bytes) {
    assertEquals(reason, assertThrows(ArtifactException.class, () -> read(bytes)).reason());
  }

  @Test
  void whatIsWrittenIsRead() throws IOException {
    Artifact artifact = read(written());
    assertEquals(MANIFEST, artifact.manifest());
    for (var file : FILES.entrySet()) {
      assertArrayEquals(file.getValue(), artifact.file(file.getKey()));
    }
    assertThrows(ArtifactException.class, () -> artifact.file("none"));
    assertEquals(64, artifact.hash().length());
    assertArrayEquals(written(), written());
  }

  @Test
  void eachBeginningIsRefused() throws IOException {
    byte[] whole = written();
    int end = new String(whole, StandardCharsets.ISO_8859_1).indexOf("PK\1\2"); // the directory
    for (int length = 0; length < end; length++) {
      byte[] begin = Arrays.copyOf(whole, length);
      assertThrows(ArtifactException.class, () -> read(begin), "the first " + length + " bytes");
    }
  }

  @Test
  void noChangedByteIsTakenForContent() throws IOException {
    byte[] whole = written();
    int read = 0;
    for (int at = 0; at < whole.length; at++) {
      byte[] changed = whole.clone();
      changed[at] ^= 0x21;
      try {
        Artifact artifact = read(changed);
        assertEquals(MANIFEST, artifact.manifest());
        for (var file : FILES.entrySet()) {
          assertArrayEquals(file.getValue(), artifact.file(file.getKey()), "byte " + at);
        }
        read++; // times and the directory at the end say nothing of the content
      } catch (ArtifactException _) {
        // as it should
      }
    }
    assertTrue(read < whole.length / 2, read + " of " + whole.length);
  }

  @Test
  void contentWithRightChecksumsIsHeldAgainstTheHash() throws IOException {
    refused(Reason.DAMAGED, changed("weights/0.bin", new byte[] {0, 0, 0, 1, 0, 0, 0, 0}));
    refused(Reason.DAMAGED, changed("content.sha256", "00".repeat(32).getBytes()));
    refused(Reason.DAMAGED, changed("content.sha256", null));
    refused(Reason.DAMAGED, changed("manifest.json", null));
  }

  /// A manifest whose hash is right, and which does not fit the files.
  @Test
  void whatTheManifestSaysIsThere() throws IOException {
    refused(Reason.DAMAGED, written(MANIFEST.weights(), without("f.bin")));
    refused(Reason.DAMAGED, written(MANIFEST.weights(), without("f.hlo.pb")));
    refused(Reason.DAMAGED, written(MANIFEST.weights(), without("sources/0.girih")));
    refused(Reason.DAMAGED, written(MANIFEST.weights(), without("weights/0.bin")));
    for (long size : new long[] {1, 3, 1L << 62}) {
      var weight =
          new Manifest.Weight("w.npz", "a", Leaf.of("w", DType.F32, size), "weights/0.bin");
      refused(Reason.DAMAGED, written(List.of(weight), FILES));
    }
    var shorter = new HashMap<>(FILES);
    shorter.put("weights/0.bin", new byte[7]);
    refused(Reason.DAMAGED, written(MANIFEST.weights(), shorter));
    // The same bytes as another dtype, and a size that is a name.
    for (Leaf leaf :
        List.of(
            Leaf.of("w", DType.I32, 2),
            new Leaf("w", DType.F32, List.of(new Size.Named("n")), false, OptionalInt.empty()))) {
      var weight = new Manifest.Weight("w.npz", "a", leaf, "weights/0.bin");
      refused(Reason.DAMAGED, written(List.of(weight), FILES));
    }
  }

  private static Map<String, byte[]> without(String file) {
    var files = new HashMap<>(FILES);
    files.remove(file);
    return files;
  }

  private static byte[] written(List<Manifest.Weight> weights, Map<String, byte[]> files)
      throws IOException {
    var manifest =
        new Manifest(
            MANIFEST.girih(),
            MANIFEST.program(),
            MANIFEST.functions(),
            weights,
            MANIFEST.executables(),
            MANIFEST.sources());
    var out = new ByteArrayOutputStream();
    Artifact.write(out, manifest, files);
    return out.toByteArray();
  }

  @Test
  void newerFormats() throws IOException {
    String json = new String(ManifestJson.write(MANIFEST), StandardCharsets.UTF_8);
    String newer = json.replace("\"format\" : 1", "\"format\" : 2");
    var e =
        assertThrows(
            ArtifactException.class, () -> read(changed("manifest.json", newer.getBytes())));
    assertEquals(Reason.NEWER, e.reason());
    assertTrue(e.getMessage().contains("written by Girih 1.2.3"), e.getMessage());
  }

  @Test
  void manifestsThatAreNone() throws IOException {
    String json = new String(ManifestJson.write(MANIFEST), StandardCharsets.UTF_8);
    List<String> wrong =
        List.of(
            "",
            "[]",
            "{}",
            "{\"format\": 1",
            json.replace("\"bf16\"", "\"f3\""),
            json.replace("\"weight\" : 0", "\"weight\" : 1"),
            json.replace("\"weight\" : 0", "\"weight\" : 1234567890123"),
            json.replace("\"shape\" : [ 2 ]", "\"shape\" : [ -2 ]"),
            json.replace("\"shape\" : [ 2 ]", "\"shape\" : [ 1.5 ]"),
            json.replace("\"functions\" : [ {", "\"functions\" : [ 3, {"),
            json.replace("\"program\"", "\"prog\""));
    for (String each : wrong) {
      var e =
          assertThrows(
              ArtifactException.class,
              () -> ManifestJson.read(each.getBytes(StandardCharsets.UTF_8), "test"),
              each);
      assertEquals(Reason.DAMAGED, e.reason());
    }
  }

  @Test
  void otherFiles() throws IOException {
    refused(Reason.FOREIGN, new byte[0]);
    refused(Reason.FOREIGN, "no zip at all".getBytes());
    var out = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(out)) {
      zip.putNextEntry(new ZipEntry("a.txt"));
      zip.write(new byte[100]);
    }
    refused(Reason.DAMAGED, out.toByteArray()); // compressed: it might unpack to anything
  }

  /// The artifact with one file changed, or left out, and all checksums of the zip right.
  private static byte[] changed(String name, byte[] content) throws IOException {
    var out = new ByteArrayOutputStream();
    try (var in = new ZipInputStream(new ByteArrayInputStream(written()));
        var zip = new ZipOutputStream(out)) {
      for (ZipEntry e = in.getNextEntry(); e != null; e = in.getNextEntry()) {
        byte[] bytes = e.getName().equals(name) ? content : in.readAllBytes();
        if (bytes != null) {
          var crc = new CRC32();
          crc.update(bytes);
          var entry = new ZipEntry(e.getName());
          entry.setMethod(ZipEntry.STORED);
          entry.setSize(bytes.length);
          entry.setCrc(crc.getValue());
          zip.putNextEntry(entry);
          zip.write(bytes);
        }
      }
    }
    return out.toByteArray();
  }
}
