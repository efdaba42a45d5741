package org.girih.grammar.foreign;

import java.util.Locale;
import java.util.Optional;

/// A name of another language or library.
///
/// @param written the name; a dotted one is another library's member
/// @param help the way out
/// @param fix what is written instead, if that is one edit; in an attribute, `$` is the text of
///     what it is taken of, and of a method it is the name of the function
/// @param right an expression that does it
public record ForeignName(Kind kind, String written, String help, Optional<Fix> fix, String right) {
  /// The place where a name is written.
  public enum Kind {
    /// A value: `None`.
    NAME,
    /// What is taken of a value: `x.shape`.
    ATTRIBUTE,
    /// What is taken of a value and called: `x.flatten()`.
    METHOD,
    /// A type: `float32`.
    TYPE,
    /// A library: `import numpy`.
    IMPORT,
    /// A keyword: `lambda`.
    WORD,
    /// What precedes a def, after `@`.
    DECORATOR
  }

  /// A text that takes the place of another.
  ///
  /// @param certain whether nobody need look at it
  public record Fix(String text, boolean certain) {}

  /// Reads a line of the table.
  static ForeignName of(String line) {
    String[] cells = line.split("\t");
    boolean certain = !cells[3].endsWith("?");
    String text = certain ? cells[3] : cells[3].substring(0, cells[3].length() - 1);
    return new ForeignName(
        Kind.valueOf(cells[0].toUpperCase(Locale.ROOT)),
        cells[1],
        cells[2],
        text.equals("-") ? Optional.empty() : Optional.of(new Fix(text, certain)),
        cells[4]);
  }
}
