package org.girih.runtime.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.girih.runtime.cache.CompileCache.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Processes that fill one folder, which is too small for all that they store: whoever finds a
/// program finds its own executable, whole, and nothing half written is left.
class CompileCacheProcessTest {
  private static final long LIMIT = 40_000;

  @TempDir Path folder;

  /// One process: stores and looks up twenty programs again and again; prints how often it found
  /// one. Arguments: the folder, a seed.
  static final class Run {
    private Run() {}

    public static void main(String[] arguments) throws IOException {
      var cache = new CompileCache(Path.of(arguments[0]), LIMIT);
      var here = new CompileEnvironment(new TreeMap<>(Map.of("plugin", "a")));
      var random = new Random(Long.parseLong(arguments[1]));
      int hits = 0;
      for (int i = 0; i < 1000; i++) {
        int number = random.nextInt(20);
        byte[] program = bytes(number, 50);
        switch (cache.look(program, here)) {
          case Answer.Hit(byte[] found) -> {
            if (!Arrays.equals(found, bytes(1000 + number, 3000 + number))) {
              throw new IllegalStateException("program " + number + " is another's");
            }
            hits++;
          }
          case Answer.Miss(String why) -> {
            if (why.contains("damaged")) {
              throw new IllegalStateException(why);
            }
          }
        }
        cache.store(program, here, bytes(1000 + number, 3000 + number));
      }
      System.out.println(hits);
    }

    private static byte[] bytes(int seed, int size) {
      byte[] bytes = new byte[size];
      new Random(seed).nextBytes(bytes);
      return bytes;
    }
  }

  @Test
  void processesShareAFolder() throws IOException, InterruptedException {
    var processes = new ArrayList<Process>();
    try {
      for (int seed = 0; seed < 3; seed++) {
        processes.add(start(seed));
      }
      for (Process each : processes) {
        String said = new String(each.getInputStream().readAllBytes()).strip();
        assertEquals(0, each.waitFor(), said);
        assertTrue(Integer.parseInt(said) > 0, "nothing was ever found");
      }
    } finally {
      processes.forEach(Process::destroy);
    }
    long bytes = 0;
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        assertTrue(file.toString().endsWith(".xla"), file + " is left");
        bytes += Files.size(file);
      }
    }
    assertTrue(bytes <= LIMIT, bytes + " bytes");
  }

  private Process start(int seed) throws IOException {
    var command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Run.class.getName(),
            folder.toString(),
            Integer.toString(seed));
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }
}
