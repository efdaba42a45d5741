package org.girih.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.girih.cli.command.Girih;
import org.girih.host.array.HostArray;
import org.girih.host.file.DataFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// HLO from a file runs in a process of its own, which may end.
class GuardTest {
  @TempDir private Path folder;

  private Session process(String... args) throws Exception {
    Process process = start(args);
    assertTrue(process.waitFor(2, TimeUnit.MINUTES));
    return new Session(
        process.exitValue(),
        Files.readString(folder.resolve("out")),
        Files.readString(folder.resolve("err")));
  }

  private Process start(String... args) throws Exception {
    String classPath = "-cp \"" + System.getProperty("java.class.path") + "\"";
    var command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-XX:ErrorFile=" + folder.resolve("hs_err.log"),
                "-XX:-CreateCoredumpOnCrash",
                "@" + Files.writeString(folder.resolve("class.path"), classPath),
                Girih.class.getName()));
    command.addAll(List.of(args));
    var builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(folder.resolve("out").toFile())
            .redirectError(folder.resolve("err").toFile());
    return builder.start();
  }

  /// A plugin that does this as soon as it is asked for its functions.
  private String plugin(String statement) throws Exception {
    Path source =
        Files.writeString(
            folder.resolve("dies.cpp"),
            "#include <cstdio>\n#include <cstdlib>\nextern \"C\" const void* GetPjrtApi() {"
                + statement
                + "}\n");
    String library = folder.resolve("dies.so").toString();
    var build =
        new ProcessBuilder("g++", "-w", "-shared", "-fPIC", "-o", library, source.toString());
    assertEquals(0, build.inheritIO().start().waitFor());
    return library;
  }

  private Session exec(String statement) throws Exception {
    String module = Session.ROOT.resolve("testdata/hlo/literals.hlo.pb").toString();
    return process("exec", module, "--plugin", plugin(statement));
  }

  @Test
  void whatXlaEndsIsAnError() throws Exception {
    Session session =
        exec(
            """
            fputs("girih: fetching\\nF0000 00:00:1.5  9 ir_emitter.cc:3501] Check failed: 1 == 5\\n", stderr);
            fputs("*** Check failure stack trace: ***\\n    @     0x7f46406ca5d4  (unknown)\\n", stderr);
            abort();
            """);
    assertEquals(1, session.code(), session.err());
    assertEquals("", session.out());
    assertTrue(
        session
            .err()
            .startsWith(
                "girih: fetching\nerror[E0712]: XLA ended the process: F0000 00:00:1.5  9"
                    + " ir_emitter.cc:3501] Check failed: 1 == 5\n"),
        session.err());
    assertFalse(session.err().contains("***") || session.err().contains("  @ "), session.err());
  }

  @Test
  void longCommandLinesAreGuardedToo() throws Exception {
    String module = Session.ROOT.resolve("testdata/hlo/literals.hlo.pb").toString();
    var words = new ArrayList<>(List.of("exec", module, "--plugin", plugin("abort();")));
    DataFiles.write(
        folder.resolve("a file.npy"), new TreeMap<>(Map.of("", HostArray.of(1f, 2, 3))));
    for (int i = 0; i < 500; i++) {
      words.addAll(List.of("--arg", "0=@a file.npy"));
    }
    Session session = process(words.toArray(String[]::new));
    assertEquals(1, session.code(), session.err());
    assertTrue(session.err().startsWith("error[E0712]"), session.err());
  }

  @Test
  void whatCrashesIsAnError() throws Exception {
    Session session = exec("*reinterpret_cast<volatile int*>(8) = 1;");
    assertEquals(1, session.code(), session.err());
    assertEquals("", session.out());
    assertTrue(
        session.err().startsWith("error[E0712]: XLA ended the process: #  SIGSEGV"), session.err());
    assertTrue(
        session.err().contains("help: the JVM's report is " + folder.resolve("hs_err.log")),
        session.err());
  }

  /// Then there is no other process that could say it.
  @Test
  void whatIsTrustedOrWasBuiltHereRunsInThisProcess() throws Exception {
    String module = Session.ROOT.resolve("testdata/hlo/literals.hlo.pb").toString();
    String dies = plugin("abort();");
    int abort = 128 + 6;
    assertEquals(abort, process("exec", module, "--trust", "--plugin", dies).code());
    Path file = Files.writeString(folder.resolve("f.girih"), "def f() = arange(4) * 3");
    assertEquals(0, process("build", file.toString(), "--entry", "f", "-o", "o").code());
    assertEquals(abort, process("exec", "o/f.hlo.pb", "--plugin", dies).code());
    Files.copy(Path.of(module), folder.resolve("o/f.hlo.pb"), StandardCopyOption.REPLACE_EXISTING);
    assertEquals(1, process("exec", "o/f.hlo.pb", "--plugin", dies).code());
  }

  @Test
  void whatIsGuardedEndsWithItsGuard() throws Exception {
    String module = Session.ROOT.resolve("testdata/hlo/literals.hlo.pb").toString();
    Process guard =
        start("exec", module, "--plugin", plugin("fputs(\"girih: waits\\n\", stderr); for (;;);"));
    while (guard.isAlive() && !Files.readString(folder.resolve("err")).contains("waits")) {
      Thread.sleep(10);
    }
    var guarded = guard.descendants().toList();
    assertEquals(1, guarded.size());
    guard.destroyForcibly();
    guarded.getFirst().onExit().get(1, TimeUnit.MINUTES);
  }

  @Test
  void resultsAndErrorsComeThrough() throws Exception {
    Path file = Files.writeString(folder.resolve("f.girih"), "def f() = arange(3) * 2");
    assertEquals(0, process("build", file.toString(), "--entry", "f", "-o", "o").code());
    assertEquals("[0 2 4]\n", process("exec", "o/f.hlo.pb").out());
    assertEquals(0, process("build", file.toString(), "-o", "f.girihx").code());
    Session run = process("run", "f.girihx", "--entry", "f");
    assertEquals("[0 2 4]\n", run.out(), run.err());
    Session none = process("exec", "none.hlo.pb");
    assertEquals(1, none.code());
    assertTrue(none.err().startsWith("error[E0601]"), none.err());
    assertEquals(2, process("exec", "--nonsense").code());
  }
}
