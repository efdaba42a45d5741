package org.girih.grammar.parse;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.antlr.v4.runtime.Token;

/// The `##` comments since the last token.
final class Docs {
  private final List<Token> lines = new ArrayList<>();

  void add(Token token) {
    lines.add(token);
  }

  void clear() {
    lines.clear();
  }

  /// Those on the lines right above a token.
  Optional<String> above(Token token) {
    var block = new ArrayList<Token>();
    int line = token.getLine();
    for (int i = lines.size() - 1; i >= 0 && lines.get(i).getLine() == line - 1; i--) {
      block.addFirst(lines.get(i));
      line--;
    }
    return text(block);
  }

  /// The text of a file's head: `##` lines from its first line on, then an empty line.
  static Optional<String> head(List<Token> tokens) {
    var block = new ArrayList<Token>();
    for (Token token : tokens) {
      if (token.getType() == GirihLexer.DOC && token.getLine() == block.size() + 1) {
        block.add(token);
      } else if (token.getType() != GirihLexer.LINE) {
        return token.getLine() == block.size() + 1 ? Optional.empty() : text(block);
      }
    }
    return text(block);
  }

  private static Optional<String> text(List<Token> block) {
    return block.isEmpty()
        ? Optional.empty()
        : Optional.of(
            block.stream()
                .map(t -> t.getText().substring(2).strip())
                .collect(Collectors.joining("\n")));
  }
}
