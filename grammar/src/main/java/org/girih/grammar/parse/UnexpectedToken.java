package org.girih.grammar.parse;

import java.util.List;
import java.util.Set;
import org.antlr.v4.runtime.Token;

/// The surroundings of an unexpected token.
///
/// @param tokens of the chunk
/// @param index of the token
/// @param rules that the parser was in, innermost first
/// @param expected what could be there, as [Expected] calls it
record UnexpectedToken(List<Token> tokens, int index, List<String> rules, Set<String> expected) {
  Token token() {
    return tokens.get(index);
  }

  int type() {
    return type(0);
  }

  String text() {
    return text(0);
  }

  /// Returns the type of the token that many places on, or EOF.
  int type(int by) {
    return inside(by) ? tokens.get(index + by).getType() : Token.EOF;
  }

  /// Returns the text of the token that many places on, or nothing.
  String text(int by) {
    return inside(by) ? tokens.get(index + by).getText() : "";
  }

  private boolean inside(int by) {
    return index + by >= 0 && index + by < tokens.size();
  }

  boolean expects(String what) {
    return expected.contains(what);
  }

  boolean in(String rule) {
    return rules.contains(rule);
  }

  /// Returns whether the token that many places on follows the one before it without a blank.
  boolean adjacent(int by) {
    return inside(by - 1)
        && inside(by)
        && tokens.get(index + by - 1).getStopIndex() + 1 == tokens.get(index + by).getStartIndex();
  }

  /// The type of the bracket that is open around the token, or EOF.
  int bracket() {
    int open = enclosing();
    return open < 0 ? Token.EOF : tokens.get(open).getType();
  }

  private int enclosing() {
    int depth = 0;
    for (int i = index - 1; i >= 0; i--) {
      switch (tokens.get(i).getType()) {
        case GirihParser.RPAREN, GirihParser.RBRACKET, GirihParser.RBRACE -> depth++;
        case GirihParser.LPAREN,
            GirihParser.LAMBDA_PAREN,
            GirihParser.LBRACKET,
            GirihParser.LBRACE,
            GirihParser.LAMBDA_BRACE -> {
          if (depth == 0) {
            return i;
          }
          depth--;
        }
        default -> {}
      }
    }
    return -1;
  }

  /// The index at which the statement begins that holds the token, brackets inside it aside; that
  /// of the token itself if it begins one.
  int statement() {
    int depth = 0;
    for (int i = index - 1; i >= 0; i--) {
      switch (tokens.get(i).getType()) {
        case GirihParser.RPAREN, GirihParser.RBRACKET, GirihParser.RBRACE -> depth++;
        case GirihParser.LBRACE, GirihParser.LAMBDA_BRACE -> {
          if (depth == 0) {
            return i + 1;
          }
          depth--;
        }
        case GirihParser.LPAREN, GirihParser.LAMBDA_PAREN, GirihParser.LBRACKET ->
            depth = Math.max(0, depth - 1);
        case GirihParser.NL -> {
          if (depth == 0) {
            return i + 1;
          }
        }
        default -> {}
      }
    }
    return 0;
  }

  /// The type of the token with which the statement begins.
  int head() {
    return tokens.get(statement()).getType();
  }

  /// Returns whether such a token is in the statement before this one.
  boolean after(int type) {
    return tokens.subList(statement(), index).stream().anyMatch(t -> t.getType() == type);
  }
}
