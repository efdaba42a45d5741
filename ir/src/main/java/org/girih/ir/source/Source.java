package org.girih.ir.source;

import java.util.Arrays;

/// One text that was read: a `.girih` or `.tir` file, or a fragment typed on the command line.
///
/// Two sources are equal only if they are the same object, so that a span needs no comparison of
/// texts.
public final class Source {
  private final String name;
  private final String text;
  private final int[] lineStarts;

  /// @param name how messages call it: the path as the user typed it, or `<command line>`
  /// @param text the whole text; offsets of spans count its UTF-16 units
  public Source(String name, String text) {
    this.name = name;
    this.text = text;
    int[] starts = new int[16];
    int count = 1;
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == '\n') {
        if (count == starts.length) {
          starts = Arrays.copyOf(starts, 2 * count);
        }
        starts[count++] = i + 1;
      }
    }
    this.lineStarts = Arrays.copyOf(starts, count);
  }

  public String name() {
    return name;
  }

  public String text() {
    return text;
  }

  /// Returns whether it is of the standard library, whose lines a user did not write.
  public boolean isLibrary() {
    return name.startsWith("girih:");
  }

  /// Returns the line, from 1, that holds the offset.
  public int line(int offset) {
    int found = Arrays.binarySearch(lineStarts, offset);
    return found >= 0 ? found + 1 : -found - 1;
  }

  /// Returns the column, from 1, in code points.
  public int column(int offset) {
    int start = lineStarts[line(offset) - 1];
    return text.codePointCount(start, Math.min(offset, text.length())) + 1;
  }

  /// Returns the text of a line, from 1, without its line break.
  public String lineText(int line) {
    int start = lineStarts[line - 1];
    int end = line < lineStarts.length ? lineStarts[line] - 1 : text.length();
    if (end > start && text.charAt(end - 1) == '\r') {
      end--;
    }
    return text.substring(start, end);
  }

  /// Returns the offset at which a line, from 1, begins.
  public int lineStart(int line) {
    return lineStarts[line - 1];
  }

  @Override
  public String toString() {
    return name;
  }
}
