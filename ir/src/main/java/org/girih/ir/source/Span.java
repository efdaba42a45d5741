package org.girih.ir.source;

/// A stretch of a source: offsets in UTF-16 units, the end exclusive. It is on every AST node and
/// every equation, so that an error found late still points into the text that the user wrote.
public record Span(Source source, int start, int end) {
  public Span {
    if (start < 0 || end < start) {
      throw new IllegalArgumentException("span " + start + ".." + end);
    }
  }

  /// Returns the smallest span that covers both; the other must be of the same source.
  public Span to(Span other) {
    return new Span(source, Math.min(start, other.start), Math.max(end, other.end));
  }

  /// Returns `name:line:column`, as messages print a place.
  public String place() {
    return source.name() + ":" + source.line(start) + ":" + source.column(start);
  }

  /// Returns the text that it covers.
  public String text() {
    return source.text().substring(start, Math.min(end, source.text().length()));
  }

  @Override
  public String toString() {
    return place();
  }
}
