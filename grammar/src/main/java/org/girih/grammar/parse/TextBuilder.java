package org.girih.grammar.parse;

import java.util.ArrayList;
import java.util.Optional;
import org.antlr.v4.runtime.Token;
import org.girih.grammar.ast.Expr;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.diagnostic.Diagnostic;
import org.girih.ir.source.Span;

/// Strings: escapes resolved, `{{` and `}}` braces, `{expr}` and `{expr:format}` holes whose places
/// are those in the file.
final class TextBuilder {
  private final SourceParser parser;
  private final String text;
  private final int end;
  private final ArrayList<Expr.Part> parts = new ArrayList<>();
  private final StringBuilder chunk = new StringBuilder();
  private int position;

  private TextBuilder(SourceParser parser, Token token) {
    this.parser = parser;
    this.text = parser.errors().source().text();
    this.position = token.getStartIndex() + 1;
    this.end = token.getStopIndex();
  }

  static Expr.Text text(SourceParser parser, Token token) {
    var builder = new TextBuilder(parser, token);
    builder.run();
    return new Expr.Text(parser.spans().of(token), builder.parts);
  }

  /// A string without holes: a path, a test's name.
  static String plain(SourceParser parser, Token token) {
    var out = new StringBuilder();
    for (Expr.Part part : text(parser, token).parts()) {
      switch (part) {
        case Expr.Part.Chunk(String piece) -> out.append(piece);
        case Expr.Part.Hole(Span at, _, _) ->
            parser
                .errors()
                .add(Diagnostic.error(Code.BAD_STRING, at, "this string takes no holes"));
      }
    }
    return out.toString();
  }

  private void run() {
    while (position < end) {
      char c = text.charAt(position);
      if (c == '\\') {
        escape();
      } else if (c == '{' && peek(1) == '{' || c == '}' && peek(1) == '}') {
        chunk.append(c);
        position += 2;
      } else if (c == '{') {
        hole();
      } else if (c == '}') {
        bad(position, position + 1, "a lone `}` in a string", "write `}}`");
        position++;
      } else {
        chunk.append(c);
        position++;
      }
    }
    flush();
  }

  private char peek(int by) {
    return position + by < end ? text.charAt(position + by) : '\0';
  }

  private void flush() {
    if (!chunk.isEmpty()) {
      parts.add(new Expr.Part.Chunk(chunk.toString()));
      chunk.setLength(0);
    }
  }

  private void bad(int from, int to, String message, String help) {
    parser
        .errors()
        .add(
            Diagnostic.error(
                    Code.BAD_STRING, new Span(parser.errors().source(), from, to), message)
                .help(help));
  }

  private void escape() {
    int from = position;
    char c = peek(1);
    position += 2;
    switch (c) {
      case 'n' -> chunk.append('\n');
      case 't' -> chunk.append('\t');
      case 'r' -> chunk.append('\r');
      case '0' -> chunk.append('\0');
      case '\\', '"', '{', '}' -> chunk.append(c);
      case 'u' -> unicode(from);
      default ->
          bad(from, position, "unknown escape `\\" + c + "`", "`\\\\` is a backslash");
    }
  }

  private void unicode(int from) {
    int close = text.indexOf('}', position);
    boolean braces = position < end && text.charAt(position) == '{' && close > 0 && close < end;
    String digits = braces ? text.substring(position + 1, close) : "";
    if (!digits.matches("[0-9a-fA-F]{1,6}") || !Character.isValidCodePoint(Integer.parseInt(digits, 16))) {
      bad(from, position, "a `\\u` escape without code point", "`\\u{3b1}` is α");
      return;
    }
    chunk.appendCodePoint(Integer.parseInt(digits, 16));
    position = close + 1;
  }

  private void hole() {
    flush();
    int open = position;
    int depth = 0;
    int colon = -1;
    int at = open + 1;
    for (; at < end; at++) {
      char c = text.charAt(at);
      if (c == '(' || c == '[' || c == '{') {
        depth++;
      } else if (depth == 0 && c == '}') {
        break;
      } else if (c == ')' || c == ']' || c == '}') {
        depth--;
      } else if (c == ':' && depth == 0 && colon < 0) {
        colon = at;
      }
    }
    position = Math.min(at + 1, end);
    if (at >= end) {
      bad(open, open + 1, "a hole that is not closed", "`{{` is a brace");
      return;
    }
    int stop = colon < 0 ? at : colon;
    if (text.substring(open + 1, stop).isBlank()) {
      bad(open, at + 1, "an empty hole", "`{{` and `}}` are braces");
      return;
    }
    Expr value = parser.hole(open + 1, stop);
    if (value != null) {
      parts.add(
          new Expr.Part.Hole(
              new Span(parser.errors().source(), open, at + 1),
              value,
              colon < 0 ? Optional.empty() : Optional.of(text.substring(colon + 1, at))));
    }
  }
}
