package org.girih.grammar.parse;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.CommonToken;
import org.antlr.v4.runtime.Token;
import org.girih.grammar.ast.Expr;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.diagnostic.Diagnostic;
import org.girih.ir.source.Source;
import org.girih.ir.source.Span;

/// The token filter between lexer and parser; see the head of `Girih.g4` for what it makes.
///
/// A line break ends a statement if the innermost open bracket is `{` or there is none, the token
/// before it can end an expression, and the token after cannot continue one. `let`, `def`,
/// `module`, `import` and `assert` always begin a line's statement, so that an error stays in its
/// own line. Several breaks make one `NL`; there is none before `}` or at the end.
final class Layout {
  /// The most tokens that one item may have; its parse tree takes some 500 bytes a token.
  static final int MAX_TOKENS = 1_000_000;

  private final SyntaxErrors errors;
  private final GirihLexer lexer;
  private final LexicalErrors lexical;
  private final Brackets brackets;
  private final Docs docs;

  private final List<Token> tokens = new ArrayList<>();
  private Token pending;
  private boolean pendingBreak;
  private boolean broken;
  private boolean openString;

  Layout(SyntaxErrors errors, int start, int end) {
    Source source = errors.source();
    this.errors = errors;
    this.lexer = new GirihLexer(new Utf16Stream(source.name(), source.text(), start, end));
    this.lexer.removeErrorListeners();
    this.lexical = new LexicalErrors(errors);
    this.docs = new Docs(source);
    this.brackets = new Brackets(errors, tokens);
  }

  /// The `##` comment at the head of the file; known once the first chunk was given.
  Optional<String> fileDoc() {
    return docs.fileDoc();
  }

  /// The next item; a last chunk that holds nothing but EOF is given too.
  ItemTokens next() {
    tokens.clear();
    brackets.clear();
    Optional<String> doc = Optional.empty();
    while (true) {
      Token token = take();
      boolean afterBreak = broken && !tokens.isEmpty();
      if (tokens.isEmpty() && token.getType() != Token.EOF) {
        doc = docs.above(token);
      }
      if (token.getType() == Token.EOF) {
        brackets.closeAll(token);
        return finish(doc, ItemTokens.End.FILE);
      }
      if (afterBreak) {
        if (openString) {
          brackets.closeAfterOpenString();
        }
        openString = false;
        brackets.unclosedBefore(token);
      }
      if (afterBreak && brackets.linesMatter() && endsStatement(tokens.getLast(), token)) {
        boolean goesOn = isDef(token) && awaitsDef() || isRequirement(token);
        if (brackets.none() && !goesOn) {
          pending = token;
          pendingBreak = true;
          return finish(doc, ItemTokens.End.LINE);
        }
        if (!isRequirement(token)) {
          tokens.add(made(GirihParser.NL, "\n"));
        }
      }
      place(token);
    }
  }

  /// Returns whether it begins the condition of the def whose head stands in the lines before.
  private boolean isRequirement(Token token) {
    return token.getType() == GirihParser.WHERE
        && brackets.none()
        && tokens.stream().anyMatch(Layout::isDef);
  }

  /// All there is, as one expression: line breaks mean nothing but in blocks.
  ItemTokens expression(ItemTokens.End end) {
    brackets.clear();
    while (true) {
      Token token = take();
      if (token.getType() == Token.EOF) {
        brackets.closeAll(token);
        return finish(Optional.empty(), end);
      }
      boolean inBlock = broken && !brackets.none() && brackets.linesMatter();
      if (inBlock && endsStatement(tokens.getLast(), token)) {
        tokens.add(made(GirihParser.NL, "\n"));
      }
      place(token);
    }
  }

  private ItemTokens finish(Optional<String> doc, ItemTokens.End end) {
    if (tokens.size() > MAX_TOKENS) {
      tooLarge();
    }
    tokens.add(made(Token.EOF, "<EOF>"));
    return new ItemTokens(List.copyOf(tokens), doc, end);
  }

  /// Reports an item that is too large; nothing is left of it then, but EOF.
  private void tooLarge() {
    Token first = tokens.getFirst();
    var at = new Span(errors.source(), first.getStartIndex(), first.getStopIndex() + 1);
    tokens.clear();
    errors.add(
        Diagnostic.error(Code.TOO_LARGE, at, "this has more than " + MAX_TOKENS + " tokens")
            .help("put large data into a file and `load` it"));
  }

  /// Reads over hidden tokens and tells what the lexer could not make sense of.
  private Token take() {
    if (pending != null) {
      Token token = pending;
      pending = null;
      broken = pendingBreak;
      return token;
    }
    broken = false;
    while (true) {
      Token token = errors.enough() ? lexer.emitEOF() : lexer.nextToken();
      switch (token.getType()) {
        case GirihParser.LINE -> broken = true;
        case GirihParser.DOC -> docs.add(token);
        case GirihParser.BAD_CHARACTER -> lexical.badCharacter(token);
        case GirihParser.BAD_NUMBER -> {
          return lexical.badNumber((CommonToken) token);
        }
        case GirihParser.OPEN_STRING, GirihParser.SINGLE_QUOTED -> {
          openString = token.getType() == GirihParser.OPEN_STRING;
          return lexical.badString((CommonToken) token);
        }
        default -> {
          return token;
        }
      }
    }
  }

