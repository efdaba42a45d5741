package org.girih.grammar.format;

import java.util.ArrayList;
import java.util.List;
import org.girih.grammar.parse.Lexeme;
import org.girih.grammar.parse.Lexeme.Role;

/// How far lines are indented: two columns for each bracket that goes on over lines, counted from
/// the line in which it is opened, and for what goes on with a statement; four for parameters,
/// which a body follows. It goes through a file once, token by token, and knows only what precedes.
final class Indentation {
  /// The columns that a line is indented by.
  static final int STEP = 2;

  private final List<Lexeme> lexemes;
  private final int[] starts;
  private final List<Frame> frames = new ArrayList<>();

  /// A bracket, or the whole file.
  private static final class Frame {
    final boolean statements;
    final int opening;
    final int content;
    final int close;

    /// The indentation of the last line that began in this bracket and no other; before there is
    /// one, of the line in which it was opened.
    int line;

    /// Whether the current element, in a list, began a line.
    boolean elementBeganLine;

    /// The indentation of a value that has lines of its own below `=`; -1 where there is none.
    int value = -1;

    Frame(boolean statements, int opening, int close, int step, int line) {
      this.statements = statements;
      this.opening = opening;
      this.close = close;
      this.content = close + step;
      this.line = line;
    }
  }

  Indentation(List<Lexeme> lexemes) {
    this.lexemes = lexemes;
    this.starts = new int[lexemes.size()];
    frames.add(new Frame(true, -1, 0, 0, 0));
  }

  /// Returns the indentation of the line that begins with a lexeme; [#pass] is to follow.
  int startLine(int i) {
    Frame frame = frames.getLast();
    int columns = start(i, frame);
    frame.line = columns;
    starts[i] = columns + 1;
    return columns;
  }

  /// Returns the indentation of comments in lines of their own before a lexeme that begins a line.
  int comments(int i) {
    return lexemes.get(i).is(Role.CLOSE) ? frames.getLast().content : starts[i] - 1;
  }

  private int start(int i, Frame frame) {
    Lexeme lexeme = lexemes.get(i);
    if (lexeme.is(Role.CLOSE)) {
      return frame.close;
    }
    if (i == frame.opening + 1 || lexeme.statement() || beginsElement(i, frame)) {
      frame.elementBeganLine = true;
      frame.value = -1;
      return frame.content;
    }
    boolean branch = lexeme.is(Role.THEN) || lexeme.is(Role.ELSE);
    if (branch && starts[lexeme.of()] > 0) {
      return starts[lexeme.of()] - 1;
    }
    return frame.statements ? inStatement(i, frame) : inElement(frame);
  }

  private boolean beginsElement(int i, Frame frame) {
    Lexeme before = lexemes.get(i - 1);
    return before.of() == frame.opening && (before.is(Role.COMMA) || before.is(Role.RECORD_WITH));
  }

  private static int inElement(Frame frame) {
    return frame.content + (frame.elementBeganLine ? STEP : 0);
  }

  private int inStatement(int i, Frame frame) {
    Lexeme lexeme = lexemes.get(i);
    if (lexeme.is(Role.RESULT_ARROW) || lexeme.is(Role.REQUIREMENT)) {
      return frame.content + 2 * STEP;
    }
    Role before = lexemes.get(i - 1).role();
    if (before == Role.LET_IS || before == Role.BODY_IS) {
      frame.value = frame.content + STEP;
      return frame.value;
    }
    if (frame.value >= 0) {
      return lexeme.is(Role.PIPE) ? frame.value : frame.value + STEP;
    }
    return frame.content + STEP;
  }

  /// Goes over a lexeme, after [#startLine] where it begins a line.
  void pass(int i) {
    Lexeme lexeme = lexemes.get(i);
    Frame frame = frames.getLast();
    if (lexeme.role().opens()) {
      frames.add(opened(i, frame));
    } else if (lexeme.is(Role.CLOSE)) {
      frames.removeLast();
      if (starts[i] > 0) {
        frames.getLast().line = starts[i] - 1;
      }
    } else if (lexeme.is(Role.COMMA)) {
      frame.elementBeganLine = false;
    }
  }

  private Frame opened(int i, Frame around) {
    Role role = lexemes.get(i).role();
    if (role == Role.BODY) {
      return new Frame(true, i, around.content, STEP, around.line);
    }
    boolean parameters = role == Role.PARAMETERS || role == Role.LAMBDA_PARAMETERS;
    int step = parameters ? 2 * STEP : STEP;
    return new Frame(role == Role.BLOCK, i, around.line, step, around.line);
  }
}
