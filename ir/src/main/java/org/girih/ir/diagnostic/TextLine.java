package org.girih.ir.diagnostic;

import org.girih.ir.source.Source;

/// A line of source as a terminal shows it: tabs go to the next multiple of four columns, wide
/// characters (East Asian scripts, emoji) take two columns, combining ones none, and what would not
/// be seen appears as an escape. A line that is too long is cut, at `…`, to what surrounds a given
/// place.
public final class TextLine {
  private static final int TAB = 4;

  /// Joins emoji to one.
  private static final int JOINER = 0x200D;

  /// The mark that makes an emoji of a sign.
  private static final int EMOJI_STYLE = 0xFE0F;

  /// Of a line longer than this only this much around the place is looked at.
  private static final int MOST = 10_000;

  private final int start;
  private final String text;
  private final int[] columns;
  private final int left;
  private final int room;
  private final boolean cutBefore;
  private final boolean cutAfter;

  /// @param line its number, from 1
  /// @param from the first offset that shall be seen
  /// @param to the offset after the last that shall be seen, if there is room
  /// @param room columns
  TextLine(Source source, int line, int from, int to, int room) {
    String all = source.lineText(line);
    int begin = 0;
    int end = all.length();
    if (all.length() > MOST) {
      begin = Math.clamp(from - source.lineStart(line) - MOST / 2, 0, all.length() - MOST);
      end = begin + MOST;
    }
    this.start = source.lineStart(line) + begin;
    this.text = all.substring(begin, end);
    this.columns = columns(text);
    this.room = room;
    int total = columns[text.length()];
    boolean longer = begin > 0 || end < all.length();
    int first = columns[index(from)];
    int last = columns[index(to)];
    if (total <= room && !longer) {
      this.left = 0;
    } else if (last < room && begin == 0) {
      this.left = 0;
    } else {
      int wanted = last - first < room * 2 / 3 ? last - room * 5 / 6 : first - room / 6;
      this.left = Math.clamp(wanted, 0, Math.max(0, total - room));
    }
    this.cutBefore = left > 0 || begin > 0;
    this.cutAfter = total - left > room || end < all.length();
  }

  /// Returns the column, from 0, at which the offset is shown, or the nearest one in sight.
  int column(int offset) {
    return Math.clamp(columns[index(offset)] - left, 0, room);
  }

  /// Returns the beginning of a line, as far as there is room.
  ///
  /// @param line its number, from 1
  /// @param room columns
  public static String beginning(Source source, int line, int room) {
    int start = source.lineStart(line);
    return new TextLine(source, line, start, start, room).shown();
  }

  /// Returns the line as it is shown, without blanks at its end.
  String shown() {
    var out = new StringBuilder(cutBefore ? "…" : "");
    int at = cutBefore ? 1 : 0;
    int end = cutAfter ? room - 1 : room;
    for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      int codePoint = text.codePointAt(i);
      int from = columns[i] - left;
      int to = columns[i + Character.charCount(codePoint)] - left;
      if (from < at && to > at) {
        out.append(" ".repeat(to - at));
        at = to;
      } else if (from >= at && to <= end) {
        out.append(codePoint == '\t' ? " ".repeat(to - from) : shown(i, codePoint));
        at = to;
      }
    }
    return cutAfter
        ? out + " ".repeat(Math.max(0, end - at)) + "…"
        : out.toString().stripTrailing();
  }

  private int index(int offset) {
    return Math.clamp(offset - start, 0, text.length());
  }

  /// Returns the column of each UTF-16 unit, and at the end the width of the whole.
  private static int[] columns(String text) {
    int[] columns = new int[text.length() + 1];
    int column = 0;
    for (int i = 0; i < text.length(); ) {
      int codePoint = text.codePointAt(i);
      int next =
          column
              + (codePoint == '\t'
                  ? TAB - column % TAB
                  : joins(text, i)
                      ? 0
                      : Visible.hidden(codePoint)
                          ? Visible.character(codePoint).length()
                          : width(codePoint));
      columns[i] = column;
      if (Character.charCount(codePoint) == 2) {
        columns[i + 1] = column;
      }
      i += Character.charCount(codePoint);
      column = next;
    }
    columns[text.length()] = column;
    return columns;
  }

  private String shown(int index, int codePoint) {
    return joins(text, index) ? Character.toString(codePoint) : Visible.character(codePoint);
  }

  /// Returns whether a joiner comes after an emoji, where it is not a trick.
  private static boolean joins(String text, int index) {
    if (index == 0 || text.charAt(index) != JOINER) {
      return false;
    }
    int before = text.codePointBefore(index);
    return isWide(before) || before == EMOJI_STYLE;
  }

  /// Returns the columns that a character takes: Unicode's East Asian Width, in broad ranges.
  static int width(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK -> 0;
      default -> isWide(codePoint) ? 2 : 1;
    };
  }

  private static boolean isWide(int c) {
    return c >= 0x1100 && c <= 0x115F
        || c >= 0x2E80 && c <= 0x303E
        || c >= 0x3041 && c <= 0xA4CF
        || c >= 0xA960 && c <= 0xA97C
        || c >= 0xAC00 && c <= 0xD7A3
        || c >= 0xF900 && c <= 0xFAFF
        || c >= 0xFE30 && c <= 0xFE6F
        || c >= 0xFF00 && c <= 0xFF60
        || c >= 0xFFE0 && c <= 0xFFE6
        || c >= 0x1F300 && c <= 0x1F64F
        || c >= 0x1F680 && c <= 0x1F6FF
        || c >= 0x1F900 && c <= 0x1F9FF
        || c >= 0x20000 && c <= 0x3FFFD;
  }
}
