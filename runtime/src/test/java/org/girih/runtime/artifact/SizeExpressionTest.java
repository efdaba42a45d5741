package org.girih.runtime.artifact;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.girih.runtime.artifact.Signature.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Sizes that are computed from others, worked out by hand for n = 7 and m = 3.
class SizeExpressionTest {
  private static final Map<String, Long> SIZES = Map.of("n", 7L, "m", 3L);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "n + 1 | 8",
        "2 * n * m + n - 1 | 48",
        "n - m - 2 | 2",
        "-m + n | 4",
        "n // 2 | 3",
        "(n + 1) // 2 | 4",
        "2 * n // m | 4",
        "2 * (n // m) | 4",
        "n // 2 * 2 | 6",
        "(m - n) // 3 + 5 | 3",
        "max(n, m) - 1 | 6",
        "min(n, 2 * m) | 6",
        "n - 2 * (n // 2) | 1",
      })
  void values(String text, long expected) {
    assertEquals(OptionalLong.of(expected), new Size.Computed(text).value(SIZES));
  }

  @ParameterizedTest
  @ValueSource(strings = {"m - n", "n // 0", "9223372036854775807 * n", "-n"})
  void numbersThatAreNoSizes(String text) {
    assertEquals(OptionalLong.empty(), new Size.Computed(text).value(SIZES));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "n +", "(n", "n)", "max(n)", "2 n", "n % 2", "n ** 2", "99999999999999999999"})
  void textsThatAreNone(String text) {
    assertThrows(IllegalArgumentException.class, () -> new Size.Computed(text));
  }

  @Test
  void longTextsAreRefused() {
    String chain = "n" + " + n".repeat(100_000);
    assertThrows(IllegalArgumentException.class, () -> new Size.Computed(chain));
    String nested = "(".repeat(100_000) + "n" + ")".repeat(100_000);
    assertThrows(IllegalArgumentException.class, () -> new Size.Computed(nested));
  }

  @Test
  void names() {
    assertEquals(Set.of("n", "m"), new Size.Computed("max(n, 2) + (m + 1) // 2 - n").names());
  }
}
