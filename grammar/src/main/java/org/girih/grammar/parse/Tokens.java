package org.girih.grammar.parse;

import org.antlr.v4.runtime.Token;

/// What the kinds of tokens mean to the layout.
final class Tokens {
  private Tokens() {}

  /// Whether an expression can end with it.
  static boolean ends(Token token) {
    return switch (token.getType()) {
      case GirihLexer.IDENT, GirihLexer.TYPE, GirihLexer.TEST, GirihLexer.MAX -> true;
      case GirihLexer.INT, GirihLexer.FLOAT, GirihLexer.STRING, GirihLexer.UNDERSCORE -> true;
      case GirihLexer.TRUE, GirihLexer.FALSE, GirihLexer.NONE, GirihLexer.ELLIPSIS -> true;
      case GirihLexer.RPAREN, GirihLexer.RBRACKET, GirihLexer.RBRACE -> true;
      default -> false;
    };
  }

  /// Whether it goes on with the expression before it; `+`, `-` and `@` may begin one instead.
  static boolean continues(Token token) {
    return switch (token.getType()) {
      case GirihLexer.RPAREN, GirihLexer.RBRACKET, GirihLexer.RBRACE, GirihLexer.COMMA -> true;
      case GirihLexer.DOT, GirihLexer.RANGE, GirihLexer.ASSIGN, GirihLexer.COLON -> true;
      case GirihLexer.ADD_ASSIGN, GirihLexer.MULTIPLY_ASSIGN, GirihLexer.PIPE -> true;
      case GirihLexer.ARROW, GirihLexer.THEN, GirihLexer.ELSE, GirihLexer.IN -> true;
      case GirihLexer.WITH, GirihLexer.AS, GirihLexer.AND, GirihLexer.OR -> true;
      case GirihLexer.POWER, GirihLexer.STAR, GirihLexer.FLOOR_DIVIDE, GirihLexer.SLASH -> true;
      case GirihLexer.PERCENT, GirihLexer.SHIFT_LEFT, GirihLexer.SHIFT_RIGHT -> true;
      case GirihLexer.AMPERSAND, GirihLexer.CARET, GirihLexer.BAR -> true;
      case GirihLexer.EQ, GirihLexer.NE, GirihLexer.LT, GirihLexer.LE -> true;
      case GirihLexer.GT, GirihLexer.GE -> true;
      default -> false;
    };
  }
}
