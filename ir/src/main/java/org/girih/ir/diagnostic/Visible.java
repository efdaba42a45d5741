package org.girih.ir.diagnostic;

/// Shows text from outside in messages: literals, names, paths, what files hold, what a plugin
/// reports. Nothing of it reaches a terminal that is unseen there or changes what is seen, and no
/// name is longer than a line. [Diagnostic] does this to all of its texts; whoever prints anything
/// else of that kind does it there.
public final class Visible {
  /// A name, number or literal of more characters is cut in the middle.
  private static final int LONGEST = 80;

  private static final int KEPT_AT_END = 20;

  /// Begins a further line of a message, as of a list; at the beginning of a line nothing can pass
  /// for a message of its own.
  private static final String CONTINUATION = "\n  ";

  private Visible() {}

  /// Returns the text with escapes for hidden characters, its long words cut in the middle.
  public static String text(String text) {
    if (text.codePoints().noneMatch(Visible::hidden) && text.length() <= LONGEST) {
      return text;
    }
    var out = new StringBuilder();
    int at = 0;
    while (at < text.length()) {
      int end = at;
      while (end < text.length() && inWord(text.codePointAt(end))) {
        end += Character.charCount(text.codePointAt(end));
      }
      if (end > at) {
        out.append(shortened(text.substring(at, end)));
        at = end;
      } else if (text.startsWith(CONTINUATION, at)) {
        out.append(CONTINUATION);
        at += CONTINUATION.length();
      } else {
        out.append(character(text.codePointAt(at)));
        at += Character.charCount(text.codePointAt(at));
      }
    }
    return out.toString();
  }

  /// Returns a text cut in the middle, so that it has no more than eighty characters.
  public static String shortened(String text) {
    int characters = text.codePointCount(0, text.length());
    if (characters <= LONGEST) {
      return text;
    }
    int head = text.offsetByCodePoints(0, LONGEST - KEPT_AT_END - 1);
    int tail = text.offsetByCodePoints(text.length(), -KEPT_AT_END);
    return text.substring(0, head) + "…" + text.substring(tail);
  }

  private static boolean inWord(int codePoint) {
    return codePoint == '_' || Character.isLetterOrDigit(codePoint) && !hidden(codePoint);
  }

  /// Returns the character, or the escape by which a string literal of the language names it.
  static String character(int codePoint) {
    return switch (codePoint) {
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      case '\t' -> "\\t";
      default ->
          hidden(codePoint)
              ? "\\u{" + Integer.toHexString(codePoint) + "}"
              : Character.toString(codePoint);
    };
  }

  /// Tells whether a character is unseen or changes how others are shown: control characters,
  /// marks of writing direction, joiners, fillers, halves of surrogate pairs, line separators.
  public static boolean hidden(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL, Character.FORMAT, Character.SURROGATE -> true;
      case Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
      default -> isFiller(codePoint);
    };
  }

  /// Returns whether it is a letter or a mark of no width: Unicode's Default_Ignorable_Code_Point,
  /// apart from what makes variants of the character before.
  private static boolean isFiller(int c) {
    return c == 0x034F
        || c == 0x115F
        || c == 0x1160
        || c == 0x17B4
        || c == 0x17B5
        || c == 0x3164
        || c == 0xFFA0;
  }
}
