package org.girih.ir.diagnostic;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import org.girih.ir.diagnostic.Diagnostic.Label;
import org.girih.ir.source.Source;
import org.girih.ir.source.Span;

/// The lines of one source that a diagnostic's labels point into, with carets under them.
///
/// The texts of several labels in a line are below one another, the rightmost beside the carets. A
/// label that spans lines has carets under what it covers of its first and of its last line, and
/// its text there. Lines between are left out: `...`.
final class Excerpt {
  /// The part of one line that a label covers.
  ///
  /// @param end exclusive
  private record Mark(int start, int end, String text, boolean primary) {}

  private final Paint paint;
  private final Paint.Role role;
  private final int room;
  private final int margin;
  private final Source source;
  private final Span first;
  private final TreeMap<Integer, List<Mark>> lines = new TreeMap<>();

  /// @param role of the carets of primary labels
  /// @param width of the terminal
  /// @param margin digits of a line number
  /// @param labels at least one, all of one source
  Excerpt(Paint paint, Paint.Role role, int width, int margin, List<Label> labels) {
    this.paint = paint;
    this.role = role;
    this.margin = margin;
    this.room = width - margin - 4;
    this.first =
        labels.stream().filter(Label::primary).findFirst().orElse(labels.getFirst()).span();
    this.source = first.source();
    labels.forEach(this::mark);
  }

  private void mark(Label label) {
    int start = label.span().start();
    int end = Math.max(start, label.span().end());
    int from = source.line(start);
    int to = source.line(Math.max(start, end - 1));
    if (from == to) {
      add(from, new Mark(start, end, label.text(), label.primary()));
      return;
    }
    String last = source.lineText(to);
    int indent = last.length() - last.stripLeading().length();
    int lastStart = Math.min(source.lineStart(to) + indent, end - 1);
    int lineEnd = Math.max(start + 1, source.lineStart(from) + source.lineText(from).length());
    add(from, new Mark(start, lineEnd, "", label.primary()));
    add(to, new Mark(lastStart, end, label.text(), label.primary()));
  }

  private void add(int line, Mark mark) {
    lines.computeIfAbsent(line, _ -> new ArrayList<>()).add(mark);
  }

  /// @param arrow what is written before the place
  void append(StringBuilder out, String arrow) {
    String indent = " ".repeat(margin + 1);
    out.append(indent).append(paint.in(Paint.Role.FRAME, arrow)).append(' ');
    out.append(Visible.text(first.place())).append('\n');
    row(out, "", "");
    int before = lines.firstKey();
    for (int line : lines.keySet()) {
      if (line == before + 2) {
        row(out, Integer.toString(before + 1), shown(before + 1));
      } else if (line > before + 2) {
        out.append(paint.in(Paint.Role.FRAME, "...")).append('\n');
      }
      line(out, line, lines.get(line));
      before = line;
    }
  }

  private String shown(int line) {
    int start = source.lineStart(line);
    return new TextLine(source, line, start, start, room).shown();
  }

  private void row(StringBuilder out, String number, String text) {
    String gutter = " ".repeat(margin + 1 - number.length()) + number + " |";
    out.append(paint.in(Paint.Role.FRAME, gutter));
    out.append(text.isEmpty() ? "" : " " + text).append('\n');
  }

  private void line(StringBuilder out, int number, List<Mark> marks) {
    marks.sort(Comparator.comparingInt(Mark::start).thenComparingInt(Mark::end));
    var seen = marks.stream().filter(Mark::primary).findFirst().orElse(marks.getFirst());
    var text = new TextLine(source, number, seen.start(), seen.end(), room);
    row(out, Integer.toString(number), text.shown());
    var waiting = new ArrayList<>(marks);
    String carets = carets(text, marks);
    Mark last = marks.getLast();
    int used = visibleLength(text, marks);
    if (last.text().isEmpty()) {
      row(out, "", carets);
    } else if (used + 1 + columns(last.text()) <= room || used <= room / 2) {
      row(out, "", carets + " " + last.text());
      waiting.removeLast();
    } else {
      row(out, "", carets);
    }
    waiting.removeIf(mark -> mark.text().isEmpty());
    while (!waiting.isEmpty()) {
      Mark mark = waiting.removeLast();
      below(out, text, waiting, mark);
    }
  }

  /// Returns a row of carets under all the marks.
  private String carets(TextLine text, List<Mark> marks) {
    int length = visibleLength(text, marks);
    boolean[] marked = new boolean[length];
    boolean[] primary = new boolean[length];
    for (Mark mark : marks) {
      for (int i = from(text, mark); i < to(text, mark); i++) {
        marked[i] = true;
        primary[i] |= mark.primary();
      }
    }
    var out = new StringBuilder();
    for (int i = 0; i < length; ) {
      int j = i;
      while (j < length && marked[j] == marked[i] && primary[j] == primary[i]) {
        j++;
      }
      String run = (marked[i] ? "^" : " ").repeat(j - i);
      out.append(paint.in(primary[i] ? role : Paint.Role.FRAME, run));
      i = j;
    }
    return out.toString();
  }

  /// Writes a text below its carets, with a line down to those that follow; further left if it
  /// would not fit.
  private void below(StringBuilder out, TextLine text, List<Mark> waiting, Mark mark) {
    int at = Math.max(0, Math.min(from(text, mark), room - columns(mark.text())));
    var row = new StringBuilder(" ".repeat(at));
    for (Mark next : waiting) {
      int column = from(text, next);
      if (column < at) {
        row.setCharAt(column, '|');
      }
    }
    row(out, "", paint.in(Paint.Role.FRAME, row.toString()) + mark.text());
  }

  private int visibleLength(TextLine text, List<Mark> marks) {
    return marks.stream().mapToInt(mark -> to(text, mark)).max().orElse(0);
  }

  private int from(TextLine text, Mark mark) {
    return Math.min(text.column(mark.start()), room - 1);
  }

  /// Returns where a mark ends: at least one column is marked, even where a mark covers nothing.
  private int to(TextLine text, Mark mark) {
    return Math.max(from(text, mark) + 1, text.column(mark.end()));
  }

  private static int columns(String text) {
    return text.codePoints().map(TextLine::width).sum();
  }
}
