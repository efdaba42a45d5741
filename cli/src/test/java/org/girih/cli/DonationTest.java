package org.girih.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Host programs whose values are given away at their last use, and kept where they are read later.
class DonationTest {
  @TempDir private Path folder;

  private Session session(String command, String program, String... more) throws Exception {
    Path file = Files.writeString(folder.resolve("f.girih"), program);
    String[] args = new String[more.length + 2];
    args[0] = command;
    args[1] = file.toString();
    System.arraycopy(more, 0, args, 2, more.length);
    Session session = Session.run(args);
    assertEquals(0, session.code(), session.err());
    return session;
  }

  @Test
  void theHloOfARoundSaysWhatItTakes() throws Exception {
    String hlo =
        session(
                "show",
                """
                let (x, y) = (ones(1000), zeros(3))
                for i in 0..3 {
                  let (x, y) = (x * 2, y + sum(x))
                }
                print(sum(x), y)
                """,
                "--stage",
                "hlo")
            .out();
    // Both carries of the round, in whatever order it has them.
    assertTrue(hlo.contains("input_output_alias={ {0}: ("), hlo);
    assertTrue(hlo.contains("may-alias), {1}: ("), hlo);
  }

  /// The first carry is read again after the loop, so that the first round must not take it; what a
  /// round reads of the outside is read by the next.
  @Test
  void whatIsReadLaterStays() throws Exception {
    String out =
        session(
                "run",
                """
                let x = arange(4)
                let first = x + 1
                let y = first
                let z = first
                for i in 0..3 {
                  let y = y + first
                  let z = z * y
                  if i == 1 { print(y, first) } else { let z = z + 1 }
                }
                let n = 0
                while n < 3 {
                  let n = n + 1
                  let first = first + n
                }
                print(first, x, y, z)
                """)
            .out();
    assertEquals(
        """
        [ 3  6  9 12] [1 2 3 4]
        [ 7  8  9 10] [0 1 2 3] [ 4  8 12 16] [  37  433 2053 6337]
        """,
        out);
  }
}
