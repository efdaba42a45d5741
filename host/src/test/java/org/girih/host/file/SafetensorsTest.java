package org.girih.host.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.girih.host.array.HostArray;
import org.girih.ir.diagnostic.Code;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// What is written is read again; files that lie are refused. (What the format's own library wrote
/// is in `npy_files.tsv`.)
class SafetensorsTest {
  @TempDir private Path folder;

  private static byte[] file(String header, int data) {
    byte[] text = header.getBytes(StandardCharsets.UTF_8);
    return file(text.length, text, data);
  }

  private static byte[] file(long length, byte[] header, int data) {
    return ByteBuffer.allocate(8 + header.length + data)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(length)
        .put(header)
        .array();
  }

  private static String entry(String name, String dtype, String shape, long from, long to) {
    return "\"%s\":{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":[%d,%d]}"
        .formatted(name, dtype, shape, from, to);
  }

  private Code refused(byte[] content) throws IOException {
    Path file = Files.write(folder.resolve("x.safetensors"), content);
    var problem = assertThrows(FileProblem.class, () -> DataFiles.read(file));
    assertEquals(
        problem.code(), assertThrows(FileProblem.class, () -> DataFiles.header(file)).code());
    assertTrue(problem.getMessage().contains("x.safetensors"), problem.getMessage());
    assertTrue(problem.getMessage().indexOf('\n') < 0, problem.getMessage());
    return problem.code();
  }

  @TestFactory
  Stream<DynamicTest> lies() {
    String a = entry("a", "F32", "[2]", 0, 8);
    return Stream.of(
            file("", 0),
            file("{", 0),
            file("[]", 0),
            file("{}x", 0),
            file("{} {}", 0),
            file("{}", 1),
            file("{" + a + "}", 7),
            file("{" + a + "}", 9),
            file("{" + a + "," + entry("a", "F32", "[2]", 8, 16) + "}", 16),
            file("{" + a + "," + entry("b", "F32", "[2]", 4, 12) + "}", 12),
            file("{" + a + "," + entry("b", "F32", "[2]", 12, 20) + "}", 20),
            file("{" + a + "," + entry("b", "F32", "[2]", 0, 8) + "}", 8),
            file("{" + entry("a", "F32", "[3]", 0, 8) + "}", 8),
            file("{" + entry("a", "F32", "[-2]", 0, 8) + "}", 8),
            file("{" + entry("a", "F32", "[2]", 8, 0) + "}", 8),
            file("{" + entry("a", "F32", "[2]", -8, 0) + "}", 8),
            file("{" + entry("a", "F99", "[2]", 0, 8) + "}", 8),
            file("{" + entry("a", "F32", "2", 0, 8) + "}", 8),
            file("{" + entry("a", "F32", "[2.0]", 0, 8) + "}", 8),
            file("{" + entry("a", "F32", "[99999999999999999999]", 0, 8) + "}", 8),
            file("{" + entry("a", "F32", "[4294967296,4294967296]", 0, 0) + "}", 0),
            file("{\"a\":{\"dtype\":\"F32\",\"shape\":[2]}}", 8),
            file("{\"a\":[]}", 0),
            file("{\"a\":" + "[".repeat(5000), 0),
            file(1L << 40, "{}".getBytes(StandardCharsets.UTF_8), 0),
            file(-1, "{}".getBytes(StandardCharsets.UTF_8), 0),
            new byte[0],
            new byte[7])
        .map(
            bytes ->
                DynamicTest.dynamicTest(
                    new String(bytes, 0, Math.min(90, bytes.length), StandardCharsets.ISO_8859_1)
                        .strip()
                        .concat(" (" + bytes.length + " bytes)"),
                    () -> assertEquals(Code.BAD_ARRAY_FILE, refused(bytes))));
  }

  private static TreeMap<String, HostArray> arrays() {
    var arrays = new TreeMap<String, HostArray>();
    arrays.put("params.w", HostArray.of(1f, 2f, 3f, 4f).reshape(2, 2));
    arrays.put("flags", HostArray.of(true, false, true));
    arrays.put("n", HostArray.of(7L).reshape());
    return arrays;
  }

  @Test
  void whatWasWrittenIsRead() throws Exception {
    Path file = folder.resolve("y.safetensors");
    DataFiles.write(file, arrays());
    assertEquals(arrays(), DataFiles.read(file));
  }

  @Test
  void noSingleArray() {
    var one = new TreeMap<String, HostArray>();
    one.put("", HostArray.of(1));
    var problem =
        assertThrows(
            FileProblem.class, () -> DataFiles.write(folder.resolve("z.safetensors"), one));
    assertEquals(Code.CANNOT_WRITE, problem.code());
  }

  @Test
  void bytesChangedByChanceAreReadOrRefused() throws Exception {
    Path good = folder.resolve("good.safetensors");
    DataFiles.write(good, arrays());
    byte[] bytes = Files.readAllBytes(good);
    var random = new Random(5);
    Path file = folder.resolve("changed.safetensors");
    int refused = 0;
    for (int i = 0; i < 3000; i++) {
      byte[] changed = bytes.clone();
      for (int k = 0; k <= random.nextInt(3); k++) {
        changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
      }
      Files.write(file, changed);
      try {
        DataFiles.read(file);
      } catch (FileProblem problem) {
        refused++;
        assertTrue(problem.code() == Code.BAD_ARRAY_FILE || problem.code() == Code.OUT_OF_MEMORY);
      }
    }
    assertTrue(refused > 1000, refused + " refused");
  }
}
