package org.girih.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;

/// What an example should print, from `examples/expected`: words are equal, numbers within the
/// tolerance of `f32` over a long computation, or within the one that stands behind `±`. Behind a
/// last `…` may stand more.
public record Expectation(String text) {
  private static final double TOLERANCE = 1e-5;

  /// @param name the example's, without suffix
  public static Expectation of(String name) throws IOException {
    return new Expectation(
        Files.readString(Session.ROOT.resolve("examples/expected/" + name + ".out")));
  }

  /// Fails unless this was printed.
  public void hold(String printed) {
    hold(printed, 1);
  }

  /// The same with tolerances so many times as wide, for sums in another order.
  public void hold(String printed, double wider) {
    String[] due = words(text);
    String[] got = words(printed);
    boolean open = due[due.length - 1].equals("…");
    int count = open ? due.length - 1 : due.length;
    assertTrue(open ? got.length > count : got.length == count, printed);
    for (int i = 0; i < count; i++) {
      String[] parts = due[i].split("±");
      if (parts[0].matches("-?[0-9.]+(e[-+][0-9]+)?")) {
        double value = Double.parseDouble(parts[0]);
        double within =
            parts.length > 1
                ? Double.parseDouble(parts[1])
                : TOLERANCE * Math.max(1e-8, Math.abs(value)) + 1e-6 * Math.min(1, Math.abs(value));
        double error = Math.abs(Double.parseDouble(got[i]) - value);
        assertTrue(error <= within * wider, due[i] + " and " + got[i]);
      } else {
        assertEquals(due[i], got[i]);
      }
    }
  }

  private static String[] words(String text) {
    return text.replace("[", " ").replace("]", " ").replace(",", " ").strip().split("\\s+");
  }
}
