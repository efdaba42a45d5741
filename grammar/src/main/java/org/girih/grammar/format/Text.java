package org.girih.grammar.format;

import java.util.List;
import org.girih.grammar.parse.Lexeme;
import org.girih.grammar.parse.Lexeme.Role;

/// Writes a file: its tokens in their lines, with comments and empty lines where they were.
///
/// A comment behind code keeps its column, so that columns of comments stay ones; where the code
/// has grown over it, two spaces precede it.
final class Text {
  private final List<Lexeme> lexemes;
  private final Gaps gaps;
  private final Spacing spacing;
  private final Lines lines;
  private final StringBuilder out = new StringBuilder();
  private int lineStart;

  Text(List<Lexeme> lexemes, Gaps gaps, Spacing spacing, Lines lines) {
    this.lexemes = lexemes;
    this.gaps = gaps;
    this.spacing = spacing;
    this.lines = lines;
    for (int i = 0; i < lexemes.size(); i++) {
      if (lines.begins(i)) {
        comments(i, lines.commentIndent(i));
        beginLine(i);
      } else if (spacing.before(i)) {
        out.append(' ');
      }
      out.append(spacing.text(i));
    }
    comments(lexemes.size(), 0);
    if (!out.isEmpty()) {
      out.append('\n');
    }
  }

  private void beginLine(int i) {
    boolean commented = gaps.comments(i).stream().anyMatch(Comment::ownLine);
    boolean separates =
        commented || lexemes.get(i).statement() || i > 0 && lexemes.get(i - 1).is(Role.COMMA);
    boolean blank = gaps.blank(i) && separates && !lexemes.get(i).is(Role.CLOSE);
    newLine(blank, lines.indent(i));
  }

  private void comments(int gap, int indent) {
    boolean opened = gap > 0 && lexemes.get(gap - 1).role().opens();
    for (Comment comment : gaps.comments(gap)) {
      if (comment.ownLine()) {
        newLine(comment.afterBlank() && !opened, indent);
        opened = false;
      } else {
        int column = out.codePointCount(lineStart, out.length());
        out.repeat(' ', comment.column() > column ? comment.column() - column : 2);
      }
      out.append(comment.text());
    }
  }

  /// Begins a line, the first of the file too.
  private void newLine(boolean blank, int indent) {
    if (!out.isEmpty()) {
      out.append(blank ? "\n\n" : "\n");
    }
    lineStart = out.length();
    out.repeat(' ', indent);
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
