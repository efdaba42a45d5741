package org.girih.passes.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Files with expected text. `mvn test -Dbless` writes them anew; with `CI=true` in the environment
/// it is refused, so that no check can make its own expectation.
public final class Blessed {
  private Blessed() {}

  /// Whether expectations are to be written.
  public static boolean blessing() {
    boolean asked = System.getProperty("bless") != null;
    assertFalse(asked && "true".equals(System.getenv("CI")), "-Dbless is refused where CI=true");
    return asked;
  }

  /// Compares a text with the file's, or writes it.
  public static void check(Path file, String text) {
    if (blessing()) {
      try {
        Files.writeString(file, text);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return;
    }
    assertTrue(Files.exists(file), file + " is missing: mvn test -Dbless writes it");
    assertEquals(TestData.read(file), text, file + " differs: mvn test -Dbless writes it anew");
  }
}