  private void place(Token token) {
    int type = token.getType();
    int before = tokens.isEmpty() ? GirihParser.NL : tokens.getLast().getType();
    if (type == GirihParser.LPAREN || type == GirihParser.LBRACKET || type == GirihParser.LBRACE) {
      if (type == GirihParser.LPAREN && tokens.size() == 1 && isMesh(tokens.getFirst())) {
        ((CommonToken) tokens.getFirst()).setType(GirihParser.MESH);
      }
      if (type == GirihParser.LBRACE && before == GirihParser.ARROW && lambdaArrow()) {
        ((CommonToken) token).setType(GirihParser.LAMBDA_BRACE);
      }
      if (type == GirihParser.LPAREN && debugPrint()) {
        ((CommonToken) tokens.get(tokens.size() - 3)).setType(GirihParser.DEBUG);
      }
      brackets.open(token, endsExpression(before));
      tokens.add(token);
    } else if (type == GirihParser.RPAREN
        || type == GirihParser.RBRACKET
        || type == GirihParser.RBRACE) {
      brackets.close(token);
    } else {
      if (type == GirihParser.ARROW && before == GirihParser.RPAREN) {
        brackets.arrowAfterParen();
      }
      if (type == GirihParser.MATCH) {
        brackets.match();
      }
      tokens.add(token);
    }
  }

  /// Returns whether the arrow just placed is a lambda's or an arm's: that of a result type follows
  /// `)` of parameters.
  private boolean lambdaArrow() {
    return tokens.size() >= 2
        && (tokens.get(tokens.size() - 2).getType() != GirihParser.RPAREN
            || brackets.lastParenIsLambda()
            || brackets.inMatch());
  }

  /// Returns whether a statement begins with `debug.print`, and nothing follows yet.
  private boolean debugPrint() {
    int n = tokens.size();
    if (n < 3
        || !tokens.get(n - 1).getText().equals("print")
        || !tokens.get(n - 2).getText().equals(".")
        || !tokens.get(n - 3).getText().equals("debug")) {
      return false;
    }
    int before = n == 3 ? GirihParser.NL : tokens.get(n - 4).getType();
    return before == GirihParser.NL
        || before == GirihParser.LBRACE
        || before == GirihParser.LAMBDA_BRACE;
  }

  private static boolean isMesh(Token token) {
    return token.getType() == GirihParser.IDENT && token.getText().equals("mesh");
  }

  /// Returns whether all that was read of the item is `@jvp(f)` or the like.
  private boolean awaitsDef() {
    return tokens.getFirst().getType() == GirihParser.AT
        && tokens.stream().noneMatch(Layout::isDef);
  }

  private static boolean isDef(Token token) {
    return token.getType() == GirihParser.DEF;
  }

  /// A token of no width right after the last one.
  private CommonToken made(int type, String text) {
    return made(type, text, tokens.isEmpty() ? null : tokens.getLast());
  }

  static CommonToken made(int type, String text, Token after) {
    var token = new CommonToken(type, text);
    token.setStartIndex(after == null ? 0 : after.getStopIndex() + 1);
    token.setStopIndex(token.getStartIndex() - 1);
    return token;
  }

  private static boolean endsStatement(Token before, Token after) {
    if (startsStatement(after.getType())) {
      int type = before.getType();
      return type != GirihParser.LBRACE && type != GirihParser.LAMBDA_BRACE;
    }
    return endsExpression(before.getType()) && !continues(after.getType());
  }

  static boolean startsStatement(int type) {
    return switch (type) {
      case GirihParser.LET,
          GirihParser.DEF,
          GirihParser.MODULE,
          GirihParser.IMPORT,
          GirihParser.ASSERT ->
          true;
      default -> false;
    };
  }

  /// Returns whether an expression may end with such a token.
  static boolean endsExpression(int type) {
    return switch (type) {
      case GirihParser.IDENT,
          GirihParser.TYPE,
          GirihParser.TEST,
          GirihParser.BENCH,
          GirihParser.MAX,
          GirihParser.WHERE,
          GirihParser.INT,
          GirihParser.FLOAT,
          GirihParser.STRING,
          GirihParser.TRUE,
          GirihParser.FALSE,
          GirihParser.NONE,
          GirihParser.ELLIPSIS,
          GirihParser.UNDERSCORE,
          GirihParser.RPAREN,
          GirihParser.RBRACKET,
          GirihParser.RBRACE ->
          true;
      default -> false;
    };
  }

  /// Returns whether such a token goes on with the expression of the line before: brackets that
  /// close, and all operators but `+ - @`, which may begin a line of their own.
  ///
  /// @see Expr.BinaryOp
  private static boolean continues(int type) {
    return switch (type) {
      case GirihParser.RPAREN,
          GirihParser.RBRACKET,
          GirihParser.RBRACE,
          GirihParser.COMMA,
          GirihParser.DOT,
          GirihParser.RANGE,
          GirihParser.ASSIGN,
          GirihParser.ADD_ASSIGN,
          GirihParser.MULTIPLY_ASSIGN,
          GirihParser.COLON,
          GirihParser.PIPE,
          GirihParser.ARROW,
          GirihParser.THEN,
          GirihParser.ELSE,
          GirihParser.IN,
          GirihParser.WITH,
          GirihParser.AS,
          GirihParser.AND,
          GirihParser.OR,
          GirihParser.POWER,
          GirihParser.STAR,
          GirihParser.SLASH,
          GirihParser.FLOOR_DIVIDE,
          GirihParser.PERCENT,
          GirihParser.SHIFT_LEFT,
          GirihParser.SHIFT_RIGHT,
          GirihParser.AMPERSAND,
          GirihParser.CARET,
          GirihParser.BAR,
          GirihParser.EQ,
          GirihParser.NE,
          GirihParser.LT,
          GirihParser.LE,
          GirihParser.GT,
          GirihParser.GE ->
          true;
      default -> false;
    };
  }
}
