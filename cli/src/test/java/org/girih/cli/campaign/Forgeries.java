package org.girih.cli.campaign;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.girih.cli.Session;

/// Files that Girih writes and reads, changed by somebody who knows how their checksums are made.
final class Forgeries {
  private static final String HASH = "content.sha256";
  private static final int SEAL_BYTES = 32;

  private static final String LOOP =
      """
      let x = [1.0, 2.0, 3.0]
      let key = random.key(1)
      for i in 0..4 {
        let (key, k) = random.split(key)
        let x = x + random.normal(k, (3,))
        if i == 2 { save("gate/x.npy", x) }
      }
      print(x)
      """;

  private Forgeries() {}

  /// Returns an artifact of one function `f(x: f32[3])`, without executables.
  static Path artifact(Path folder) throws IOException {
    Path built = folder.resolve("whole.girihx");
    if (!Files.exists(built)) {
      Path source = folder.resolve("source.girih");
      Files.writeString(source, "def f(x: f32[3]) = sum(x * 2.0 + sin(x)) * x\n");
      Session session =
          Session.run("build", source.toString(), "--hlo-only", "-o", built.toString());
      if (session.code() != 0) {
        throw new IOException(session.err());
      }
    }
    return built;
  }

  /// Returns the artifact with one of its files changed, and the hash that this has.
  static byte[] artifact(Path folder, Random random) throws Exception {
    var files = new TreeMap<String, byte[]>();
    try (var zip = new ZipInputStream(Files.newInputStream(artifact(folder)))) {
      for (ZipEntry e = zip.getNextEntry(); e != null; e = zip.getNextEntry()) {
        files.put(e.getName(), zip.readAllBytes());
      }
    }
    files.remove(HASH);
    var names = List.copyOf(files.keySet());
    files.compute(
        names.get(random.nextInt(names.size())), (_, bytes) -> Bytes.mutated(bytes, random));
    var sha = MessageDigest.getInstance("SHA-256");
    for (var file : files.entrySet()) {
      byte[] name = file.getKey().getBytes();
      sha.update(
          ByteBuffer.allocate(12).putInt(name.length).putLong(file.getValue().length).array());
      sha.update(name);
      sha.update(file.getValue());
    }
    var out = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(out)) {
      for (var file : files.entrySet()) {
        store(zip, file.getKey(), file.getValue());
      }
      store(zip, HASH, HexFormat.of().formatHex(sha.digest()).getBytes());
    }
    return out.toByteArray();
  }

  private static void store(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
    var entry = new ZipEntry(name);
    var crc = new CRC32();
    crc.update(bytes);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(bytes.length);
    entry.setCrc(crc.getValue());
    zip.putNextEntry(entry);
    zip.write(bytes);
  }

  /// Writes a changed checkpoint beside the program that it is of, and returns that.
  static byte[] checkpoint(Path folder, Random random) throws Exception {
    Path program = folder.resolve(Trials.CHECKPOINTS.file());
    Path checkpoint = folder.resolve(program.getFileName() + ".checkpoint.safetensors");
    Path whole = folder.resolve("whole.checkpoint");
    Files.deleteIfExists(folder.resolve("gate").resolve("x.npy"));
    Files.deleteIfExists(folder.resolve("gate"));
    if (!Files.exists(whole)) {
      Files.writeString(program, LOOP);
      Session session = Session.run("run", program.toString(), "--checkpoint-every", "0");
      if (!session.err().startsWith("error[E0602]")) {
        throw new IOException(session.err());
      }
      Files.copy(checkpoint, whole);
    }
    Files.createDirectory(folder.resolve("gate"));
    byte[] bytes = Files.readAllBytes(whole);
    byte[] changed;
    if (random.nextBoolean()) {
      changed = Bytes.mutated(bytes, random);
    } else {
      byte[] content = Bytes.mutated(Arrays.copyOf(bytes, bytes.length - SEAL_BYTES), random);
      byte[] seal = MessageDigest.getInstance("SHA-256").digest(content);
      changed = Arrays.copyOf(content, content.length + SEAL_BYTES);
      System.arraycopy(seal, 0, changed, content.length, SEAL_BYTES);
    }
    Files.write(checkpoint, changed);
    return LOOP.getBytes();
  }
}
