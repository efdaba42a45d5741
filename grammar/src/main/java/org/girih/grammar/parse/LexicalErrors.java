package org.girih.grammar.parse;

import java.util.Optional;
import org.antlr.v4.runtime.CommonToken;
import org.antlr.v4.runtime.Token;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.diagnostic.Diagnostic;
import org.girih.ir.diagnostic.Visible;

/// Reports what the lexer could not make sense of, which is replaced by what was probably meant, so
/// that the parser can go on.
final class LexicalErrors {
  private final SyntaxErrors errors;
  private final Spans spans;

  LexicalErrors(SyntaxErrors errors) {
    this.errors = errors;
    this.spans = new Spans(errors.source());
  }

  /// The token is dropped.
  void badCharacter(Token token) {
    if (errors.covers(token.getStartIndex())) {
      return;
    }
    String text = token.getText();
    if (token.getStartIndex() == 0 && text.startsWith("\uFEFF")) {
      if (text.length() == 1) {
        return; // a byte order mark
      }
      text = text.substring(1);
    }
    Diagnostic error =
        Diagnostic.error(
            Code.BAD_CHARACTER, spans.of(token), "unexpected character " + shown(text));
    errors.add(help(text).map(error::help).orElse(error));
  }

  private static String shown(String text) {
    int first = text.codePointAt(0);
    boolean visible =
        !Visible.hidden(first) && Character.isDefined(first) && !Character.isSpaceChar(first);
    String code = String.format("U+%04X", first);
    return visible ? "`" + Character.toString(first) + "`" : code;
  }

  private static Optional<String> help(String text) {
    return switch (text.charAt(0)) {
      case ';' -> Optional.of("a line break ends a statement");
      case '!' -> Optional.of("write `not x`");
      case '?' -> Optional.of("write `if c then a else b`");
      case '\'' -> Optional.of("strings are in double quotes");
      case '$', '\\', '`' -> Optional.empty();
      case '\u201C', '\u201D', '\u2018', '\u2019' ->
          Optional.of("strings are in straight double quotes");
      case '\u00D7', '\u22C5' -> Optional.of("write `*`");
      case '\u2212', '\u2013' -> Optional.of("write `-`");
      case '\u2264' -> Optional.of("write `<=`");
      case '\u2265' -> Optional.of("write `>=`");
      case '\u2260' -> Optional.of("write `!=`");
      case '\u2192' -> Optional.of("write `->`");
      case '\u00A0' -> Optional.of("this is a no-break space: write a plain one");
      case '\r' -> Optional.of("lines end with a line feed");
      default ->
          Character.isLetter(text.codePointAt(0))
              ? Optional.of("names have the letters a to z, A to Z, digits and `_`")
              : Optional.empty();
    };
  }

  /// Reports a bad number, which becomes 0.
  Token badNumber(CommonToken token) {
    String text = token.getText();
    Diagnostic error =
        Diagnostic.error(
            Code.BAD_NUMBER, spans.of(token), "`" + clipped(text) + "` is not a number");
    errors.add(numberHelp(text).map(error::help).orElse(error));
    return replaced(token, GirihParser.INT, "0");
  }

  private static Optional<String> numberHelp(String text) {
    if (text.startsWith("0x") || text.startsWith("0X")) {
      return Optional.of("hexadecimal digits follow `0x`");
    } else if (text.startsWith("0b") || text.startsWith("0B")) {
      return Optional.of("the digits 0 and 1 follow `0b`");
    } else if (text.startsWith("0o")) {
      return Optional.of("Girih has no octal numbers: write `0x…`");
    } else if (text.endsWith("_") || text.contains("__")) {
      return Optional.of("one `_` is allowed between two digits");
    } else if (text.endsWith("j") || text.endsWith("i")) {
      return Optional.of("Girih has no imaginary literals: write `complex(0.0, 1.0)`");
    } else if (text.matches("[0-9._]+[eE]")) {
      return Optional.of("digits follow `e`");
    }
    return Optional.of("a name does not begin with a digit");
  }

  /// Reports a bad string, which becomes one without holes.
  Token badString(CommonToken token) {
    boolean single = token.getType() == GirihParser.SINGLE_QUOTED;
    Diagnostic error =
        single
            ? Diagnostic.error(Code.BAD_STRING, spans.of(token), "a string in single quotes")
                .help("strings are in double quotes")
            : Diagnostic.error(Code.BAD_STRING, spans.of(token), "a string that is never closed")
                .help("it ends with `\"` in the same line");
    errors.add(error);
    return replaced(token, GirihParser.STRING, "\"\"");
  }

  private static Token replaced(CommonToken token, int type, String text) {
    token.setType(type);
    token.setText(text);
    return token;
  }

  private static String clipped(String text) {
    return text.length() <= 30 ? text : text.substring(0, 27) + "…";
  }
}
