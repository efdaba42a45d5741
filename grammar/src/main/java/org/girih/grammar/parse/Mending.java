package org.girih.grammar.parse;

import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.CommonToken;
import org.antlr.v4.runtime.Token;

/// A chunk's tokens with faulty statements replaced by valid ones. What is replaced is what is
/// between two line breaks, or the bracket's ends, in the innermost `{` around the error; if the
/// replacement does not fit either (it was a record type, say), what is in the next one.
final class Mending {
  private List<Token> tokens;

  Mending(List<Token> tokens) {
    this.tokens = tokens;
  }

  List<Token> tokens() {
    return tokens;
  }

  /// Returns whether the user wrote the token; an error at another one is a consequence of mending.
  boolean original(Token token) {
    return !(token instanceof Filler);
  }

  /// A token that represents what was replaced.
  private static final class Filler extends CommonToken {
    private static final long serialVersionUID = 1L;

    Filler(int type, String text, Token place) {
      super(type, text);
      setStartIndex(place.getStartIndex());
      setStopIndex(place.getStopIndex());
    }
  }

  /// Replaces the statement that holds the token.
  ///
  /// @return false if there is none: the whole item is faulty
  boolean mend(int error) {
    int open = enclosing(Math.min(error, tokens.size() - 1));
    while (open >= 0) {
      int start = lineStart(open, error);
      int end = lineEnd(start);
      if (!(end - start <= 4 && isFilled(start, end))) {
        replace(start, end);
        return true;
      }
      open = enclosing(open);
    }
    return false;
  }

  private boolean isFilled(int start, int end) {
    return start < end && tokens.subList(start, end).stream().anyMatch(t -> t instanceof Filler);
  }

  /// The innermost `{` that is open before the token, or -1.
  private int enclosing(int index) {
    int depth = 0;
    for (int i = index - 1; i >= 0; i--) {
      if (isClosing(i)) {
        depth++;
      } else if (isOpening(i)) {
        depth--;
        if (depth < 0) {
          if (isBrace(i)) {
            return i;
          }
          depth = 0;
        }
      }
    }
    return -1;
  }

  /// Returns where the statement begins that holds the token, or ends at it.
  private int lineStart(int open, int error) {
    int start = open + 1;
    int depth = 0;
    for (int i = open + 1; i < error; i++) {
      depth += isOpening(i) ? 1 : isClosing(i) ? -1 : 0;
      if (depth == 0 && tokens.get(i).getType() == GirihParser.NL) {
        start = i + 1;
      }
    }
    return start;
  }

  private int lineEnd(int start) {
    int depth = 0;
    for (int i = start; i < tokens.size(); i++) {
      int type = tokens.get(i).getType();
      if (depth == 0 && (type == GirihParser.NL || type == GirihParser.RBRACE)) {
        return i;
      }
      depth += isOpening(i) ? 1 : isClosing(i) ? -1 : 0;
    }
    return tokens.size() - 1;
  }

  /// Replaces it by `let _ = filler`, or by `filler` where it is the last in its bracket.
  private void replace(int start, int end) {
    Token place = tokens.get(Math.min(start, tokens.size() - 1));
    var mended = new ArrayList<Token>(tokens.subList(0, start));
    if (tokens.get(end).getType() == GirihParser.NL) {
      mended.add(new Filler(GirihParser.LET, "let", place));
      mended.add(new Filler(GirihParser.UNDERSCORE, "_", place));
      mended.add(new Filler(GirihParser.ASSIGN, "=", place));
    }
    mended.add(new Filler(GirihParser.IDENT, "filler", place));
    mended.addAll(tokens.subList(end, tokens.size()));
    tokens = mended;
  }

  private boolean isBrace(int i) {
    int type = tokens.get(i).getType();
    return type == GirihParser.LBRACE || type == GirihParser.LAMBDA_BRACE;
  }

  private boolean isOpening(int i) {
    return switch (tokens.get(i).getType()) {
      case GirihParser.LPAREN,
          GirihParser.LAMBDA_PAREN,
          GirihParser.LBRACKET,
          GirihParser.LBRACE,
          GirihParser.LAMBDA_BRACE ->
          true;
      default -> false;
    };
  }

  private boolean isClosing(int i) {
    return switch (tokens.get(i).getType()) {
      case GirihParser.RPAREN, GirihParser.RBRACKET, GirihParser.RBRACE -> true;
      default -> false;
    };
  }
}
