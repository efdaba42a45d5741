package org.girih.host.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.girih.host.array.HostArray;
import org.girih.ir.diagnostic.Code;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// Files that are broken, or made to break their reader: each is refused with its code.
class BadFilesTest {
  private static final String GOOD = "{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }";

  @TempDir private Path folder;

  private static byte[] npy(String header, int data) {
    return npy(1, header.length(), header, data);
  }

  private static byte[] npy(int version, int length, String header, int data) {
    var out = new ByteArrayOutputStream();
    out.writeBytes(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', (byte) version, 0});
    for (int i = 0; i < (version == 1 ? 2 : 4); i++) {
      out.write(length >> 8 * i);
    }
    out.writeBytes(header.getBytes(StandardCharsets.ISO_8859_1));
    out.writeBytes(new byte[data]);
    return out.toByteArray();
  }

  private Code refused(String name, byte[] content) throws IOException {
    Path file = folder.resolve(name);
    Files.write(file, content);
    var problem = assertThrows(FileProblem.class, () -> DataFiles.read(file));
    assertTrue(problem.getMessage().contains(name), problem.getMessage());
    assertTrue(problem.getMessage().indexOf('\n') < 0, problem.getMessage());
    return problem.code();
  }

  private DynamicTest header(String header) {
    return DynamicTest.dynamicTest(
        "`" + header.substring(0, Math.min(80, header.length())) + "`",
        () -> assertEquals(Code.BAD_ARRAY_FILE, refused("x.npy", npy(header, 64))));
  }

  @TestFactory
  Stream<DynamicTest> malformedHeaders() {
    return Stream.of(
            "",
            "{",
            "}",
            "{}",
            "[]",
            "None",
            GOOD + "x",
            GOOD + GOOD,
            "{'descr': '<f4', 'fortran_order': False}",
            "{'descr': '<f4', 'shape': (2,)}",
            "{'descr': '<f4', 'fortran_order': 'x', 'shape': (2,)}",
            "{'descr': '<f4', 'fortran_order': (1,), 'shape': (2,)}",
            "{'descr': '<f4', 'fortran_order': 0, 'shape': (2,)}",
            "{'descr': True, 'fortran_order': False, 'shape': (2,)}",
            "{'descr': '<f4' 'fortran_order': False 'shape': (2,)}",
            "{'descr': '<f4',, 'fortran_order': False, 'shape': (2,)}",
            "{'descr': '<f4', 'fortran_order': False, 'shape': (2)}",
            "{'descr': '<f4', 'fortran_order': False, 'shape': 2}",
            "{'descr': '<f4', 'fortran_order': False, 'shape': [2]}",
            "{'descr': '<f4', 'fortran_order': False, 'shape': (2 2)}",
            "{'descr': '<f4', 'fortran_order': False, 'shape': (,)}",
            "{'descr': '<f4', 'fortran_order': False, 'shape': (2,,)}",
            "{'descr': '<f4', 'fortran_order': False, 'shape': (-1,)}",
            "{'descr': '<f4', 'fortran_order': False, 'shape': (1.0,)}",
            "{'descr': '<f4', 'fortran_order': False, 'shape': (0x2,)}",
            "{'descr': '<f4', 'fortran_order': False, 'shape': (9999999999999999999999,)}",
            "{'descr': '<f4', 'fortran_order': False, 'shape': (4294967296, 4294967296)}",
            "{'descr': '<f4', 'fortran_order': False, 'shape': (999999999999999999, 2, 9)}",
            "{'descr': '<f4', 'fortran_order': False, 'shape': (" + "1,".repeat(65) + ")}",
            "{'descr': '<f4', 'fortran_order': False, 'shape': (2,), 'shape': (2,)}",
            "{'descr': '<f4', 'fortran_order': False, 'shape': (2,), 'more': 1}",
            "{'descr': '|O', 'fortran_order': False, 'shape': (2,)}",
            "{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (2,)}",
            "{'descr': '<U3', 'fortran_order': False, 'shape': (2,)}",
            "{'descr': '<M8[ns]', 'fortran_order': False, 'shape': (2,)}",
            "{'descr': '<f16', 'fortran_order': False, 'shape': (2,)}",
            "{'descr': '<V1', 'fortran_order': False, 'shape': (2,)}",
            "{'descr': '<f\\x34', 'fortran_order': False, 'shape': (2,)}",
            "{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }".replace("'", ""),
            "{'descr': __import__('os'), 'fortran_order': False, 'shape': (2,)}",
            "(".repeat(60_000),
            "{'descr': '<f4', 'fortran_order': False, 'shape': ".repeat(1000))
        .map(this::header);
  }

  @Test
  void aFileThatEndsTooSoon() throws IOException {
    byte[] whole = npy(GOOD, 8);
    for (int length = 0; length < whole.length; length++) {
      assertEquals(Code.BAD_ARRAY_FILE, refused("x.npy", Arrays.copyOf(whole, length)));
    }
  }

  @Test
  void otherKindsOfFile() throws IOException {
    byte[] pickle = {(byte) 0x80, 4, (byte) 0x95, 'c', 'o', 's', '\n', 's', 'y', 's', '\n'};
    assertEquals(Code.BAD_ARRAY_FILE, refused("x.npy", pickle));
    assertEquals(Code.BAD_ARRAY_FILE, refused("x.npy", new byte[4096]));
    assertEquals(Code.BAD_ARCHIVE, refused("x.npz", npy(GOOD, 8)));
    assertEquals(Code.BAD_ARCHIVE, refused("x.npz", new byte[0]));
    assertEquals(Code.CANNOT_READ, refused("x.csv", new byte[] {'1'}));
    assertEquals(Code.BAD_ARRAY_FILE, refused("x.npy", npy(4, GOOD.length(), GOOD, 8)));
    assertEquals(Code.BAD_ARRAY_FILE, refused("x.npy", npy(2, Integer.MAX_VALUE, GOOD, 8)));
    assertEquals(Code.BAD_ARRAY_FILE, refused("x.npy", npy(2, -1, GOOD, 8)));
  }

  @Test
  void noFileAtAll() throws IOException {
    Path nested = Files.createDirectory(folder.resolve("d.npy"));
    Path zero = Files.createSymbolicLink(folder.resolve("zero.npy"), Path.of("/dev/zero"));
    for (Path path : new Path[] {nested, zero, folder.resolve("none.npy")}) {
      var problem = assertThrows(FileProblem.class, () -> DataFiles.read(path));
      assertEquals(Code.CANNOT_READ, problem.code());
      problem = assertThrows(FileProblem.class, () -> DataFiles.header(path));
      assertEquals(Code.CANNOT_READ, problem.code());
    }
  }

  /// The file is a few bytes, its head claims four terabytes: nothing is allocated for it.
  @Test
  void aHeadThatPromisesMoreThanTheFileHas() throws IOException {
    String header = GOOD.replace("(2,)", "(1099511627776,)");
    assertEquals(Code.BAD_ARRAY_FILE, refused("x.npy", npy(header, 8)));
    assertEquals(Code.BAD_ARRAY_FILE, refused("x.npz", zip("a.npy", npy(header, 8))));
  }

  private static byte[] zip(Object... namesAndContents) throws IOException {
    var out = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(out)) {
      for (int i = 0; i < namesAndContents.length; i += 2) {
        zip.putNextEntry(new ZipEntry((String) namesAndContents[i]));
        zip.write((byte[]) namesAndContents[i + 1]);
        zip.closeEntry();
      }
    }
    return out.toByteArray();
  }

