package org.girih.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `--check` of `run`, of one def and of tests. What it finds in programs is in `testdata/run`.
class CheckedRunTest {
  @TempDir private Path folder;

  private static final String FILE =
      """
      def inverse(n) = 1 / (f32(arange(3)) - n)
      def third(n) = arange(3)[n + argmax(zeros(2))]
      test "inside" { assert third(2) == 2 and third(-3) == 0 }
      test "outside" { assert third(3) == 2 }
      test "by zero" { assert max(inverse(1)) == inf }
      """;

  private Session session(String command, String text, String... options) throws IOException {
    String file = Files.writeString(folder.resolve("f.girih"), text).toString();
    String[] args = new String[2 + options.length];
    args[0] = command;
    args[1] = file;
    System.arraycopy(options, 0, args, 2, options.length);
    return Session.run(args);
  }

  @Test
  void whatIsNotAskedForIsNotChecked() throws IOException {
    Session session = session("run", "print(log(f32(arange(2))), arange(3)[argmax(ones(1)) + 7])");
    assertEquals(0, session.code(), session.err());
    assertEquals("[-inf   0.] 2\n", session.out());
  }

  @Test
  void effectsBeforeAreDoneAndThoseBehindAreNot() throws IOException {
    Session session = session("run", "print(1)\nprint(log(f32(arange(2))))\nprint(2)", "--check");
    assertEquals(1, session.code());
    assertEquals("1\n", session.out());
    assertTrue(session.err().startsWith("error[E0709]: `log(f32(arange(2)))` gives -inf at [0]"));
  }

  @Test
  void whatIsFineGivesTheSame() throws IOException {
    String program =
        """
        let x = f32(arange(4)) + 1
        let f = x -> if x > 2 then log(x) else x * x
        print(vmap(f)(x), vmap(grad(f))(x), x[-4], x with [3] = 0.0)
        let total = loop t = 0.0 while t < 10 max 5 { t + sum(x) }
        print(total, scan((c, y) -> (c + y, c), 0.0, x))
        """;
    Session checked = session("run", program, "--check");
    assertEquals(0, checked.code(), checked.err());
    assertEquals(session("run", program).out(), checked.out());
  }

  @Test
  void oneDef() throws IOException {
    Session bad = session("run", FILE, "--check", "--entry", "inverse", "--arg", "n=1");
    assertEquals(1, bad.code());
    assertTrue(bad.err().startsWith("error[E0709]: `/` gives inf at [1]"), bad.err());
    Session good = session("run", FILE, "--check", "--entry", "inverse", "--arg", "n=4");
    assertEquals(0, good.code(), good.err());
    assertEquals("[-0.25       -0.33333334 -0.5       ]\n", good.out());
  }

  @Test
  void tests() throws IOException {
    assertEquals("3 passed, 0 failed", last(session("test", FILE).out()));
    Session session = session("test", FILE, "--check");
    assertEquals(1, session.code());
    assertEquals(
        "ok      inside\nFAILED  outside\nFAILED  by zero\n1 passed, 2 failed\n", session.out());
    assertTrue(
        session.err().startsWith("error[E0710]: index 3 is out of bounds for size 3"),
        session.err());
    assertTrue(session.err().contains("error[E0709]: `/` gives inf at [1]"), session.err());
  }

  private static String last(String text) {
    return text.lines().toList().getLast();
  }
}
