package org.girih.runtime.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two first runs at once, as two processes: the second says that it waits, and fetches nothing.
class PluginCacheProcessTest {
  @TempDir Path folder;

  /// One process: arguments are the folder and the wheel's hash.
  static final class Run {
    private Run() {}

    public static void main(String[] arguments) throws PluginException {
      var wanted =
          PluginPackage.of(
              "fake",
              "fake-plugin",
              "1.0",
              arguments[1],
              "fake/fake.so",
              "fake/include/pjrt_c_api.h",
              1,
              1);
      Path folder = Path.of(arguments[0]);
      var pip = new Pip(folder.resolve("python3").toString());
      new PluginCache(folder.resolve("cache"), System.out, pip).require(wanted);
      System.out.println("done");
    }
  }

  private Process start(FakeIndex index) throws IOException {
    var command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Run.class.getName(),
            folder.toString(),
            index.wanted().wheel().sha256());
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  private static void await(BufferedReader lines, String beginning) throws IOException {
    String line;
    do {
      line = lines.readLine();
      if (line == null) {
        throw new IOException("the process ended without saying '" + beginning + "'");
      }
    } while (!line.startsWith(beginning));
  }

  @Test
  void secondProcessWaitsForTheFirst() throws IOException, InterruptedException {
    FakeIndex index = FakeIndex.in(folder);
    Path go = folder.resolve("go");
    assertEquals(0, new ProcessBuilder("mkfifo", go.toString()).start().waitFor());
    index.script("cat '" + go + "' > /dev/null"); // until somebody writes to the pipe
    Process first = start(index);
    Process second = null;
    try (BufferedReader fromFirst = first.inputReader()) {
      await(fromFirst, "girih: fetching");
      second = start(index);
      try (BufferedReader fromSecond = second.inputReader()) {
        await(fromSecond, "girih: another girih is installing the plugin: waiting for it");
        Files.writeString(go, "now");
        await(fromFirst, "done");
        await(fromSecond, "done");
      }
      assertEquals(0, first.waitFor());
      assertEquals(0, second.waitFor());
      assertEquals(1, index.downloads());
    } finally {
      first.destroy();
      if (second != null) {
        second.destroy();
      }
    }
  }
}
