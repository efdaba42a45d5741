package org.girih.ir.diagnostic;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.girih.ir.diagnostic.Diagnostic.Label;
import org.girih.ir.source.Source;
import org.girih.ir.source.Span;

/// Diagnostics as text:
///
/// ```
/// error[E0103]: matrix product of f32[16, 4] and f32[5, 3]: contracted sizes 4 and 5 differ
///   --> mlp.girih:4:21
///    |
///  4 |     let outputs = h @ w + b
///    |                   ^ ^ ^ f32[5, 3]
///    |                   f32[16, 4]
///    = help: run `girih explain E0103`
/// ```
///
/// A label that spans lines is drawn on its first one. Tabs count as one column, and so does every
/// code point that is not wide (East Asian scripts, emoji).
public final class Renderer {
  private static final String RED = "\u001b[1;31m";
  private static final String YELLOW = "\u001b[1;33m";
  private static final String BLUE = "\u001b[1;34m";
  private static final String BOLD = "\u001b[1m";
  private static final String RESET = "\u001b[0m";

  private final boolean color;
  private final int width;

  /// @param color whether ANSI escapes are written
  /// @param width of the terminal; source lines are clipped to it, messages are not
  public Renderer(boolean color, int width) {
    this.color = color;
    this.width = Math.max(20, width);
  }

  /// The diagnostic, each line ended by a line break.
  public String render(Diagnostic d) {
    var out = new StringBuilder();
    String head = d.severity().text() + "[" + d.code().text() + "]";
    out.append(paint(d.severity() == Severity.ERROR ? RED : YELLOW, head));
    out.append(paint(BOLD, ": " + d.message())).append('\n');
    var bySource = new LinkedHashMap<Source, List<Label>>();
    var ordered = new ArrayList<>(d.labels());
    ordered.sort(Comparator.comparing(Label::primary).reversed());
    for (Label label : ordered) {
      bySource.computeIfAbsent(label.span().source(), _ -> new ArrayList<>()).add(label);
    }
    int margin =
        d.labels().stream()
            .mapToInt(l -> Integer.toString(line(l.span())).length())
            .max()
            .orElse(1);
    String blank = " ".repeat(margin + 2);
    bySource.forEach((source, labels) -> source(out, blank, labels));
    for (Diagnostic.Frame frame : d.trace()) {
      out.append(blank).append(paint(BLUE, "=")).append(" in ").append(frame.signature());
      out.append('\n');
      frame
          .calledAt()
          .ifPresent(
              at ->
                  out.append(blank)
                      .append("  called from ")
                      .append(frame.caller().map(c -> c + " at ").orElse(""))
                      .append(at.place())
                      .append('\n'));
    }
    d.help().ifPresent(h -> note(out, blank, "help: " + h));
    note(out, blank, "help: run `girih explain " + d.code().text() + "`");
    return out.toString();
  }

  private void note(StringBuilder out, String blank, String text) {
    out.append(blank).append(paint(BLUE, "=")).append(' ').append(text).append('\n');
  }

  private static int line(Span span) {
    return span.source().line(span.start());
  }

  private void source(StringBuilder out, String blank, List<Label> labels) {
    Span first = labels.getFirst().span();
    String arrow = blank.substring(1) + paint(BLUE, "-->");
    out.append(arrow).append(' ').append(first.place()).append('\n');
    String bar = blank + paint(BLUE, "|");
    out.append(bar).append('\n');
    Map<Integer, List<Label>> lines = new TreeMap<>();
    labels.forEach(l -> lines.computeIfAbsent(line(l.span()), _ -> new ArrayList<>()).add(l));
    int before = -1;
    for (var entry : lines.entrySet()) {
      if (before >= 0 && entry.getKey() > before + 1) {
        out.append(paint(BLUE, "...")).append('\n');
      }
      before = entry.getKey();
      line(out, blank, bar, first.source(), entry.getKey(), entry.getValue());
    }
  }

  private void line(
      StringBuilder out, String blank, String bar, Source source, int number, List<Label> labels) {
    String text = source.lineText(number).replace('\t', ' ');
    int start = source.lineStart(number);
    labels.sort(Comparator.comparingInt(l -> l.span().start()));
    int room = width - blank.length() - 2;
    int cut = clip(text, labels.getFirst().span().start() - start, room);
    String gutter = String.format("%" + (blank.length() - 1) + "d ", number);
    String shown = visible(text.substring(cut), room);
    out.append(paint(BLUE, gutter + "|")).append(' ').append(shown).append('\n');
    var carets = new StringBuilder();
    for (Label label : labels) {
      int from = columns(text, cut, label.span().start() - start);
      int to = columns(text, cut, label.span().end() - start);
      while (carets.length() < from) {
        carets.append(' ');
      }
      while (carets.length() < Math.max(to, from + 1)) {
        carets.append('^');
      }
    }
    String marks = carets.length() > room ? carets.substring(0, room) : carets.toString();
    String last = labels.getLast().text();
    out.append(bar).append(' ').append(paint(RED, marks));
    out.append(last.isEmpty() ? "" : " " + last).append('\n');
    for (int i = labels.size() - 2; i >= 0; i--) {
      Label label = labels.get(i);
      if (!label.text().isEmpty()) {
        int from = columns(text, cut, label.span().start() - start);
        out.append(bar).append(' ').append(" ".repeat(from)).append(label.text()).append('\n');
      }
    }
  }

  /// Where the line begins to be shown, so that the first label is in sight.
  private static int clip(String text, int first, int room) {
    int from = Math.min(first, text.length());
    return columns(text, 0, text.length()) <= room || columns(text, 0, from) < room * 2 / 3
        ? 0
        : text.offsetByCodePoints(0, Math.max(0, text.codePointCount(0, from) - room / 3));
  }

  private static String visible(String text, int room) {
    var out = new StringBuilder();
    int used = 0;
    for (int cp : text.codePoints().toArray()) {
      used += wide(cp) ? 2 : 1;
      if (used > room) {
        break;
      }
      out.appendCodePoint(Character.isISOControl(cp) ? '?' : cp);
    }
    return out.toString();
  }

  private static int columns(String text, int from, int to) {
    int end = Math.min(Math.max(from, to), text.length());
    int past = Math.max(0, to - Math.max(end, text.length()));
    return text.substring(Math.min(from, end), end).codePoints().map(c -> wide(c) ? 2 : 1).sum()
        + Math.min(past, 1);
  }

  private static boolean wide(int cp) {
    return cp >= 0x1100 && cp <= 0x115f
        || cp >= 0x2e80 && cp <= 0xa4cf
        || cp >= 0xac00 && cp <= 0xd7a3
        || cp >= 0xf900 && cp <= 0xfaff
        || cp >= 0xfe30 && cp <= 0xfe6f
        || cp >= 0xff00 && cp <= 0xff60
        || cp >= 0x1f300 && cp <= 0x1faff
        || cp >= 0x20000 && cp <= 0x3fffd;
  }

  private String paint(String code, String text) {
    return color ? code + text + RESET : text;
  }
}
