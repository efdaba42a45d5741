package org.girih.runtime.cache;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.girih.runtime.cache.CompileCache.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The folder of entries: what is found, what is refused, what goes.
class CompileCacheTest {
  private static final CompileEnvironment HERE = around("plugin", "a", "processor", "x");

  @TempDir private Path folder;

  private static CompileEnvironment around(String... facts) {
    var map = new TreeMap<String, String>();
    for (int i = 0; i < facts.length; i += 2) {
      map.put(facts[i], facts[i + 1]);
    }
    return new CompileEnvironment(map);
  }

  private CompileCache cache(long limit) {
    return new CompileCache(folder.resolve("compiled"), limit);
  }

  private static byte[] program(int seed, int size) {
    var random = new java.util.Random(seed);
    var bytes = new byte[size];
    random.nextBytes(bytes);
    return bytes;
  }

  private static String why(Answer answer) {
    return assertInstanceOf(Answer.Miss.class, answer).why();
  }

  @Test
  void findsWhatWasStored() throws IOException {
    var cache = cache(1 << 20);
    assertEquals("it is new", why(cache.look(program(1, 100), HERE)));
    cache.store(program(1, 100), HERE, program(2, 1000));
    cache.store(program(3, 100), HERE, program(4, 1000));
    var hit = assertInstanceOf(Answer.Hit.class, cache.look(program(1, 100), HERE));
    assertArrayEquals(program(2, 1000), hit.serialized());
    assertEquals(2, cache.size().entries());
    assertEquals(2, cache.clear());
    assertEquals(0, cache.size().entries());
    assertEquals("it is new", why(cache.look(program(1, 100), HERE)));
  }

  @Test
  void saysWhichSurroundingsDiffer() throws IOException {
    var cache = cache(1 << 20);
    cache.store(program(1, 100), HERE, program(2, 1000));
    assertEquals(
        "it was compiled with another plugin",
        why(cache.look(program(1, 100), around("plugin", "b", "processor", "x"))));
    assertEquals(
        "it was compiled with another plugin, processor",
        why(cache.look(program(1, 100), around("plugin", "b", "processor", "y"))));
  }

  /// Whatever byte of an entry is changed, and wherever it is cut: a miss, and the file is gone.
  @Test
  void damageIsAMiss() throws IOException {
    var cache = cache(1 << 20);
    byte[] program = program(1, 40);
    cache.store(program, HERE, program(2, 60));
    Path file;
    try (var files = Files.list(cache.folder())) {
      file = files.findFirst().orElseThrow();
    }
    byte[] whole = Files.readAllBytes(file);
    for (int i = 0; i < whole.length; i++) {
      byte[] changed = whole.clone();
      changed[i] ^= (byte) (1 << i % 8);
      Files.write(file, changed);
      assertEquals("its entry was damaged", why(cache.look(program, HERE)));
      Files.write(file, java.util.Arrays.copyOf(whole, i));
      assertEquals("its entry was damaged", why(cache.look(program, HERE)));
      assertEquals(0, cache.size().entries());
    }
    Files.write(file, whole);
    assertInstanceOf(Answer.Hit.class, cache.look(program, HERE));
  }

  /// A file under the name of one program that holds another, as if their hashes clashed.
  @Test
  void anotherProgramOfTheSameNameIsAMiss() throws IOException {
    var cache = cache(1 << 20);
    cache.store(program(1, 100), HERE, program(2, 10));
    Path first;
    try (var files = Files.list(cache.folder())) {
      first = files.findFirst().orElseThrow();
    }
    cache.store(program(3, 100), HERE, program(4, 10));
    try (var files = Files.list(cache.folder())) {
      Path second = files.filter(f -> !f.equals(first)).findFirst().orElseThrow();
      Files.copy(second, first, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }
    assertTrue(why(cache.look(program(1, 100), HERE)).contains("another program's"));
  }

  @Test
  void theLongestUnusedGo() throws IOException {
    var cache = cache(10_000);
    for (int i = 0; i < 20; i++) {
      cache.store(program(i, 100), HERE, program(100 + i, 900));
      for (Path file : entries(cache)) {
        // Older by a minute with every entry that follows.
        var time = Files.getLastModifiedTime(file).toMillis();
        Files.setLastModifiedTime(file, FileTime.fromMillis(time - 60_000));
      }
      if (i >= 2) {
        assertInstanceOf(Answer.Hit.class, cache.look(program(2, 100), HERE), "used in round " + i);
      }
    }
    assertTrue(cache.size().bytes() <= 10_000, cache.size().toString());
    assertInstanceOf(Answer.Hit.class, cache.look(program(19, 100), HERE));
    assertEquals("it is new", why(cache.look(program(0, 100), HERE)));
    cache.store(program(50, 100), HERE, program(51, 20_000));
    assertEquals("it is new", why(cache.look(program(50, 100), HERE)), "larger than the limit");
  }

  private static List<Path> entries(CompileCache cache) throws IOException {
    try (var files = Files.list(cache.folder())) {
      return files.toList();
    }
  }

  /// Eight threads store, look up and clear; whoever finds a program finds its own executable.
  @Test
  void threadsShareAFolder() throws Exception {
    var cache = cache(20_000);
    try (var pool = Executors.newFixedThreadPool(8)) {
      var tasks = new ArrayList<Callable<Integer>>();
      for (int t = 0; t < 8; t++) {
        int own = t;
        tasks.add(
            () -> {
              int hits = 0;
              for (int i = 0; i < 200; i++) {
                int program = (i * 7 + own) % 20;
                if (cache.look(program(program, 50), HERE) instanceof Answer.Hit(byte[] found)) {
                  assertArrayEquals(program(1000 + program, 1500), found);
                  hits++;
                }
                cache.store(program(program, 50), HERE, program(1000 + program, 1500));
                if (own == 0 && i % 50 == 49) {
                  cache.clear();
                }
              }
              return hits;
            });
      }
      int hits = 0;
      for (var result : pool.invokeAll(tasks)) {
        hits += result.get();
      }
      assertTrue(hits > 0, "nothing was ever found");
    }
  }

  @Test
  void aFolderThatCannotBeMadeIsSaid() throws IOException {
    Files.writeString(folder.resolve("compiled"), "a file");
    var cache = cache(1 << 20);
    assertEquals(0, cache.size().entries());
    assertThrows(IOException.class, () -> cache.store(program(1, 10), HERE, program(2, 10)));
  }

  @Test
  void theVariableIsRead() {
    assertTrue(CachingCompiler.cache(Map.of("GIRIH_COMPILE_CACHE", "off")).isEmpty());
    assertEquals(
        5L << 20, CachingCompiler.cache(Map.of("GIRIH_COMPILE_CACHE", "5")).orElseThrow().limit());
    for (String wrong : List.of("much", "-1", "99999999999")) {
      var environment = Map.of("GIRIH_COMPILE_CACHE", wrong);
      assertThrows(IllegalArgumentException.class, () -> CachingCompiler.cache(environment), wrong);
    }
  }
}
