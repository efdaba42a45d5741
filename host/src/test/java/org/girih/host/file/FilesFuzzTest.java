package org.girih.host.file;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.girih.host.array.HostArray;
import org.girih.ir.diagnostic.Code;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Files that were changed by chance: bytes set, cut out, doubled or swapped, numbers in their text
/// made others. Each is read, or refused with a code, and no more memory is taken than the file can
/// hold. `-Dgirih.fuzz.count=N` tries N files of each kind, `-Dgirih.fuzz.seed=N` begins elsewhere.
@Tag("full")
class FilesFuzzTest {
  private static final Set<Code> REFUSALS =
      Set.of(Code.BAD_ARRAY_FILE, Code.BAD_ARCHIVE, Code.OUT_OF_MEMORY);

  @TempDir private Path folder;

  private static TreeMap<String, HostArray> arrays(boolean single) {
    if (single) {
      return new TreeMap<>(Map.of("", HostArray.of(1.5f, 2, 3, 4, 5, 6).reshape(2, 3)));
    }
    return new TreeMap<>(
        Map.of(
            "params.Dense_0.kernel", HostArray.of(1f, 2, 3, 4).reshape(2, 2),
            "girih.place", HostArray.of(0L, 7L),
            "mask", HostArray.of(true, false, true),
            "carry.0", HostArray.of(0.5)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"x.npy", "x.npz", "x.safetensors"})
  void readOrRefused(String name) throws Exception {
    Path good = folder.resolve(name);
    DataFiles.write(good, arrays(name.endsWith(".npy")));
    byte[] bytes = Files.readAllBytes(good);
    long first = Long.getLong("girih.fuzz.seed", 1);
    int count = Integer.getInteger("girih.fuzz.count", 3000);
    Path file = folder.resolve("changed-" + name);
    int refused = 0;
    for (long seed = first; seed < first + count; seed++) {
      var random = new Random(seed);
      byte[] changed = bytes;
      for (int k = 0; k <= random.nextInt(4); k++) {
        changed = changed(changed, random);
      }
      Files.write(file, changed);
      try {
        DataFiles.header(file);
        DataFiles.read(file);
      } catch (FileProblem problem) {
        refused++;
        assertTrue(REFUSALS.contains(problem.code()), "seed " + seed + ": " + problem.getMessage());
      } catch (RuntimeException | Error e) {
        throw new AssertionError("seed " + seed, e);
      }
    }
    assertTrue(refused > count / 4, refused + " refused");
  }

  private static byte[] changed(byte[] bytes, Random random) {
    if (bytes.length < 4) {
      return new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9};
    }
    int from = random.nextInt(bytes.length);
    int to = Math.min(bytes.length, from + 1 + random.nextInt(16));
    return switch (random.nextInt(6)) {
      case 0 -> java.util.Arrays.copyOf(bytes, from);
      case 1 -> joined(bytes, 0, from, bytes, to, bytes.length);
      case 2 -> joined(bytes, 0, to, bytes, from, bytes.length);
      case 3 -> number(bytes, random);
      default -> {
        byte[] out = bytes.clone();
        out[from] = (byte) random.nextInt(256);
        yield out;
      }
    };
  }

  /// Puts another number in the place of one that stands in the text of a header.
  private static byte[] number(byte[] bytes, Random random) {
    String[] numbers = {
      "-1", "0", "2147483648", "9223372036854775807", "99999999999999999999", "1e9"
    };
    int start = random.nextInt(bytes.length);
    for (int i = 0; i < bytes.length; i++) {
      int at = (start + i) % bytes.length;
      if (bytes[at] >= '0' && bytes[at] <= '9') {
        byte[] text = numbers[random.nextInt(numbers.length)].getBytes(StandardCharsets.US_ASCII);
        byte[] head = joined(bytes, 0, at, text, 0, text.length);
        return joined(head, 0, head.length, bytes, at + 1, bytes.length);
      }
    }
    return bytes;
  }

  private static byte[] joined(byte[] a, int from, int to, byte[] b, int begin, int end) {
    var out = new ByteArrayOutputStream();
    out.write(a, from, to - from);
    out.write(b, begin, end - begin);
    return out.toByteArray();
  }
}
