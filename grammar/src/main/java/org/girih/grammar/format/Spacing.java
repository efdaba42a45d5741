package org.girih.grammar.format;

import java.util.BitSet;
import java.util.List;
import org.girih.grammar.parse.Lexeme;
import org.girih.grammar.parse.Lexeme.Role;
import org.girih.ir.source.Source;

/// Tokens in a line: their texts, and the spaces between them.
final class Spacing {
  private final String text;
  private final List<Lexeme> lexemes;
  private final BitSet leftOut;

  /// @param leftOut the lexemes that are not written
  Spacing(Source source, List<Lexeme> lexemes, BitSet leftOut) {
    this.text = source.text();
    this.lexemes = lexemes;
    this.leftOut = leftOut;
  }

  String text(int i) {
    return leftOut.get(i) ? "" : text.substring(lexemes.get(i).start(), lexemes.get(i).end());
  }

  /// Returns the columns that it takes, in code points.
  int width(int i) {
    return leftOut.get(i) ? 0 : text.codePointCount(lexemes.get(i).start(), lexemes.get(i).end());
  }

  /// Returns what is said of a line break before a lexeme.
  Rule.Side breakBefore(int i) {
    return Rule.breakBetween(Rule.of(lexemes.get(i - 1)), Rule.of(lexemes.get(i)));
  }

  /// Returns whether a space separates it from the lexeme before in a line.
  boolean before(int i) {
    Lexeme left = lexemes.get(i - 1);
    Lexeme right = lexemes.get(i);
    if (right.is(Role.CLOSE)) {
      return right.of() != i - 1 && Rule.isBlock(lexemes.get(right.of()).role());
    }
    if (left.is(Role.COMMA)) {
      return true;
    }
    // Two dots and three are other tokens than three and two.
    boolean dots = text.charAt(left.end() - 1) == '.' && text.charAt(right.start()) == '.';
    return dots || !Rule.of(left).tightAfter() && !Rule.of(right).tightBefore();
  }
}
