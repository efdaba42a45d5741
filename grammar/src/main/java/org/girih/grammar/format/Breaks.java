package org.girih.grammar.format;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.girih.grammar.parse.Lexeme;
import org.girih.grammar.parse.Lexeme.Role;

/// The line breaks of a file: first those of the user, as far as [Rule] keeps them; [Lines] adds
/// others.
///
/// Each is where the language allows one: where the user had it, after an infix operator or before
/// a pipe, which both go on with a statement, or beside the braces of a block.
final class Breaks {
  private static final int COLUMN = 4;

  private final List<Lexeme> lexemes;
  private final Gaps gaps;
  private final BitSet broken = new BitSet();

  /// Brackets that have more than one line for a reason other than their length: statements, arms
  /// in lines of their own, comments.
  private final BitSet lined = new BitSet();

  private final int[] closes;

  Breaks(List<Lexeme> lexemes, Gaps gaps) {
    this.lexemes = lexemes;
    this.gaps = gaps;
    this.closes = new int[lexemes.size()];
    for (int i = 0; i < lexemes.size(); i++) {
      broken.set(i, i == 0 || kept(i));
    }
    moveOperators();
    findBrackets();
    for (int i = 0; i < lexemes.size(); i++) {
      if (lexemes.get(i).role().opens()) {
        settle(i);
      }
    }
    openColumns();
  }

  /// Gives the braces of a block ends of lines, and each arm a line.
  void openBlock(int open) {
    broken.set(open + 1);
    broken.set(closes[open]);
    if (lexemes.get(open).is(Role.ARMS)) {
      for (int i = open + 1; i < closes[open]; i++) {
        if (lexemes.get(i).is(Role.COMMA) && lexemes.get(i).of() == open) {
          broken.set(i + 1);
        }
      }
    }
  }

  /// Breaks the line before the first element of each list with [#COLUMN] elements or more, all
  /// others of which begin a line. Returns whether there was such a list.
  boolean openColumns() {
    var commas = new int[lexemes.size()];
    var lines = new int[lexemes.size()];
    var first = new int[lexemes.size()];
    for (int i = 0; i + 1 < lexemes.size(); i++) {
      Lexeme lexeme = lexemes.get(i);
      if (lexeme.is(Role.COMMA) && !lexemes.get(i + 1).is(Role.CLOSE)) {
        commas[lexeme.of()]++;
        lines[lexeme.of()] += broken.get(i + 1) ? 1 : 0;
      } else if (lexeme.role().opens() || lexeme.is(Role.RECORD_WITH)) {
        first[lexeme.of()] = i + 1;
      }
    }
    boolean found = false;
    for (int i = 0; i < lexemes.size(); i++) {
      if (commas[i] + 1 >= COLUMN && commas[i] == lines[i] && !broken.get(first[i])) {
        broken.set(first[i]);
        found = true;
      }
    }
    return found;
  }

  /// Returns whether a line begins with a lexeme.
  boolean at(int lexeme) {
    return broken.get(lexeme);
  }

  void add(int lexeme) {
    broken.set(lexeme);
  }

  /// Joins a line with the one before, if it may be.
  void remove(int lexeme) {
    broken.set(lexeme, forced(lexeme));
  }

  private boolean forced(int i) {
    return lexemes.get(i).statement() || !gaps.comments(i).isEmpty();
  }

  private boolean kept(int i) {
    return forced(i) || gaps.broken(i) && mayBreak(i);
  }

  private boolean mayBreak(int i) {
    return Rule.keeps(Rule.of(lexemes.get(i - 1)), Rule.of(lexemes.get(i)));
  }

  /// Infix operators end a line, as most of them have to outside of brackets; pipes begin one.
  private void moveOperators() {
    for (int i = 1; i + 1 < lexemes.size(); i++) {
      Lexeme lexeme = lexemes.get(i);
      if (lexeme.is(Role.INFIX) && gaps.broken(i) && !forced(i) && mayBreak(i + 1)) {
        broken.set(i + 1);
      } else if (lexeme.is(Role.PIPE) && gaps.broken(i + 1) && !forced(i + 1)) {
        broken.set(i);
      }
    }
  }

  private void findBrackets() {
    var open = new ArrayList<Integer>();
    for (int i = 0; i < lexemes.size(); i++) {
      Lexeme lexeme = lexemes.get(i);
      if (!open.isEmpty() && forced(i)) {
        lined.set(open.getLast());
      }
      if (lexeme.is(Role.COMMA) && broken.get(i + 1)) {
        lined.set(lexeme.of());
      }
      if (lexeme.role().opens()) {
        open.add(i);
      } else if (lexeme.is(Role.CLOSE)) {
        closes[open.removeLast()] = i;
      }
    }
  }

  /// A block is in one line, or its braces are at the ends of lines; a list's closing bracket has a
  /// line of its own only if its first element has.
  private void settle(int open) {
    int close = closes[open];
    if (close == open + 1) {
      remove(close);
    } else if (Rule.isBlock(lexemes.get(open).role())) {
      if (broken.get(open + 1) || broken.get(close) || lined.get(open)) {
        openBlock(open);
      }
    } else if (!broken.get(open + 1)) {
      remove(close);
    }
  }
}
