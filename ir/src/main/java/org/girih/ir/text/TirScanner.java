package org.girih.ir.text;

import org.girih.ir.source.Source;
import org.girih.ir.source.Span;

/// Reads a `.tir` text from left to right, character by character; nothing is read twice.
final class TirScanner {
  /// Reports what is wrong, and where; never leaves the package.
  static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient Span span;

    Refused(Span span, String message) {
      super(message, null, false, false);
      this.span = span;
    }

    Span span() {
      return span;
    }
  }

  private final Source source;
  private final String text;
  private int at;

  TirScanner(Source source) {
    this.source = source;
    this.text = source.text();
  }

  /// Returns whether a function's name is written without quotes.
  static boolean isName(String name) {
    if (name.isEmpty() || !isLetter(name.charAt(0))) {
      return false;
    }
    return name.chars().allMatch(c -> isNamePart((char) c));
  }

  private static boolean isLetter(char c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_';
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isNamePart(char c) {
    return isLetter(c) || isDigit(c) || c == '.';
  }

  /// Returns the offset of the next token.
  int here() {
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '#') {
        int end = text.indexOf('\n', at);
        at = end < 0 ? text.length() : end;
      } else if (c == ' ' || c == '\n' || c == '\t' || c == '\r') {
        at++;
      } else {
        break;
      }
    }
    return at;
  }

  /// Returns whether the next token is on the line where the last one ended.
  boolean onThisLine() {
    int last = at;
    return text.indexOf('\n', last, here()) < 0;
  }

  Span span(int start) {
    return new Span(source, start, Math.max(start, at));
  }

  boolean atEnd() {
    return here() >= text.length();
  }

  /// Returns the next token's first character; 0 at the end.
  char peek() {
    return atEnd() ? 0 : text.charAt(at);
  }

  /// Returns whether these characters come next; does not look at what follows them.
  boolean looksAt(String symbol) {
    return text.startsWith(symbol, here());
  }

  /// Takes the characters, if they come next.
  boolean take(String symbol) {
    if (!looksAt(symbol)) {
      return false;
    }
    at += symbol.length();
    return true;
  }

  /// Takes the characters, which must come next.
  void expect(String symbol) {
    if (!take(symbol)) {
      throw expecting("`" + symbol + "`");
    }
  }

  Refused expecting(String what) {
    int start = here();
    String found = start < text.length() ? "`" + found() + "`" : "the end";
    return refused(start, "expecting " + what + ", found " + found);
  }

  private String found() {
    int end = at;
    while (end < text.length() && end - at < 20 && isNamePart(text.charAt(end))) {
      end++;
    }
    return text.substring(at, end > at ? end : text.offsetByCodePoints(at, 1));
  }

  Refused refused(int start, String message) {
    int end = Math.max(Math.max(start, at), Math.min(start + 1, text.length()));
    return new Refused(new Span(source, start, end), message);
  }

  /// Reads a word of letters, digits, `_` and `.`, not empty and not begun by a digit.
  String word(String what) {
    int start = here();
    if (start >= text.length() || !isLetter(text.charAt(start))) {
      throw expecting(what);
    }
    while (at < text.length() && isNamePart(text.charAt(at))) {
      at++;
    }
    return text.substring(start, at);
  }

  /// Reads the name of a size: as Java's identifiers, any script.
  String sizeName() {
    int start = here();
    while (at < text.length()) {
      int c = text.codePointAt(at);
      if (at == start ? !Character.isJavaIdentifierStart(c) : !Character.isJavaIdentifierPart(c)) {
        break;
      }
      at += Character.charCount(c);
    }
    if (at == start) {
      throw expecting("a size");
    }
    return text.substring(start, at);
  }

  /// Reads a run of characters that numbers are made of: `-1.5e+3`, `0x7fc0`, `inf`, `true`.
  String number(String what) {
    int start = here();
    while (at < text.length()
        && (isNamePart(text.charAt(at)) || text.charAt(at) == '-' || text.charAt(at) == '+')) {
      at++;
    }
    if (at == start) {
      throw expecting(what);
    }
    return text.substring(start, at);
  }

  /// Reads digits, perhaps after a minus sign.
  long integer(String what) {
    int start = here();
    if (at < text.length() && text.charAt(at) == '-') {
      at++;
    }
    int digits = at;
    while (at < text.length() && isDigit(text.charAt(at))) {
      at++;
    }
    if (at == digits) {
      at = start;
      throw expecting(what);
    }
    try {
      return Long.parseLong(text, start, at, 10);
    } catch (NumberFormatException e) {
      throw refused(start, "a number beyond 64 bits");
    }
  }

  /// Reads text in quotes, with `\"`, `\\` and `\\uXXXX`.
  String string(String what) {
    int start = here();
    if (!take("\"")) {
      throw expecting(what);
    }
    var out = new StringBuilder();
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c == '"') {
        return out.toString();
      } else if (c == '\n') {
        break;
      } else if (c != '\\') {
        out.append(c);
      } else if (at < text.length() && (text.charAt(at) == '"' || text.charAt(at) == '\\')) {
        out.append(text.charAt(at++));
      } else {
        out.append(escaped(start));
      }
    }
    throw refused(start, "a string that does not end");
  }

  private char escaped(int start) {
    if (at + 5 <= text.length() && text.charAt(at) == 'u') {
      int code = 0;
      for (int i = 1; i <= 4; i++) {
        int digit = Character.digit(text.charAt(at + i), 16);
        code = digit < 0 || code < 0 ? -1 : 16 * code + digit;
      }
      if (code >= 0) {
        at += 5;
        return (char) code;
      }
    }
    throw refused(start, "an unknown escape in a string");
  }
}
