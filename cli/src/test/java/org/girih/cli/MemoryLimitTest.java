package org.girih.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `--memory`, as a user types it.
class MemoryLimitTest {
  /// Its gradient stores arrays of 16 × 64 for each of 400 steps: 1.6 MB for each that is kept.
  private static final String RECURRENT =
      """
      def step(w: f32[64, 64], h: f32[16, 64], x: f32[16, 64]) -> f32[16, 64] {
        let a = h @ w + x
        let b = tanh(a) * sigmoid(x)
        exp(-b * b) * cos(b) + 0.1 * h
      }
      def loss(w: f32[64, 64], xs: f32[400, 16, 64]) -> f32 {
        let (last, _) = scan((h, x) -> (step(w, h, x), ()), zeros((16, 64)), xs)
        mean(last * last)
      }
      let xs = sin(reshape(arange(409600.0), (400, 16, 64)))
      let w = reshape(0.05 * cos(arange(4096.0)), (64, 64))
      let (value, g) = value_and_grad(loss)(w, xs)
      print("{value:.5e} {sum(g * g):.5e} {g[3, 4]:.5e}")
      """;

  @TempDir private Path folder;

  private String file(String text) throws IOException {
    Path path = folder.resolve("f.girih");
    Files.writeString(path, text);
    return path.toString();
  }

  private static double[] numbers(Session session) {
    assertEquals(0, session.code(), session.err());
    return Arrays.stream(session.out().strip().split(" "))
        .mapToDouble(Double::parseDouble)
        .toArray();
  }

  /// What the message says that the program needs.
  private static double needed(Session session) {
    String err = session.err();
    int at = err.indexOf("needs ") + "needs ".length();
    assertTrue(err.contains(" MiB"), err);
    return Double.parseDouble(err.substring(at, err.indexOf(" MiB", at)));
  }

  @Test
  void loopsComputeAgainWhatTheyWouldStore() throws IOException {
    String file = file(RECURRENT);
    double[] plain = numbers(Session.run("run", file));
    assertArrayNear(plain, numbers(Session.run("run", file, "--memory", "1GiB")));
    assertArrayNear(plain, numbers(Session.run("run", file, "--memory", "7MiB")));
    Session none = Session.run("run", file, "--memory", "1KiB");
    assertEquals(1, none.code());
    // With all that can be computed again, it needs less than half of what it would take.
    Session least = Session.run("run", file, "--memory", "3MiB");
    assertTrue(least.err().contains("computing again what it can"), least.err());
    assertTrue(needed(least) < 7, least.err());
  }

  private static void assertArrayNear(double[] expected, double[] actual) {
    assertEquals(expected.length, actual.length);
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], actual[i], 1e-4 * Math.abs(expected[i]));
    }
  }

  @Test
  void whatDoesNotFitNamesItsLargestArrays() throws IOException {
    String text =
        """
        let n = 3
        let x = sin(arange(1000000.0))
        let y = sort(x)
        print(y[0], sum(x * y))
        """;
    Session session = Session.run("run", file(text), "--memory", "2 MB");
    assertEquals(1, session.code());
    assertTrue(session.err().contains("error[E0715]: the program needs "), session.err());
    assertTrue(session.err().contains("`--memory` leaves 1.9 MiB"), session.err());
    assertTrue(session.err().contains("3.8 MiB  f32[1000000]  sin at"), session.err());
    assertTrue(session.err().contains("f.girih:2"), session.err());
    assertTrue(session.err().contains("scan"), session.err());
    assertEquals(0, Session.run("run", file(text), "--memory", "64m").code());
  }

  @Test
  void aMeshHasTheLimitOnEachDevice() throws IOException {
    String text =
        """
        mesh (data = 2)
        def f(x: f32[1000000 @ data]) -> f32 { sum(sin(x) * sort(x)) }
        print(f(arange(1000000.0) as [_ @ data]))
        """;
    Session session = Session.run("run", file(text), "--memory", "1kib");
    assertEquals(1, session.code());
    assertTrue(session.err().contains("E0715"), session.err());
    assertEquals(0, Session.run("run", file(text), "--memory", "1GB").code());
  }

  @Test
  void benchesHaveItToo() throws IOException {
    String file = file("def f(x: f32) -> f32[300, 300] { x * ones((300, 300)) }\n");
    String[] call = {"bench", file, "--entry", "f", "--arg", "x=1", "--samples", "2", "--memory"};
    Session refused = Session.run(with(call, "1000"));
    assertEquals(1, refused.code());
    assertTrue(refused.err().contains("E0715"), refused.err());
    assertTrue(refused.err().contains("leaves 1000 B"), refused.err());
  }

  private static String[] with(String[] call, String last) {
    String[] all = Arrays.copyOf(call, call.length + 1);
    all[call.length] = last;
    return all;
  }

  @Test
  void sizesThatAreNone() throws IOException {
    String file = file("print(1)\n");
    for (String size : new String[] {"lots", "0", "-1", "2 XB", "1e9", "9999999999999999GiB"}) {
      Session session = Session.run("run", file, "--memory", size);
      assertEquals(2, session.code(), size);
      assertTrue(
          session.err().contains("`" + size + "` is not a size; write for example 2GiB"),
          session.err());
    }
    assertEquals(0, Session.run("run", file, "--memory", "1.5g").code());
  }
}
