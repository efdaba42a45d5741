package org.girih.host.file;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.girih.host.array.HostArray;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.DType;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// Files that NumPy wrote (testdata/scripts/npy_files.py) are read to the bytes that NumPy has, and
/// what NumPy would write is written.
class DataFilesTest {
  @TempDir private Path folder;

  private record Case(
      String name, byte[] file, String suffix, SortedMap<String, HostArray> arrays) {}

  private static Stream<Case> cases() throws IOException {
    String text;
    try (var in = DataFilesTest.class.getResourceAsStream("npy_files.tsv")) {
      text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    return text.lines().map(line -> parse(line.split("\t", -1)));
  }

  private static Case parse(String[] fields) {
    var base64 = Base64.getDecoder();
    var arrays = new TreeMap<String, HostArray>();
    for (int i = 3; i < fields.length; i += 4) {
      long[] dims =
          fields[i + 2].isEmpty()
              ? new long[0]
              : Arrays.stream(fields[i + 2].split(",")).mapToLong(Long::parseLong).toArray();
      var data = MemorySegment.ofArray(base64.decode(fields[i + 3]));
      arrays.put(fields[i], new HostArray(DType.of(fields[i + 1]).orElseThrow(), dims, data));
    }
    return new Case(fields[0], base64.decode(fields[2]), fields[1], arrays);
  }

  @Test
  void aTextIsItsBytes() throws Exception {
    Path file =
        Files.write(folder.resolve("t.txt"), new byte[] {'a', '\n', (byte) 0xc3, (byte) 0xa9});
    assertEquals("{=u8[4]}", DataFiles.header(file).toString());
    HostArray all = DataFiles.read(file).get("");
    assertEquals("u8[4]", all.typeText());
    assertEquals(0xa9, all.integer(3));
    Path empty = Files.write(folder.resolve("empty.txt"), new byte[0]);
    assertEquals(0, DataFiles.read(empty).get("").size());
  }

  @TestFactory
  Stream<DynamicTest> readsWhatNumPyWrote() throws IOException {
    return cases().map(c -> DynamicTest.dynamicTest(c.name, () -> read(c)));
  }

  private void read(Case c) throws Exception {
    Path file = folder.resolve("x." + c.suffix);
    Files.write(file, c.file);
    assertEquals(c.arrays, DataFiles.read(file));
    var types = new TreeMap<String, ArrayType>();
    c.arrays.forEach((key, a) -> types.put(key, ArrayType.of(a.dtype(), a.dims())));
    assertEquals(types, DataFiles.header(file));
  }

  @TestFactory
  Stream<DynamicTest> writesWhatNumPyWrites() throws IOException {
    return cases()
        .filter(c -> c.name.startsWith("plain"))
        .map(c -> DynamicTest.dynamicTest(c.name, () -> write(c)));
  }

  private void write(Case c) throws Exception {
    Path file = folder.resolve("y.npy");
    DataFiles.write(file, c.arrays);
    assertArrayEquals(c.file, Files.readAllBytes(file));
  }

  @Test
  void anArchiveHoldsTheFilesThatNumPyWouldWrite() throws Exception {
    var arrays = new TreeMap<String, HostArray>();
    var files = new TreeMap<String, byte[]>();
    for (Case c : cases().filter(c -> c.name.startsWith("plain")).toList()) {
      String key = "a." + files.size();
      arrays.put(key, c.arrays.get(""));
      files.put(key + ".npy", c.file);
    }
    Path file = folder.resolve("all.npz");
    DataFiles.write(file, arrays);
    try (var zip = new ZipFile(file.toFile())) {
      assertEquals(files.size(), zip.size());
      for (var each : files.entrySet()) {
        try (var in = zip.getInputStream(zip.getEntry(each.getKey()))) {
          assertArrayEquals(each.getValue(), in.readAllBytes(), each.getKey());
        }
      }
    }
    assertEquals(arrays, DataFiles.read(file));
  }

  @Test
  void theSameArraysGiveTheSameArchive() throws Exception {
    var arrays = new TreeMap<>(java.util.Map.of("x", HostArray.of(1f, 2f)));
    DataFiles.write(folder.resolve("a.npz"), arrays);
    DataFiles.write(folder.resolve("b.npz"), arrays);
    assertEquals(-1, Files.mismatch(folder.resolve("a.npz"), folder.resolve("b.npz")));
  }

  @Test
  void anArrayOfManyChunksIsReadWhole() throws Exception {
    long[] values = new long[100_000];
    Arrays.setAll(values, i -> i * 0x9E3779B97F4A7C15L);
    var array = HostArray.of(values);
    for (String name : new String[] {"x.npy", "x.npz"}) {
      String key = name.endsWith("y") ? "" : "x";
      DataFiles.write(folder.resolve(name), new TreeMap<>(java.util.Map.of(key, array)));
      var read = DataFiles.read(folder.resolve(name)).get(key);
      assertArrayEquals(values, read.data().toArray(ValueLayout.JAVA_LONG_UNALIGNED));
    }
    assertFalse(Files.exists(folder.resolve("x")));
    assertTrue(Files.size(folder.resolve("x.npy")) == 8L * values.length + 128);
  }
}
