package org.girih.grammar.parse;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.CommonToken;
import org.antlr.v4.runtime.Token;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.diagnostic.Diagnostic;
import org.girih.ir.source.Span;

/// The token filter: line breaks that end something become `NL`, brackets are matched, heads of
/// lambdas are marked, and the file is cut into its items.
///
/// A line break counts if the innermost open bracket is `{` or there is none, the token before can
/// end an expression, and the token after cannot continue one.
final class Layout {
  /// Brackets inside brackets, at most.
  static final int MAX_NESTED = 500;

  private final SyntaxErrors errors;
  private final List<Chunk> chunks = new ArrayList<>();
  private final Deque<Token> open = new ArrayDeque<>();
  private List<Token> current = new ArrayList<>();
  private Optional<String> doc = Optional.empty();
  private boolean broken;

  private Layout(SyntaxErrors errors) {
    this.errors = errors;
  }

  /// The items of a file.
  static List<Chunk> items(List<Token> tokens, SyntaxErrors errors) {
    var layout = new Layout(errors);
    layout.run(tokens, true);
    return layout.chunks;
  }

  /// One expression: the hole of a string.
  static List<Token> hole(List<Token> tokens, SyntaxErrors errors) {
    var layout = new Layout(errors);
    layout.run(tokens, false);
    return layout.chunks.isEmpty() ? List.of(tokens.getLast()) : layout.chunks.getFirst().tokens();
  }

  private void run(List<Token> tokens, boolean split) {
    Token before = null;
    Token line = null;
    var docs = new Docs();
    for (int i = 0; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      if (token.getType() == GirihLexer.DOC) {
        docs.add(token);
        continue;
      }
      if (token.getType() == GirihLexer.LINE) {
        line = token;
        continue;
      }
      if (token.getType() == Token.EOF) {
        unclosed(token);
        close(token, docs);
        return;
      }
      if (split && line != null && !open.isEmpty() && startsItem(token)) {
        unclosed(token);
        close(token, docs);
        before = null;
      } else if (line != null
          && before != null
          && (open.isEmpty() || open.peek().getType() == GirihLexer.LBRACE)
          && Tokens.ends(before)
          && !Tokens.continues(token)) {
        boolean rule = split && current.getFirst().getType() == GirihLexer.AT && open.isEmpty();
        if (open.isEmpty() && split && !(rule && token.getType() == GirihLexer.DEF)) {
          close(token, docs);
        } else if (!open.isEmpty()) {
          current.add(retyped(line, GirihParser.NL));
        }
      }
      if (current.isEmpty()) {
        doc = docs.above(token);
      }
      docs.clear();
      accept(token);
      before = token;
      line = null;
    }
  }

  /// A def, module or import at the head of a line is one, whatever is open.
  private boolean startsItem(Token token) {
    int type = token.getType();
    return token.getCharPositionInLine() == 0
        && (type == GirihLexer.DEF || type == GirihLexer.MODULE || type == GirihLexer.IMPORT);
  }

  private void accept(Token token) {
    switch (token.getType()) {
      case GirihLexer.LPAREN, GirihLexer.LBRACKET, GirihLexer.LBRACE -> {
        open.push(token);
        if (open.size() > MAX_NESTED && !broken) {
          broken = true;
          errors.add(
              Diagnostic.error(
                      Code.NESTED_TOO_DEEP, span(token), "brackets more than " + MAX_NESTED + " deep")
                  .help("give a name to a part with `let`"));
        }
        current.add(new CommonToken(token));
      }
      case GirihLexer.RPAREN, GirihLexer.RBRACKET, GirihLexer.RBRACE -> {
        closing(token);
        current.add(token);
      }
      case GirihLexer.OPEN_STRING ->
          lexical(Code.BAD_STRING, token, "the string does not end on its line", "close it with `\"`");
      case GirihLexer.SINGLE_QUOTED ->
          lexical(Code.BAD_STRING, token, "a string in single quotes", "strings have double quotes");
      case GirihLexer.BAD_NUMBER ->
          lexical(
              Code.BAD_NUMBER,
              token,
              "`" + token.getText() + "` is no number",
              "a name does not begin with a digit");
      case GirihLexer.BAD_CHARACTER -> badCharacter(token);
      default -> current.add(token);
    }
  }

  private void badCharacter(Token token) {
    String text = token.getText();
    String help =
        switch (text) {
          case ";" -> "a line break ends a statement";
          case "!" -> "`not` negates, `!=` compares";
          case "'" -> "strings have double quotes";
          case "\\" -> "a lambda is `x -> …`; lines go on inside brackets";
          case String other -> "names are made of letters, digits and `_`";
        };
    String shown =
        text.codePointCount(0, text.length()) > 12 ? text.substring(0, text.offsetByCodePoints(0, 12)) + "…" : text;
    boolean control = text.chars().anyMatch(Character::isISOControl);
    String name = control ? String.format("U+%04X", text.codePointAt(0)) : "`" + shown + "`";
    lexical(Code.BAD_CHARACTER, token, "the character " + name + " has no meaning here", help);
  }

  private void lexical(Code code, Token token, String message, String help) {
    broken = true;
    errors.add(Diagnostic.error(code, span(token), message).help(help));
  }

  private void closing(Token token) {
    int due =
        switch (token.getType()) {
          case GirihLexer.RPAREN -> GirihLexer.LPAREN;
          case GirihLexer.RBRACKET -> GirihLexer.LBRACKET;
          default -> GirihLexer.LBRACE;
        };
    if (open.isEmpty()) {
      broken = true;
      errors.add(
          Diagnostic.error(
              Code.UNCLOSED, span(token), "`" + token.getText() + "` closes nothing"));
    } else if (open.peek().getType() != due) {
      if (!broken) {
        errors.add(
            Diagnostic.error(
                    Code.UNCLOSED,
                    span(token),
                    "`" + token.getText() + "` does not close `" + open.peek().getText() + "`")
                .label(span(open.peek()), "opened here"));
      }
      broken = true;
      open.pop();
    } else {
      open.pop();
    }
  }

  private void unclosed(Token at) {
    if (!open.isEmpty() && !broken) {
      errors.add(
          Diagnostic.error(
              Code.UNCLOSED, span(open.peek()), "`" + open.peek().getText() + "` is never closed"));
    }
    broken |= !open.isEmpty();
    open.clear();
  }

  private void close(Token next, Docs docs) {
    if (!current.isEmpty()) {
      boolean last = next.getType() == Token.EOF;
      var eof = new CommonToken(next);
      eof.setType(Token.EOF);
      eof.setChannel(Token.DEFAULT_CHANNEL);
      if (!broken) {
        Lambdas.mark(current);
        current.add(eof);
        chunks.add(new Chunk(current, doc, last));
      }
      current = new ArrayList<>();
    }
    broken = false;
    doc = Optional.empty();
  }

  private Span span(Token token) {
    return new Span(errors.source(), token.getStartIndex(), token.getStopIndex() + 1);
  }

  static CommonToken retyped(Token token, int type) {
    var copy = new CommonToken(token);
    copy.setType(type);
    copy.setChannel(Token.DEFAULT_CHANNEL);
    return copy;
  }
}
