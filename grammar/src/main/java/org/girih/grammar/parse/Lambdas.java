package org.girih.grammar.parse;

import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.antlr.v4.runtime.CommonToken;
import org.antlr.v4.runtime.Token;

/// Marks what only a look at the closing bracket tells: `(` before `) ->` heads a lambda, and `{`
/// after its `->` is a block. The parameter lists of a def and a module are no lambdas, though a
/// result type's `->` may follow them.
final class Lambdas {
  private Lambdas() {}

  static void mark(List<Token> tokens) {
    mesh(tokens);
    Set<Token> params = new HashSet<>();
    Set<Token> results = new HashSet<>();
    parameterLists(tokens, params, results);
    var open = new ArrayDeque<Token>();
    for (int i = 0; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      switch (token.getType()) {
        case GirihLexer.LPAREN, GirihLexer.LBRACKET, GirihLexer.LBRACE -> open.push(token);
        case GirihLexer.RPAREN, GirihLexer.RBRACKET, GirihLexer.RBRACE -> {
          Token opened = open.pop();
          boolean arrow =
              i + 1 < tokens.size() && tokens.get(i + 1).getType() == GirihLexer.ARROW;
          if (arrow && opened.getType() == GirihLexer.LPAREN && !params.contains(opened)) {
            ((CommonToken) opened).setType(GirihParser.LAMBDA_PAREN);
          }
        }
        case GirihLexer.ARROW -> {
          boolean brace =
              i + 1 < tokens.size() && tokens.get(i + 1).getType() == GirihLexer.LBRACE;
          if (brace && !results.contains(token)) {
            // The bracket is matched as `{` first, so it gets its type when all are.
            open.push(tokens.get(i + 1));
            i++;
          }
        }
        default -> {}
      }
    }
    for (int i = 0; i + 1 < tokens.size(); i++) {
      if (tokens.get(i).getType() == GirihLexer.ARROW
          && !results.contains(tokens.get(i))
          && tokens.get(i + 1).getType() == GirihLexer.LBRACE) {
        ((CommonToken) tokens.get(i + 1)).setType(GirihParser.LAMBDA_BRACE);
      }
    }
  }

  private static void mesh(List<Token> tokens) {
    boolean head =
        tokens.size() > 1
            && tokens.get(0).getText().equals("mesh")
            && tokens.get(1).getType() == GirihLexer.LPAREN;
    if (head) {
      tokens.set(0, Layout.retyped(tokens.get(0), GirihParser.MESH));
    }
  }

  /// The outer parentheses after `def name` and `module name`, and the `->` of the result.
  private static void parameterLists(List<Token> tokens, Set<Token> params, Set<Token> results) {
    int lists = 0;
    int depth = 0;
    boolean after = false;
    for (Token token : tokens) {
      int type = token.getType();
      if (depth == 0 && type == GirihLexer.DEF) {
        lists = 1;
      } else if (depth == 0 && type == GirihLexer.MODULE) {
        lists = 2;
      } else if (depth == 0 && type == GirihLexer.LPAREN && lists > 0) {
        params.add(token);
      } else if (depth == 0 && after && type == GirihLexer.ARROW) {
        results.add(token);
        return;
      } else if (depth == 0 && after) {
        return;
      }
      boolean opens =
          type == GirihLexer.LPAREN || type == GirihLexer.LBRACKET || type == GirihLexer.LBRACE;
      boolean closes =
          type == GirihLexer.RPAREN || type == GirihLexer.RBRACKET || type == GirihLexer.RBRACE;
      depth += opens ? 1 : closes ? -1 : 0;
      if (depth == 0 && type == GirihLexer.RPAREN && lists > 0) {
        lists--;
        after = lists == 0;
      }
    }
  }
}
