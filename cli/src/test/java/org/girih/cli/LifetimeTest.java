package org.girih.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Host programs whose values are freed at their last use, and kept where they are read later.
class LifetimeTest {
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

  /// The plugin gets `x @ x + x` wrong in the memory of x.
  @Test
  void aProductWithItsOwnCarryIsThatOfStatements() throws Exception {
    String out =
        session(
                "run",
                """
                let x = random.normal(random.key(1), (300, 300))
                let y = x
                for i in 0..3 {
                  let x = tanh(x @ x * 0.05 + x)
                  print(sum(bitcast(x, i32)))
                }
                let y = tanh(y @ y * 0.05 + y)
                print(sum(bitcast(y, i32)))
                let y = tanh(y @ y * 0.05 + y)
                print(sum(bitcast(y, i32)))
                let y = tanh(y @ y * 0.05 + y)
                print(sum(bitcast(y, i32)))
                """)
            .out();
    List<String> lines = out.lines().toList();
    assertEquals(lines.subList(0, 3), lines.subList(3, 6));
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
