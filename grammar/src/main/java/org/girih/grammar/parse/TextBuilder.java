package org.girih.grammar.parse;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.Token;
import org.girih.grammar.ast.Expr.Part;
import org.girih.grammar.ast.Expr.Text;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.diagnostic.Diagnostic;
import org.girih.ir.source.Span;

/// Strings: escapes (`\n`, `\t`, `\\`, `\"`, and `u` with a code point in braces), doubled braces,
/// and holes `{expr}` and `{expr:format}`. A hole's expression is parsed where it is, so that its
/// spans are places in the file; it holds no quote and no escape, so that holes do not nest.
final class TextBuilder {
  private final AstBuilder ast;

  TextBuilder(AstBuilder ast) {
    this.ast = ast;
  }

  Text build(Token string) {
    var scanner = new Scanner(string.getStartIndex() + 1, string.getStopIndex());
    return new Text(ast.spans.of(string), scanner.parts());
  }

  /// The characters of a string that may have no holes.
  ///
  /// @param what what the string is, for the message
  String literal(Token string, String what) {
    StringBuilder text = new StringBuilder();
    for (Part part : build(string).parts()) {
      switch (part) {
        case Part.ItemTokens chunk -> text.append(chunk.text());
        case Part.Hole hole ->
            ast.errors.add(
                Diagnostic.error(Code.MISPLACED, hole.span(), "a " + what + " cannot have holes")
                    .help("write `{{` and `}}` for braces"));
      }
    }
    return text.toString();
  }

  private final class Scanner {
    private final String source = ast.errors.source().text();
    private final int end;
    private final List<Part> parts = new ArrayList<>();
    private final StringBuilder chunk = new StringBuilder();
    private int at;

    /// @param end where the closing quote is
    Scanner(int start, int end) {
      this.at = start;
      this.end = end;
    }

    List<Part> parts() {
      while (at < end) {
        char c = source.charAt(at);
        boolean doubled = at + 1 < end && source.charAt(at + 1) == c;
        if (c == '\\') {
          escape();
        } else if ((c == '{' || c == '}') && doubled) {
          chunk.append(c);
          at += 2;
        } else if (c == '{') {
          hole();
        } else if (c == '}') {
          complain(at, at + 1, "a `}` that closes no hole", "write `}}` for a brace");
          at++;
        } else {
          chunk.append(c);
          at++;
        }
      }
      flush();
      return List.copyOf(parts);
    }

    private void flush() {
      if (!chunk.isEmpty()) {
        parts.add(new Part.ItemTokens(chunk.toString()));
        chunk.setLength(0);
      }
    }

    private void escape() {
      int start = at;
      char c = source.charAt(at + 1);
      at += 2;
      switch (c) {
        case 'n' -> chunk.append('\n');
        case 't' -> chunk.append('\t');
        case '\\', '"' -> chunk.append(c);
        case 'u' -> codePoint(start);
        default ->
            complain(start, at, "no such escape", "there are `\\n \\t \\\\ \\\"` and `\\u{1f600}`");
      }
    }

    private void codePoint(int start) {
      int close = at < end && source.charAt(at) == '{' ? source.indexOf('}', at) : -1;
      String digits = close < 0 || close >= end ? "" : source.substring(at + 1, close);
      if (!digits.matches("[0-9a-fA-F]{1,6}")) {
        complain(start, at, "`\\u` without a code point", "write `\\u{1f600}`");
        return;
      }
      at = close + 1;
      int codePoint = Integer.parseInt(digits, 16);
      boolean surrogate = codePoint >= 0xD800 && codePoint <= 0xDFFF;
      if (surrogate || codePoint > Character.MAX_CODE_POINT) {
        complain(start, at, "no such code point", "they go to `\\u{10ffff}`");
      } else {
        chunk.appendCodePoint(codePoint);
      }
    }

    /// `{expr:format}`: the colon that separates them is not in a bracket.
    private void hole() {
      flush();
      int open = at;
      int colon = -1;
      int depth = 0;
      int i = open + 1;
      for (; i < end; i++) {
        char c = source.charAt(i);
        if (c == '}' && depth == 0) {
          break;
        } else if (c == '\\') {
          complain(i, i + 2, "an escape in a hole", "give the value a name with `let` before");
          at = end;
          return;
        } else if (c == ':' && depth == 0) {
          colon = colon < 0 ? i : colon;
        } else if (colon < 0 && (c == '(' || c == '[' || c == '{')) {
          depth++;
        } else if (colon < 0 && (c == ')' || c == ']' || c == '}')) {
          depth--;
        }
      }
      if (i >= end) {
        complain(open, open + 1, "a hole that is never closed", "write `{{` for a brace");
        at = end;
        return;
      }
      at = i + 1;
      Span span = new Span(ast.errors.source(), open, at);
      Optional<String> format =
          colon < 0 ? Optional.empty() : Optional.of(source.substring(colon + 1, i));
      SourceParser.hole(ast, open + 1, colon < 0 ? i : colon)
          .ifPresent(value -> parts.add(new Part.Hole(span, value, format)));
    }

    private void complain(int from, int to, String message, String help) {
      Span span = new Span(ast.errors.source(), from, Math.min(to, end));
      ast.errors.add(Diagnostic.error(Code.BAD_STRING, span, message).help(help));
    }
  }
}