  @Test
  void archivesWithOddNames() throws IOException {
    for (String name :
        new String[] {"../x.npy", "a/../../x.npy", "/x.npy", "x.txt", ".npy", "d/", "a\\b.npy"}) {
      assertEquals(Code.BAD_ARCHIVE, refused("x.npz", zip(name, npy(GOOD, 8))), name);
    }
    byte[] twins = zip("aa.npy", npy(GOOD, 8), "bb.npy", npy(GOOD, 8));
    for (int i = 0; i < twins.length - 1; i++) {
      if (twins[i] == 'b' && twins[i + 1] == 'b') {
        twins[i] = 'a';
        twins[i + 1] = 'a';
      }
    }
    assertEquals(Code.BAD_ARCHIVE, refused("x.npz", twins));
  }

  /// 64 MB of zeros in 64 kB, whose head claims 200 GB.
  @Test
  void anArchiveThatLiesAboutItsSize() throws IOException {
    String header = GOOD.replace("(2,)", "(50000000000,)");
    var bomb = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(bomb)) {
      zip.putNextEntry(new ZipEntry("a.npy"));
      zip.write(npy(header, 0));
      byte[] zeros = new byte[1 << 20];
      for (int i = 0; i < 64; i++) {
        zip.write(zeros);
      }
      zip.closeEntry();
    }
    assertEquals(Code.BAD_ARRAY_FILE, refused("x.npz", bomb.toByteArray()));
  }

  @Test
  void aDamagedArchiveIsNoticed() throws Exception {
    Path good = folder.resolve("good.npz");
    double[] values = new double[5000];
    Arrays.setAll(values, i -> i);
    DataFiles.write(good, new TreeMap<>(java.util.Map.of("x", HostArray.of(values))));
    byte[] bytes = Files.readAllBytes(good);
    var array = DataFiles.read(good);
    var random = new Random(1);
    Path damaged = folder.resolve("damaged.npz");
    for (int i = 0; i < 300; i++) {
      byte[] copy = bytes.clone();
      copy[random.nextInt(copy.length)] ^= (byte) (1 << random.nextInt(8));
      Files.write(damaged, copy);
      try {
        var read = DataFiles.read(damaged);
        // Bits that hold no data (times, attributes) may change; the array's may not.
        assertTrue(read.values().stream().allMatch(array.get("x")::equals), "case " + i);
      } catch (FileProblem problem) {
        assertTrue(
            problem.code() == Code.BAD_ARCHIVE || problem.code() == Code.BAD_ARRAY_FILE,
            "case " + i + ": " + problem.getMessage());
      }
      Files.write(damaged, Arrays.copyOf(bytes, random.nextInt(bytes.length)));
      assertThrows(FileProblem.class, () -> DataFiles.read(damaged));
    }
  }

  @Test
  void namesDecideWhatCanBeWritten() {
    var nameless = new TreeMap<>(java.util.Map.of("", HostArray.of(1)));
    var named = new TreeMap<>(java.util.Map.of("a", HostArray.of(1), "b", HostArray.of(2)));
    Path npz = folder.resolve("x.npz");
    Path npy = folder.resolve("x.npy");
    assertEquals(
        Code.CANNOT_WRITE,
        assertThrows(FileProblem.class, () -> DataFiles.write(npz, nameless)).code());
    assertEquals(
        Code.CANNOT_WRITE,
        assertThrows(FileProblem.class, () -> DataFiles.write(npy, named)).code());
  }
}
