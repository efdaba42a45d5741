package org.girih.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.girih.runtime.plugin.CacheFolder;
import org.girih.runtime.plugin.PluginCache;
import org.girih.runtime.plugin.PluginException;
import org.girih.runtime.plugin.PluginPackage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The compile cache as a user sees it.
class CacheTest {
  @TempDir private Path folder;
  private final Map<String, String> environment = new HashMap<>();

  /// A cache of its own, with the plugin of everybody's.
  @BeforeEach
  void own() throws PluginException {
    var plugins = new PluginCache(CacheFolder.of(System.getenv()), System.err);
    environment.put("GIRIH_PJRT_PLUGIN", plugins.require(PluginPackage.CPU).library().toString());
    environment.put("GIRIH_CACHE", folder.resolve("cache").toString());
    environment.put("GIRIH_COMPILE_CACHE", "");
  }

  private Session girih(String... args) {
    return Session.run(environment, args);
  }

  private String program(String text) throws IOException {
    Path file = folder.resolve("p.girih");
    Files.writeString(file, text);
    return file.toString();
  }

  private String explained(String file) {
    String out = girih("cache", "explain", file).out();
    return out.substring(out.indexOf(".girih:")).strip();
  }

  @Test
  void theSecondRunFindsWhatTheFirstCompiled() throws IOException {
    String file = program("print(sum(arange(5)))\nprint(arange(3) * 2)\n");
    assertEquals(".girih:1: miss: it is new", explained(file).lines().findFirst().orElseThrow());
    String first = girih("run", file).out();
    assertEquals("10\n[0 2 4]\n", first);
    assertTrue(explained(file).matches("(?s).*:1: hit, .* KiB\n.*:2: hit, .* KiB"));
    assertTrue(girih("cache").out().contains(": 2 programs, "));
    assertEquals(first, girih("run", file).out());
  }

  @Test
  void commentsDoNotCountAndNumbersDo() throws IOException {
    girih("run", program("print(sum(arange(5)))"));
    assertTrue(explained(program("# a comment\n\nprint(sum(arange( 5 )))")).contains("hit"));
    String other = program("print(sum(arange(6)))");
    assertTrue(explained(other).contains("miss: it is new"));
    assertEquals("15\n", girih("run", other).out());
  }

  @Test
  void otherFlagsAreNamed() throws IOException {
    String file = program("print(sum(arange(5)))");
    girih("run", file);
    environment.put("XLA_FLAGS", "--xla_cpu_enable_fast_math=false");
    assertTrue(explained(file).contains("miss: it was compiled with another XLA_FLAGS"));
  }

  @Test
  void aDamagedEntryIsMadeAnew() throws IOException {
    String file = program("print(sum(arange(5)))");
    girih("run", file);
    try (var entries = Files.list(folder.resolve("cache/compiled"))) {
      for (Path entry : entries.filter(f -> f.toString().endsWith(".xla")).toList()) {
        byte[] bytes = Files.readAllBytes(entry);
        bytes[bytes.length / 2] ^= 1;
        Files.write(entry, bytes);
      }
    }
    assertEquals("10\n", girih("run", file).out());
    assertTrue(explained(file).contains("hit"));
  }

  @Test
  void clearAndOff() throws IOException {
    String file = program("print(sum(arange(5)))");
    girih("run", file);
    assertEquals("removed 1 program\n", girih("cache", "clear").out());
    environment.put("GIRIH_COMPILE_CACHE", "off");
    girih("run", file);
    assertEquals("turned off by GIRIH_COMPILE_CACHE\n", girih("cache").out());
    environment.put("GIRIH_COMPILE_CACHE", "plenty");
    var wrong = girih("run", file);
    assertEquals(1, wrong.code());
    assertTrue(
        wrong.err().startsWith("error[E0708]: GIRIH_COMPILE_CACHE is `plenty`"), wrong.err());
  }

  @Test
  void aCacheThatCannotBeWrittenIsSaidOnce() throws IOException {
    Files.createDirectory(folder.resolve("cache"));
    Files.writeString(folder.resolve("cache/compiled"), "a file, not a folder");
    var run = girih("run", program("print(sum(arange(5)))\nprint(arange(3) * 2)\n"));
    assertEquals(0, run.code());
    assertEquals("10\n[0 2 4]\n", run.out());
    assertEquals(1, run.err().lines().filter(l -> l.contains("compile cache")).count(), run.err());
  }

  @Test
  void programsThatOthersMayHavePutThereAreNotRun() throws IOException {
    String file = program("print(sum(arange(5)))");
    assertEquals("10\n", girih("run", file).out());
    for (Path each : List.of(folder.resolve("cache/compiled"), folder.resolve("cache"))) {
      Object before = Files.getAttribute(each, "unix:mode");
      Files.setAttribute(each, "unix:mode", 0777);
      Session session = girih("run", file);
      assertEquals(1, session.code());
      assertTrue(session.err().startsWith("error[E0708]: other users may write"), session.err());
      assertTrue(session.err().contains("`chmod go-w " + each + "`"), session.err());
      Files.setAttribute(each, "unix:mode", before);
    }
    assertEquals("10\n", girih("run", file).out());
  }

  @Test
  void pluginsAreVerified() throws IOException {
    Session none = girih("plugin", "verify");
    assertEquals(0, none.code());
    assertTrue(none.out().endsWith("cache/plugins: no plugin is installed\n"), none.out());
    Path own = Path.of(environment.get("GIRIH_PJRT_PLUGIN")).getParent();
    Path copy = folder.resolve("cache/plugins").resolve(own.getFileName());
    try (var files = Files.walk(own)) {
      for (Path each : files.toList()) {
        Path to = copy.resolve(own.relativize(each));
        Files.createDirectories(to.getParent());
        Files.copy(each, to);
      }
    }
    Session good = girih("plugin", "verify");
    assertEquals(0, good.code());
    assertTrue(good.out().endsWith(".so: as the pinned wheel has it\n"), good.out());
    Path library = copy.resolve(Path.of(environment.get("GIRIH_PJRT_PLUGIN")).getFileName());
    var time = Files.getLastModifiedTime(library);
    try (var channel = FileChannel.open(library, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(new byte[] {1}), channel.size() / 2);
    }
    Files.setLastModifiedTime(library, time);
    Session bad = girih("plugin", "verify");
    assertEquals(1, bad.code());
    assertTrue(bad.out().contains("NOT as pinned"), bad.out());
    Files.setAttribute(copy, "unix:mode", 0777);
    Session refused = girih("plugin", "verify");
    assertEquals(1, refused.code());
    assertTrue(refused.out().contains("refused: other users may write"), refused.out());
  }
}
