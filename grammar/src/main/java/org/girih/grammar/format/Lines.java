package org.girih.grammar.format;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.girih.grammar.parse.Lexeme;
import org.girih.grammar.parse.Lexeme.Role;

/// Breaks the lines that are too long, from the first to the last, and indents all of them.
///
/// Whether and where a line is broken depends on the tokens up to its end alone, and nothing is
/// done to a line that fits or has no place to be broken at. So a text that was formatted stays as
/// it is.
final class Lines {
  /// The columns that a line may have.
  static final int WIDTH = 100;

  /// How many columns shorter a line may be to be broken at one bracket less.
  private static final int BRACKET = 50;

  /// What a break has to gain: lines that go on begin up to four columns further right.
  private static final int LEAST_GAIN = 2 * Indentation.STEP;

  private final List<Lexeme> lexemes;
  private final Spacing spacing;
  private final Breaks breaks;
  private final Indentation indentation;
  private final int[] depths;
  private final int[] nextBreaks;
  private final int[] indents;
  private final Map<Integer, Integer> commentIndents = new HashMap<>();

  Lines(List<Lexeme> lexemes, Spacing spacing, Breaks breaks) {
    this.lexemes = lexemes;
    this.spacing = spacing;
    this.breaks = breaks;
    this.indentation = new Indentation(lexemes);
    this.depths = new int[lexemes.size()];
    this.nextBreaks = new int[lexemes.size()];
    this.indents = new int[lexemes.size()];
    findDepths();
    findNextBreaks();
    layOut();
  }

  /// Returns whether a line begins with a lexeme.
  boolean begins(int lexeme) {
    return indents[lexeme] >= 0;
  }

  int indent(int lexeme) {
    return indents[lexeme];
  }

  /// Returns the indentation of comments in lines of their own before a lexeme.
  int commentIndent(int lexeme) {
    return commentIndents.getOrDefault(lexeme, indents[lexeme]);
  }

  /// Finds the number of brackets around each gap.
  private void findDepths() {
    int depth = 0;
    for (int i = 0; i < lexemes.size(); i++) {
      depths[i] = depth;
      Role role = lexemes.get(i).role();
      depth += role.opens() ? 1 : role == Role.CLOSE ? -1 : 0;
    }
  }

  /// Finds for each gap after a comma or an operator the next one of the same list or chain at
  /// which the user broke the line; for each `else` the next of the same `if`.
  private void findNextBreaks() {
    Arrays.fill(nextBreaks, -1);
    Map<Integer, Integer> lists = new HashMap<>();
    Map<Integer, Integer> chains = new HashMap<>();
    Map<Integer, Integer> branches = new HashMap<>();
    for (int i = lexemes.size() - 1; i > 0; i--) {
      Lexeme before = lexemes.get(i - 1);
      if (lexemes.get(i).is(Role.CLOSE)) {
        continue;
      }
      if (lexemes.get(i).is(Role.ELSE)) {
        link(branches, lexemes.get(i).of(), i, true);
      } else if (before.is(Role.COMMA)) {
        link(lists, before.of(), i, breaks.at(i));
      } else if (before.is(Role.INFIX)) {
        link(chains, before.of(), i, breaks.at(i));
      }
    }
  }

  private void link(Map<Integer, Integer> next, int group, int gap, boolean counts) {
    nextBreaks[gap] = next.getOrDefault(group, -1);
    if (counts) {
      next.put(group, gap);
    }
  }

  private void layOut() {
    Arrays.fill(indents, -1);
    int i = 0;
    while (i < lexemes.size()) {
      indents[i] = indentation.startLine(i);
      if (lexemes.get(i).is(Role.CLOSE)) {
        commentIndents.put(i, indentation.comments(i));
      }
      int end = fit(i);
      for (int j = i; j < end; j++) {
        indentation.pass(j);
      }
      i = end;
    }
  }

  /// Breaks the line that begins with a lexeme if it is too long; returns where the next one
  /// begins.
  private int fit(int start) {
    int column = indents[start] + spacing.width(start);
    int best = -1;
    int least = Integer.MAX_VALUE;
    int i = start + 1;
    for (; i < lexemes.size() && !breaks.at(i) && (column <= WIDTH || best < 0); i++) {
      int next = column + (spacing.before(i) ? 1 : 0);
      Rule.Side side = spacing.breakBefore(i);
      if (side != Rule.Side.JOIN
          && next > indents[start] + LEAST_GAIN
          && helps(i, indents[start])) {
        int penalty = penalty(i, side, WIDTH - column, indents[start]);
        boolean first = lexemes.get(i).is(Role.ELSE);
        if (penalty < least || penalty == least && !first) {
          best = i;
          least = penalty;
        }
      }
      column = next + spacing.width(i);
    }
    if (column <= WIDTH || best < 0) {
      return i;
    }
    breakBefore(best);
    return best;
  }

  /// Returns whether a break is worth it: it leaves no opening bracket alone in the next line, and
  /// none behind for a token that fits no line; brackets that close follow those that open, and
  /// arms one another.
  private boolean helps(int i, int indent) {
    boolean bracketAlone = lexemes.get(i).role().opens() && breaks.at(i + 1);
    boolean closes = lexemes.get(i).is(Role.CLOSE);
    boolean arm = isComma(lexemes.get(i - 1), Role.ARMS);
    boolean tooWide = indent + LEAST_GAIN + spacing.width(i) > WIDTH;
    return !bracketAlone && !closes && !arm && !(tooWide && lexemes.get(i - 1).role().opens());
  }

  private int penalty(int i, Rule.Side side, int empty, int indent) {
    if (lexemes.get(i - 1).is(Role.BODY_IS) && restFits(i, indent + Indentation.STEP)) {
      return Integer.MIN_VALUE;
    }
    int wasted = side.wastes() ? Math.max(0, empty / 2) : 0;
    int index = isComma(lexemes.get(i - 1), Role.INDEX) ? BRACKET : 0;
    return side.cost() + wasted + BRACKET * depths[i] + index;
  }

  /// Returns whether the rest of a line fits one of its own.
  private boolean restFits(int from, int indent) {
    int column = indent + spacing.width(from);
    for (int i = from + 1; i < lexemes.size() && !breaks.at(i) && column <= WIDTH; i++) {
      column += (spacing.before(i) ? 1 : 0) + spacing.width(i);
    }
    return column <= WIDTH;
  }

  private void breakBefore(int i) {
    breaks.add(i);
    Lexeme before = lexemes.get(i - 1);
    if (Rule.isBlock(before.role())) {
      breaks.openBlock(i - 1);
    } else if (lexemes.get(i).is(Role.ELSE)) {
      for (int next = nextBreaks[i]; next >= 0; next = nextBreaks[next]) {
        breaks.add(next);
      }
    } else {
      fillAgain(i);
    }
  }

  /// Joins the next two lines of a list or a chain whose line was too long: what is broken at other
  /// places than the user's has none of those.
  private void fillAgain(int i) {
    int next = nextBreaks[i];
    while (next >= 0 && !breaks.at(next)) {
      next = nextBreaks[next];
    }
    if (next >= 0) {
      breaks.remove(next);
    }
  }

  private boolean isComma(Lexeme comma, Role list) {
    return comma.is(Role.COMMA) && lexemes.get(comma.of()).is(list);
  }
}
