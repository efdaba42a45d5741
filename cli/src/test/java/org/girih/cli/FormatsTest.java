package org.girih.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Formats in strings: what they print, and that a wrong one is found before anything runs.
class FormatsTest {
  @TempDir private Path folder;

  private Session session(String command, String program) throws IOException {
    Path file = Files.writeString(folder.resolve("f.girih"), program);
    return Session.run(command, file.toString());
  }

  @Test
  void numbersTakeFormats() throws IOException {
    // Python: f"{2/3:.4f} {7:>4d} {1e-5:.1e} {True}" of np.float32 and int values
    Session session =
        session(
            "run",
            """
            let x = f32(2) / 3
            let n = sum(arange(4)) + 1
            print("{x:.4f}|{n:>4d}|{x * 0.00001:.1e}|{n:05d}|{x:.1%}|{3:+d}|{0.5:.2f}")
            """);
    assertEquals("0.6667|   7|6.7e-06|00007|66.7%|+3|0.50\n", session.out(), session.err());
  }

  @Test
  void aWrongFormatIsFoundByCheck() throws IOException {
    for (String format : new String[] {"{x:.4q}", "{x:d}", "{y:d}", "{t:.1f}", "{x:99999999f}"}) {
      String program =
          "print(1)\nlet x = f32(2)\nlet y = ones(3)\nlet t = (x, x)\nprint(\"" + format + "\")\n";
      for (String command : new String[] {"check", "run"}) {
        Session session = session(command, program);
        assertEquals(1, session.code(), format);
        assertTrue(session.err().startsWith("error[E0004]"), session.err());
        assertEquals("", session.out(), format);
      }
    }
  }
}
