package org.girih.grammar.parse;

import org.antlr.v4.runtime.CharStream;
import org.antlr.v4.runtime.misc.Interval;

/// A stretch of a text as ANTLR reads it. Indices are offsets in the whole text in UTF-16 units, so
/// that a token's place is a [org.girih.ir.source.Span]'s without conversion; ANTLR's own streams
/// count code points.
final class Utf16Stream implements CharStream {
  private final String name;
  private final String text;
  private final int end;
  private int position;

  Utf16Stream(String name, String text, int start, int end) {
    this.name = name;
    this.text = text;
    this.end = end;
    this.position = start;
  }

  @Override
  public void consume() {
    if (position >= end) {
      throw new IllegalStateException("cannot consume EOF");
    }
    position++;
  }

  @Override
  public int LA(int i) {
    int index = i > 0 ? position + i - 1 : position + i;
    return i == 0 || index < 0 || index >= end ? EOF : text.charAt(index);
  }

  /// Nothing is dropped, so that there is nothing to mark.
  @Override
  public int mark() {
    return -1;
  }

  @Override
  public void release(int marker) {}

  @Override
  public int index() {
    return position;
  }

  @Override
  public void seek(int index) {
    position = Math.min(index, end);
  }

  @Override
  public int size() {
    return end;
  }

  @Override
  public String getSourceName() {
    return name;
  }

  @Override
  public String getText(Interval interval) {
    int stop = Math.min(interval.b + 1, end);
    return interval.a >= stop ? "" : text.substring(interval.a, stop);
  }
}
