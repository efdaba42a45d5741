package org.girih.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Every example runs and prints what NumPy, SciPy or JAX computes: words are equal, numbers within
/// the tolerance of `f32` over a long computation.
class ExamplesTest {
  private static final double TOLERANCE = 1e-5;

  @TestFactory
  Stream<DynamicTest> examples() throws IOException {
    try (var all = Files.list(Session.ROOT.resolve("examples"))) {
      return all.filter(p -> p.toString().endsWith(".girih")).sorted().toList().stream()
          .map(p -> DynamicTest.dynamicTest(p.getFileName().toString(), () -> run(p)));
    }
  }

  /// Training under `--check` finds nothing, and gives the same numbers.
  @Test
  void checked() throws IOException {
    run(Session.ROOT.resolve("examples/digits_mlp.girih"), "--check");
  }

  private static void run(Path file, String... options) throws IOException {
    Session session =
        Session.run(
            Stream.concat(Stream.of("run", file.toString()), Stream.of(options))
                .toArray(String[]::new));
    assertEquals(0, session.code(), session.err());
    String name = file.getFileName().toString().replace(".girih", ".out");
    String[] due = words(Files.readString(file.resolveSibling("expected").resolve(name)));
    String[] got = words(session.out());
    assertEquals(due.length, got.length, session.out());
    for (int i = 0; i < due.length; i++) {
      if (due[i].matches("-?[0-9.]+(e[-+][0-9]+)?")) {
        double value = Double.parseDouble(due[i]);
        double error = Math.abs(Double.parseDouble(got[i]) - value);
        assertTrue(
            error
                <= TOLERANCE * Math.max(1e-8, Math.abs(value))
                    + 1e-6 * Math.min(1, Math.abs(value)),
            due[i] + " and " + got[i]);
      } else {
        assertEquals(due[i], got[i]);
      }
    }
  }

  private static String[] words(String text) {
    return text.replace("[", " ").replace("]", " ").replace(",", " ").strip().split("\\s+");
  }
}
