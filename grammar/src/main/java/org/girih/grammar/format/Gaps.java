package org.girih.grammar.format;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.girih.grammar.parse.Lexeme;
import org.girih.ir.source.Source;

/// What is between the tokens of a file: line breaks, empty lines, comments. Gap i precedes lexeme
/// i; the last one precedes the end of the file.
final class Gaps {
  private final String text;
  private final BitSet breaks = new BitSet();
  private final BitSet blanks = new BitSet();
  private final Map<Integer, List<Comment>> comments = new HashMap<>();

  Gaps(Source source, List<Lexeme> lexemes) {
    this.text = source.text();
    int end = 0;
    for (int i = 0; i < lexemes.size(); i++) {
      read(i, end, lexemes.get(i).start());
      end = lexemes.get(i).end();
    }
    read(lexemes.size(), end, text.length());
  }

  private void read(int gap, int start, int end) {
    int lines = 0; // line breaks since the last comment or token
    int at = start;
    while (at < end) {
      char c = text.charAt(at);
      if (c == '\n') {
        lines++;
        breaks.set(gap);
        at++;
      } else if (c == '#') {
        int stop = text.indexOf('\n', at);
        stop = stop < 0 ? end : stop;
        int lineStart = text.lastIndexOf('\n', at) + 1;
        comments
            .computeIfAbsent(gap, _ -> new ArrayList<>())
            .add(
                new Comment(
                    text.substring(at, stop).stripTrailing(),
                    start == 0 || lineStart >= start,
                    lines > 1,
                    text.codePointCount(lineStart, at)));
        lines = 0;
        at = stop;
      } else {
        at++;
      }
    }
    blanks.set(gap, lines > 1);
  }

  /// Returns whether the user wrote a line break there.
  boolean broken(int gap) {
    return breaks.get(gap);
  }

  /// Returns whether an empty line precedes the token at the gap's end.
  boolean blank(int gap) {
    return blanks.get(gap);
  }

  List<Comment> comments(int gap) {
    return comments.getOrDefault(gap, List.of());
  }

  /// Returns the texts of all comments, in order.
  List<String> texts() {
    return comments.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .flatMap(e -> e.getValue().stream())
        .map(Comment::text)
        .toList();
  }
}
