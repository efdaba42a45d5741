package org.girih.grammar.parse;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.antlr.v4.runtime.Token;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.diagnostic.Diagnostic;
import org.girih.ir.source.Source;
import org.girih.ir.source.Span;

/// Words for a syntax error: `unexpected ..., expecting ...`, or what is wrong with a thing that is
/// right elsewhere, and a hint where there is one.
final class Mistakes {
  /// More expected tokens than this tell nothing.
  private static final int MOST = 6;

  private Mistakes() {}

  static Diagnostic explain(
      Source source, ItemTokens chunk, List<Token> tokens, Failure.Unexpected failure) {
    Token token = failure.token();
    int index = token.getTokenIndex();
    Set<String> expected = Expected.at(tokens, failure.place(), index);
    var scene = new UnexpectedToken(tokens, index, failure.rules(), expected);
    Span span = new Spans(source).of(token);
    Optional<Diagnostic> misplaced = misplaced(scene, span);
    if (misplaced.isPresent()) {
      return misplaced.get();
    }
    String message = "unexpected " + shown(chunk, token) + expecting(chunk, token, expected);
    Diagnostic error = Diagnostic.error(Code.SYNTAX, span, message);
    return Hints.find(scene).map(error::help).orElse(error);
  }

  /// Reports what may be in the host program or at the top level, but not in a block.
  private static Optional<Diagnostic> misplaced(UnexpectedToken scene, Span span) {
    boolean inBlock = scene.in("blockRest") || scene.in("block");
    boolean begins = scene.index() == scene.statement();
    String text = scene.text();
    return switch (scene.type()) {
      case GirihParser.NL ->
          inBlock && scene.rules().getFirst().equals("blockRest") && scene.expects("`}`")
              ? misplaced(
                  span.source(),
                  scene,
                  "only `let`s are allowed before the last expression of a block",
                  "`print` and other effects belong in the host program")
              : Optional.empty();
      case GirihParser.FOR, GirihParser.WHILE ->
          inBlock && begins
              ? misplaced(
                  span,
                  "`" + text + "` is a statement of the host program",
                  text.equals("for")
                      ? "write `let x = loop x for i in 0..n { … }`"
                      : "write `let x = loop x while c { … }`")
              : Optional.empty();
      case GirihParser.ASSERT ->
          inBlock && begins
              ? misplaced(
                  span, "`assert` is a statement of the host program", "it may also be in a `test`")
              : Optional.empty();
      case GirihParser.DEF ->
          begins && scene.index() > 0
              ? misplaced(
                  span, "a def must be at the top level", "in a block, `let f = x -> …` names one")
              : Optional.empty();
      case GirihParser.MODULE, GirihParser.IMPORT ->
          begins && scene.index() > 0
              ? misplaced(span, "`" + text + "` must be at the top level", "move it out")
              : Optional.empty();
      default -> Optional.empty();
    };
  }

  /// Reports that the whole statement that the line break ends is in the wrong place.
  private static Optional<Diagnostic> misplaced(
      Source source, UnexpectedToken scene, String message, String help) {
    Token first = scene.tokens().get(scene.statement());
    Token last = scene.tokens().get(scene.index() - 1);
    return misplaced(new Spans(source).between(first, last), message, help);
  }

  private static Optional<Diagnostic> misplaced(Span span, String message, String help) {
    return Optional.of(Diagnostic.error(Code.MISPLACED, span, message).help(help));
  }

  private static String shown(ItemTokens chunk, Token token) {
    return switch (token.getType()) {
      case Token.EOF -> chunk.end().unexpected();
      case GirihParser.NL -> "end of line";
      case GirihParser.STRING -> "string";
      default -> (keyword(token) ? "keyword `" : "`") + token.getText() + "`";
    };
  }

  private static boolean keyword(Token token) {
    return token.getType() != GirihParser.IDENT
        && Character.isLetter(token.getText().codePointAt(0));
  }

  private static String expecting(ItemTokens chunk, Token token, Set<String> expected) {
    var names = new ArrayList<>(expected);
    if (token.getType() == Token.EOF || token.getType() == GirihParser.NL) {
      names.remove(Expected.LINE_BREAK);
    }
    names.replaceAll(name -> name.equals(Expected.LINE_BREAK) ? chunk.end().expected() : name);
    if (names.size() > 1) {
      names.remove(Expected.OPERATOR);
    }
    if (names.size() > MOST) {
      // What is told by a name says more than all the tokens beside it.
      names.removeIf(name -> name.startsWith("`"));
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
