package org.girih.passes;

import java.util.Arrays;
import java.util.Optional;

/// The degree to which a program is optimised before it goes to the plugin. Results are the same
/// bits at each level, as far as the passes are concerned.
public enum Level {
  /// Does what the emitter needs, and no more.
  NONE("0"),
  /// Optimises the equations of each function, and drops what nothing needs.
  FUNCTIONS("1"),
  /// Loops too, and what functions have in common.
  ALL("2");

  /// The level where none is chosen.
  public static final Level USUAL = ALL;

  private final String text;

  Level(String text) {
    this.text = text;
  }

  /// Returns what follows `-O`.
  public String text() {
    return text;
  }

  /// Returns the level that is written so after `-O`.
  public static Optional<Level> of(String text) {
    return Arrays.stream(values()).filter(level -> level.text.equals(text)).findFirst();
  }
}
