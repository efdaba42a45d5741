package org.girih.grammar.parse;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.antlr.v4.runtime.Token;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.diagnostic.Diagnostic;
import org.girih.ir.source.Source;

/// Words for a syntax error: `unexpected ..., expecting ...`.
final class Mistakes {
  private static final int MOST = 6;

  private Mistakes() {}

  static Diagnostic explain(
      Source source, Chunk chunk, List<Token> tokens, Failure.Unexpected failure) {
    Token token = failure.token();
    Set<String> expected = Expected.at(tokens, failure.place(), token.getTokenIndex());
    String message = "unexpected " + shown(chunk, token) + expecting(expected);
    return Diagnostic.error(Code.SYNTAX, new Spans(source).of(token), message);
  }

  private static String shown(Chunk chunk, Token token) {
    return switch (token.getType()) {
      case Token.EOF -> chunk.last() ? "end of file" : "end of line";
      case GirihParser.NL -> "end of line";
      case GirihParser.STRING -> "string";
      default -> "`" + token.getText() + "`";
    };
  }

  private static String expecting(Set<String> expected) {
    var names = new ArrayList<>(expected);
    if (names.size() > 1) {
      names.remove(Expected.OPERATOR);
    }
    if (names.isEmpty() || names.size() > MOST) {
      return "";
    }
    if (names.size() == 1) {
      return ", expecting " + names.getFirst();
    }
    String last = names.removeLast();
    return ", expecting " + String.join(", ", names) + " or " + last;
  }
}
