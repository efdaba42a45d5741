package org.girih.ir.diagnostic;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.girih.ir.diagnostic.Diagnostic.Frame;
import org.girih.ir.diagnostic.Diagnostic.Label;
import org.girih.ir.source.Source;

/// Diagnostics as text:
///
/// ```
/// error[E0103]: matrix product of f32[16, 4] and f32[5, 3]: contracted sizes 4 and 5 differ
///   --> mlp.girih:4:21
///    |
///  4 |     let outputs = h @ w + b
///    |                   ^ ^ ^ f32[5, 3]
///    |                   f32[16, 4]
///    = in predict(params: ((f32[5, 3], f32[3]),), inputs: f32[16, 4])
///      called from loss at mlp.girih:10:45
///    = help: run `girih explain E0103`
/// ```
///
/// The place after `-->` is the first primary label's; labels in other files follow after `:::`.
/// Messages are never cut; lines of source are, to the width of the terminal.
public final class Renderer {
  /// Less than this a source line is of no use.
  private static final int MIN_WIDTH = 20;

  private final Paint paint;
  private final int width;

  /// @param color whether ANSI escapes are written
  /// @param width columns of the terminal
  public Renderer(boolean color, int width) {
    this.paint = new Paint(color);
    this.width = Math.max(MIN_WIDTH, width);
  }

  /// Returns the diagnostic, each line ended by a line break.
  public String render(Diagnostic diagnostic) {
    var out = new StringBuilder();
    Paint.Role role =
        switch (diagnostic.severity()) {
          case ERROR -> Paint.Role.ERROR;
          case WARNING -> Paint.Role.WARNING;
        };
    String head = diagnostic.severity().text() + "[" + diagnostic.code().text() + "]";
    out.append(paint.in(role, head))
        .append(paint.in(Paint.Role.STRONG, ": " + diagnostic.message()))
        .append('\n');
    int margin = margin(diagnostic.labels());
    String arrow = "-->";
    for (List<Label> labels : bySource(diagnostic).values()) {
      new Excerpt(paint, role, width, margin, labels).append(out, arrow);
      arrow = ":::";
    }
    String indent = " ".repeat(margin + 2);
    diagnostic.trace().forEach(frame -> trace(out, indent, frame));
    diagnostic.help().ifPresent(help -> note(out, indent, "help: " + help));
    note(out, indent, "help: run `girih explain " + diagnostic.code().text() + "`");
    return out.toString();
  }

  /// Returns the labels by their source, that of the first primary one first.
  private static LinkedHashMap<Source, List<Label>> bySource(Diagnostic diagnostic) {
    var groups = new LinkedHashMap<Source, List<Label>>();
    diagnostic.span().ifPresent(span -> groups.put(span.source(), new ArrayList<>()));
    for (Label label : diagnostic.labels()) {
      groups.computeIfAbsent(label.span().source(), _ -> new ArrayList<>()).add(label);
    }
    return groups;
  }

  /// Returns how many digits the largest line number has.
  private static int margin(List<Label> labels) {
    int last =
        labels.stream()
            .map(Label::span)
            .mapToInt(span -> span.source().line(Math.max(span.start(), span.end() - 1)))
            .max()
            .orElse(1);
    return Integer.toString(last).length();
  }

  private void trace(StringBuilder out, String indent, Frame frame) {
    note(out, indent, "in " + frame.signature());
    frame
        .calledAt()
        .ifPresent(
            at ->
                out.append(indent)
                    .append("  called from ")
                    .append(frame.caller().map(caller -> caller + " at ").orElse(""))
                    .append(Visible.text(at.place()))
                    .append('\n'));
  }

  private void note(StringBuilder out, String indent, String text) {
    out.append(indent).append(paint.in(Paint.Role.FRAME, "=")).append(' ').append(text);
    out.append('\n');
  }
}
