package org.girih.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.girih.cli.campaign.Words;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Real programs with words left out, doubled, swapped and put in from other programs: `check` says
/// what is wrong with them, or that nothing is, and never more. `-Dgirih.fuzz.count=N` tries N
/// programs, `-Dgirih.fuzz.seed=N` begins elsewhere.
class FuzzTest {
  private static Words programs;
  private static Words ir;

  @TempDir private Path folder;

  @BeforeAll
  static void read() throws IOException {
    programs = Words.of(".girih", "examples", "testdata/exec", "testdata/messages", "testdata/run");
    ir = Words.of(".tir", "testdata/ops", "testdata/passes");
  }

  private static int count() {
    return Integer.getInteger("girih.fuzz.count", 1500);
  }

  @Test
  @Tag("full")
  void checkSaysWhatIsWrong() {
    each(programs, "f.girih", file -> Session.run("check", file));
  }

  @Test
  @Tag("full")
  void optSaysWhatIsWrong() {
    each(
        ir,
        "f.tir",
        file ->
            Session.run(
                "opt",
                file,
                "--pass",
                "expand",
                "--pass",
                "erase_rules",
                "--pass",
                "simplify",
                "--pass",
                "cse",
                "--pass",
                "simplify_scans",
                "--pass",
                "hoist",
                "--pass",
                "merge_functions",
                "--pass",
                "cse_regions",
                "--pass",
                "merge_dots",
                "--pass",
                "dead_code"));
  }

  private interface Command {
    Session run(String file);
  }

  private void each(Words from, String name, Command command) {
    long first = Long.getLong("girih.fuzz.seed", 1);
    Path file = folder.resolve(name);
    for (long seed = first; seed < first + count(); seed++) {
      String text = from.mutated(new Random(seed));
      Session session;
      try {
        Files.writeString(file, text);
        session = command.run(file.toString());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (RuntimeException | Error e) {
        throw new AssertionError("seed " + seed + "\n" + text, e);
      }
      String shown = "seed " + seed + "\n" + session.err() + "\n" + text;
      assertTrue(session.code() == 0 || session.code() == 1, shown);
      if (session.code() == 1) {
        assertTrue(session.err().startsWith("error[E"), shown);
      } else {
        assertEquals(-1, session.err().indexOf("error["), shown);
      }
    }
  }
}
