package org.girih.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Times in effects: what is printed and written of them, where it does not depend on how fast the
/// program is.
class ClockTest {
  @TempDir Path folder;

  @Test
  void programOfTheGoldens() {
    Session session =
        Session.run(
            "run", Session.ROOT.resolve("testdata/run/clock_in_statements.girih").toString());
    assertEquals(
        """
        True True 999000 999000
        True True True
        999045 True
        3
        later
        0 True
        1 True
        True True
        3
        """,
        session.out());
  }

  @Test
  void elapsedTimeIsFormatted() throws Exception {
    String printed =
        run("let t = clock()\nlet x = sum(arange(4))\nprint(\"{x} took {clock() - t:.3f} s\")\n");
    assertTrue(printed.matches("6 took \\d+\\.\\d{3} s\n"), printed);
  }

  @Test
  void timesAreSaved() throws Exception {
    Path file = folder.resolve("t.npz");
    String path = "\"" + file + "\"";
    run("let t = clock()\nsave(" + path + ", {t, took = clock() - t})\n");
    assertEquals(
        "True True\n",
        run("let {t, took} = load(" + path + ")\nprint(t > 0, took >= 0 and took < 1000)\n"));
  }

  private String run(String program) throws Exception {
    Session session =
        Session.run("run", Files.writeString(folder.resolve("t.girih"), program).toString());
    assertEquals("", session.err());
    return session.out();
  }
}
