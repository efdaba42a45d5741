package org.girih.passes;

import java.util.Arrays;
import java.util.Optional;

/// How much a program is optimised before it goes to the plugin. Results are the same bits at each
/// level, as far as the passes are concerned.
public enum Level {
  /// What the emitter needs, and no more.
  NONE("0"),
  /// Equations of each function, and what nobody needs.
  FUNCTIONS("1"),
  /// Loops too, and what functions have in common.
  ALL("2");

  /// What is taken where nobody says.
  public static final Level USUAL = ALL;

  private final String text;

  Level(String text) {
    this.text = text;
  }

  /// What stands behind `-O`.
  public String text() {
    return text;
  }

  /// The level that stands so behind `-O`.
  public static Optional<Level> of(String text) {
    return Arrays.stream(values()).filter(level -> level.text.equals(text)).findFirst();
  }
}
