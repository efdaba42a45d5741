package org.girih.grammar.format;

import java.util.BitSet;
import java.util.List;
import org.girih.grammar.parse.Lexeme;
import org.girih.grammar.parse.Lexeme.Role;

/// Finds the commas that are left out: those behind the last element of a list, where the closing
/// bracket follows in the same line. The one of a tuple of one element stays.
final class TrailingCommas {
  private TrailingCommas() {}

  static BitSet of(List<Lexeme> lexemes, String text, Breaks breaks, Gaps gaps) {
    var found = new BitSet();
    var elements = new int[lexemes.size()];
    for (int i = 0; i + 1 < lexemes.size(); i++) {
      Lexeme comma = lexemes.get(i);
      if (!comma.is(Role.COMMA)) {
        continue;
      }
      elements[comma.of()]++;
      Lexeme open = lexemes.get(comma.of());
      boolean one =
          open.is(Role.LIST) && text.charAt(open.start()) == '(' && elements[comma.of()] == 1;
      found.set(
          i,
          lexemes.get(i + 1).is(Role.CLOSE)
              && !breaks.at(i + 1)
              && gaps.comments(i).isEmpty()
              && !one);
    }
    return found;
  }
}
