package org.girih.grammar.parse;

import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.Token;

/// The tokens of one item, the last of them EOF.
///
/// @param doc the `##` comment right above it
/// @param end what its EOF represents
record ItemTokens(List<Token> tokens, Optional<String> doc, End end) {
  /// The place where a chunk ends.
  enum End {
    LINE("end of line", "a line break"),
    FILE("end of file", "a line break"),
    HOLE("end of the hole", "`}`");

    private final String unexpected;
    private final String expected;

    End(String unexpected, String expected) {
      this.unexpected = unexpected;
      this.expected = expected;
    }

    /// Returns what a message calls it where something else should be.
    String unexpected() {
      return unexpected;
    }

    /// Returns what a message calls it where it should be.
    String expected() {
      return expected;
    }
  }

  boolean last() {
    return end != End.LINE;
  }
}
