package org.girih.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.girih.cli.command.Girih;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `--watch`, in a process as users have it.
class WatchTest {
  private static final String WAITS = "girih: watching ";

  @TempDir private Path folder;
  private Process process;
  private final LinkedBlockingQueue<String> lines = new LinkedBlockingQueue<>();

  private void start(String... args) throws Exception {
    String classPath = "-cp \"" + System.getProperty("java.class.path") + "\"";
    var command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "@" + Files.writeString(folder.resolve("class.path"), classPath),
                Girih.class.getName()));
    command.addAll(List.of(args));
    process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    var out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    Thread.ofVirtual().start(() -> out.lines().forEach(lines::add));
  }

  @AfterEach
  void end() throws Exception {
    if (process != null) {
      List<ProcessHandle> runs = process.descendants().toList();
      process.toHandle().destroy(); // and leave its output open
      assertTrue(process.waitFor(1, TimeUnit.MINUTES));
      assertEquals(0, runs.stream().filter(ProcessHandle::isAlive).count());
    }
  }

  /// Returns what is printed up to a line that begins so.
  private String until(String begin) throws Exception {
    var out = new StringBuilder();
    while (true) {
      String line = lines.poll(2, TimeUnit.MINUTES);
      assertTrue(line != null, "`" + begin + "` did not come after: " + out);
      out.append(line).append("\n");
      if (line.startsWith(begin)) {
        return out.toString();
      }
    }
  }

  private void write(String name, String text) throws Exception {
    Path fresh = Files.writeString(folder.resolve(name + "~"), text);
    Files.move(fresh, folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
  }

  @Test
  void aProgramRunsAgain() throws Exception {
    write("lib.girih", "def f(x) = x + 1\n");
    write("main.girih", "import \"lib.girih\" as lib\nprint(lib.f(1))\n");
    start("run", "main.girih", "--watch");
    assertEquals("2\n" + WAITS + "2 files; Ctrl-C ends\n", until(WAITS));
    write("lib.girih", "def f(x) = x + 10\n");
    assertEquals(
        "girih: `lib.girih` has changed\n11\n" + WAITS + "2 files; Ctrl-C ends\n", until(WAITS));
    write("main.girih", "print(1 +)\n");
    String wrong = until(WAITS);
    assertTrue(wrong.contains("error[E0001]"), wrong);
    // Never comes to its end: a change ends it. What it writes is none of its inputs.
    write(
        "main.girih",
        "let x = 0\nwhile true { let x = x + 1\n save(\"x.npy\", x)\n"
            + " if x == 3 { print(\"runs\") } }\n");
    until("runs");
    write("main.girih", "let x = load(\"x.npy\")\nprint(x > 2)\nsave(\"x.npy\", x + 1)\n");
    String read = until(WAITS);
    assertTrue(read.endsWith("True\n" + WAITS + "1 file; Ctrl-C ends\n"), read);
    List<ProcessHandle> children = process.children().toList();
    write("main.girih", "print(0)\n");
    until(WAITS);
    assertEquals(0, children.stream().filter(ProcessHandle::isAlive).count());
  }

  /// The run that goes on ends with the one who watches.
  @Test
  void theEndIsTheRunsEndToo() throws Exception {
    write("main.girih", "let x = 0\nprint(\"runs\")\nwhile true { let x = x + 1 }\n");
    start("run", "main.girih", "--watch");
    until("runs");
    assertEquals(1, process.children().count());
  }

  @Test
  void aFileIsCheckedAgain() throws Exception {
    write("a.girih", "def f(x: f32[3]) = x + ones(4)\n");
    write("b.girih", "def g(x: f32[3]) = x\n");
    start("check", "a.girih", "b.girih", "--watch");
    assertTrue(until(WAITS).contains("error[E01"));
    write("a.girih", "def f(x: f32[3]) = x + ones(3)\n");
    assertEquals("girih: `a.girih` has changed\n" + WAITS + "2 files; Ctrl-C ends\n", until(WAITS));
    Files.delete(folder.resolve("b.girih"));
    assertTrue(until(WAITS).contains("error[E0601]"));
    write("b.girih", "def g(x: f32[3]) = x\n");
    until(WAITS);
  }

  @Test
  void whatCannotBeWatched() {
    for (String command : List.of("run", "check")) {
      Session session = Session.run(command, "-", "--watch");
      assertEquals(2, session.code());
      assertTrue(session.err().contains("standard input has none"), session.err());
    }
    Session session = Session.run("run", "f.girih", "--watch", "--resume");
    assertEquals(2, session.code());
    assertTrue(session.err().contains("expected one of `--watch` and `--resume`"), session.err());
  }
}
