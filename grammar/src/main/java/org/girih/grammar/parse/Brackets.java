package org.girih.grammar.parse;

import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.CommonToken;
import org.antlr.v4.runtime.Token;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.diagnostic.Diagnostic;
import org.girih.ir.source.Source;

/// The brackets that are open in an item. One that is never closed is told with its place and
/// closed where it was probably meant to be, so that the parser sees none that does not match.
final class Brackets {
  /// @param postfix whether it follows an expression: a call, parameters
  /// @param arms whether it holds the arms of a `match`
  private record Open(Token token, boolean postfix, boolean arms) {}

  /// The number of open brackets that are looked at for the one that a closing bracket fits:
  /// whoever nests deeper is refused anyway, and so a long row of brackets takes linear time.
  private static final int LOOK_BACK = 2 * Nesting.MAX_NESTED;

  private final SyntaxErrors errors;
  private final Source source;
  private final Spans spans;
  private final List<Token> tokens;
  private final List<Open> open = new ArrayList<>();
  private final List<Integer> matches = new ArrayList<>();
  private Open closedLast;

  /// @param tokens the item's, to which closing brackets are added
  Brackets(SyntaxErrors errors, List<Token> tokens) {
    this.errors = errors;
    this.source = errors.source();
    this.spans = new Spans(source);
    this.tokens = tokens;
  }

  void clear() {
    open.clear();
    matches.clear();
    closedLast = null;
  }

  boolean none() {
    return open.isEmpty();
  }

  /// Returns whether a line break can end a statement here.
  boolean linesMatter() {
    return open.isEmpty() || isBrace(open.getLast().token());
  }

  void open(Token token, boolean postfix) {
    boolean arms =
        token.getType() == GirihParser.LBRACE
            && !matches.isEmpty()
            && matches.getLast() == open.size();
    if (arms) {
      matches.removeLast();
    }
    open.add(new Open(token, postfix, arms));
  }

  /// Is called at `match`: the next `{` in the same bracket holds its arms.
  void match() {
    matches.add(open.size());
  }

  /// Returns whether the innermost bracket holds arms.
  boolean inMatch() {
    return !open.isEmpty() && open.getLast().arms();
  }

  /// Places a closing bracket, after those of brackets inside that lack one; drops it where none
  /// is open that it could close.
  void close(Token token) {
    int match = open.size() - 1;
    int last = Math.max(0, open.size() - LOOK_BACK);
    while (match >= last && closing(open.get(match).token()) != token.getType()) {
      match--;
    }
    if (match >= last && match < open.size() - 1 && !mayCloseOver(match, token)) {
      match = -1;
    }
    if (match < last) {
      stray(token);
      return;
    }
    if (match < open.size() - 1) {
      complain(open.getLast().token(), token);
      while (open.size() - 1 > match) {
        closeLast();
      }
    }
    closedLast = open.removeLast();
    tokens.add(token);
  }

  /// `)` closes over a `{` that lacks its `}` only in one line or at the head of its own line; else
  /// it is more likely that the `)` itself is too much.
  private boolean mayCloseOver(int match, Token token) {
    if (token.getType() == GirihParser.RBRACE) {
      return true;
    }
    boolean braces =
        open.subList(match + 1, open.size()).stream().anyMatch(o -> isBrace(o.token()));
    int line = line(token);
    return !braces || line(open.get(match).token()) == line || line(tokens.getLast()) != line;
  }

  private void stray(Token token) {
    var error =
        Diagnostic.error(
            Code.UNCLOSED, spans.of(token), "`" + token.getText() + "` closes nothing");
    if (!open.isEmpty()) {
      Token last = open.getLast().token();
      error = error.label(spans.of(last), "`" + last.getText() + "` is open here");
    }
    errors.add(error);
  }

  /// Is told before a token that begins a line and cannot be in `(` or `[`, or, as `def` at the
  /// item's own indentation, in no bracket at all.
  void unclosedBefore(Token token) {
    if (open.isEmpty() || !Layout.startsStatement(token.getType())) {
      return;
    }
    boolean item =
        token.getType() != GirihParser.LET
            && token.getType() != GirihParser.ASSERT
            && indent(token) <= indent(tokens.getFirst());
    if (item || !isBrace(open.getLast().token())) {
      complain(open.getLast().token(), token);
    }
    while (!open.isEmpty() && (item || !isBrace(open.getLast().token()))) {
      closeLast();
    }
  }

  /// A string that is never closed has taken the brackets that would have closed in its line.
  void closeAfterOpenString() {
    int line = line(tokens.getLast());
    while (!linesMatter() && line(open.getLast().token()) == line) {
      closeLast();
    }
  }

  private int indent(Token token) {
    return token.getStartIndex() - source.lineStart(line(token));
  }

  /// Is called at the end of the file.
  void closeAll(Token end) {
    if (!open.isEmpty()) {
      complain(open.getLast().token(), end);
    }
    while (!open.isEmpty()) {
      closeLast();
    }
  }

  private void complain(Token opening, Token noticed) {
    String message = "`" + opening.getText() + "` is never closed";
    var error = Diagnostic.error(Code.UNCLOSED, spans.of(opening), message);
    if (noticed.getType() != Token.EOF) {
      String closing = text(closing(opening));
      error = error.label(spans.of(noticed), "`" + closing + "` is missing before this");
    }
    errors.add(error);
  }

  private void closeLast() {
    closedLast = open.removeLast();
    int type = closing(closedLast.token());
    tokens.add(Layout.made(type, text(type), tokens.getLast()));
  }

  /// A `->` follows a `)`: unless that ended parameters, its `(` opened those of a lambda.
  void arrowAfterParen() {
    if (!closedLast.postfix()) {
      ((CommonToken) closedLast.token()).setType(GirihParser.LAMBDA_PAREN);
    }
  }

  /// Returns whether the bracket that was closed last is `(` of a lambda.
  boolean lastParenIsLambda() {
    return closedLast.token().getType() == GirihParser.LAMBDA_PAREN;
  }

  private int line(Token token) {
    return source.line(token.getStartIndex());
  }

  private static boolean isBrace(Token token) {
    return closing(token) == GirihParser.RBRACE;
  }

  private static int closing(Token opening) {
    return switch (opening.getType()) {
      case GirihParser.LBRACE, GirihParser.LAMBDA_BRACE -> GirihParser.RBRACE;
      case GirihParser.LBRACKET -> GirihParser.RBRACKET;
      default -> GirihParser.RPAREN;
    };
  }

  private static String text(int closing) {
    return switch (closing) {
      case GirihParser.RBRACE -> "}";
      case GirihParser.RBRACKET -> "]";
      default -> ")";
    };
  }
}
