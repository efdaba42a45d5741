package org.girih.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.girih.ir.diagnostic.CompilerBug;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Command;

/// What a user sees of a bug, by a command that has one.
class FailureTest {
  @Command(name = "fail")
  private record Failing(Throwable thrown) implements Runnable {
    @Override
    public void run() {
      switch (thrown) {
        case Error e -> throw e;
        case RuntimeException e -> throw e;
        default -> throw new IllegalArgumentException(thrown);
      }
    }
  }

  private record Outcome(int code, String err) {}

  private static Outcome fail(Throwable thrown, Map<String, String> environment) {
    var err = new ByteArrayOutputStream();
    var terminal =
        new Terminal(
            new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            environment);
    var line = Girih.commandLine(terminal);
    line.addSubcommand("fail", new Failing(thrown));
    int code = Girih.execute(line, terminal, "fail");
    return new Outcome(code, err.toString(StandardCharsets.UTF_8));
  }

  @Test
  void aBugExitsWith70AndAsksForAReport() {
    for (Throwable bug :
        new Throwable[] {
          new CompilerBug("broken"),
          new IllegalStateException("broken"),
          new AssertionError("broken")
        }) {
      Outcome outcome = fail(bug, Map.of());
      assertEquals(70, outcome.code(), outcome.err());
      assertTrue(outcome.err().startsWith("girih: internal error: "), outcome.err());
      assertTrue(outcome.err().contains("broken"), outcome.err());
      assertTrue(outcome.err().contains("report"), outcome.err());
      assertFalse(outcome.err().contains("\tat "), outcome.err());
    }
  }

  @Test
  void debugShowsTheStack() {
    Outcome outcome = fail(new IllegalStateException("broken"), Map.of("GIRIH_DEBUG", "1"));
    assertEquals(70, outcome.code());
    assertTrue(outcome.err().contains("\tat "), outcome.err());
  }

  @Test
  void stackAndMemoryAreLimitsNotBugs() {
    Outcome deep = fail(new StackOverflowError(), Map.of());
    assertEquals(1, deep.code());
    assertTrue(deep.err().startsWith("error[E0902]"), deep.err());
    Outcome large = fail(new OutOfMemoryError("Java heap space"), Map.of());
    assertEquals(1, large.code());
    assertTrue(large.err().startsWith("error[E0707]"), large.err());
  }

  @Test
  void memoryAndThreadsAreToldApart() {
    Outcome memory = fail(new OutOfMemoryError("Java heap space"), Map.of());
    assertEquals(1, memory.code());
    assertTrue(memory.err().startsWith("error[E0707]"), memory.err());
    Outcome threads =
        fail(new OutOfMemoryError("unable to create native thread: possibly …"), Map.of());
    assertEquals(1, threads.code());
    assertTrue(threads.err().startsWith("error[E0716]"), threads.err());
  }
}
