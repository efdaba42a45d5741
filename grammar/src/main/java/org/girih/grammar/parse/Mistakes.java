package org.girih.grammar.parse;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.antlr.v4.runtime.BaseErrorListener;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Recognizer;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.misc.IntervalSet;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.diagnostic.Diagnostic;
import org.girih.ir.source.Span;

/// Says what the parser did not expect, what it did, and the way out of well-known slips. It keeps
/// the first error of an item: what follows is mostly its consequence.
final class Mistakes extends BaseErrorListener {
  private static final Set<Integer> EXPRESSION =
      Set.of(
          GirihLexer.INT,
          GirihLexer.FLOAT,
          GirihLexer.STRING,
          GirihLexer.TRUE,
          GirihLexer.LOOP,
          GirihLexer.MINUS);

  private final SyntaxErrors errors;
  private boolean found;

  Mistakes(SyntaxErrors errors) {
    this.errors = errors;
  }

  boolean found() {
    return found;
  }

  @Override
  public void syntaxError(
      Recognizer<?, ?> recognizer,
      Object symbol,
      int line,
      int column,
      String message,
      RecognitionException problem) {
    if (found) {
      return;
    }
    found = true;
    var parser = (GirihParser) recognizer;
    Token token = (Token) symbol;
    IntervalSet expected = problem == null ? parser.getExpectedTokens() : problem.getExpectedTokens();
    String expecting = expecting(expected);
    Span span = place(token);
    var diagnostic =
        Diagnostic.error(
            Code.SYNTAX,
            span,
            "unexpected " + name(token) + (expecting.isEmpty() ? "" : ", expecting " + expecting));
    String help = help(parser, token);
    errors.add(help.isEmpty() ? diagnostic : diagnostic.help(help));
  }

  private Span place(Token token) {
    int length = errors.source().text().length();
    int start = Math.min(token.getStartIndex(), length);
    boolean none = token.getType() == Token.EOF || token.getType() == GirihParser.NL;
    return new Span(
        errors.source(), start, none ? start : Math.min(token.getStopIndex() + 1, length));
  }

  private String name(Token token) {
    return switch (token.getType()) {
      case Token.EOF ->
          token.getStartIndex() >= errors.source().text().length()
              ? "end of file"
              : "end of the statement";
      case GirihParser.NL -> "line break";
      default -> "`" + token.getText() + "`";
    };
  }

  private static String expecting(IntervalSet tokens) {
    if (tokens == null) {
      return "";
    }
    var types = new LinkedHashSet<>(tokens.toList());
    var names = new LinkedHashSet<String>();
    if (types.containsAll(EXPRESSION)) {
      names.add("an expression");
    } else if (types.contains(GirihLexer.IDENT)) {
      names.add("a name");
    }
    boolean operators = types.contains(GirihLexer.POWER) && types.contains(GirihLexer.PLUS);
    if (operators) {
      names.add("an operator");
    }
    List<Integer> structure =
        List.of(
            GirihLexer.RPAREN,
            GirihLexer.RBRACKET,
            GirihLexer.RBRACE,
            GirihLexer.COMMA,
            GirihLexer.ASSIGN,
            GirihLexer.ARROW,
            GirihLexer.THEN,
            GirihLexer.ELSE,
            GirihLexer.IN,
            GirihLexer.FOR,
            GirihLexer.WHILE);
    for (int type : structure) {
      if (types.contains(type) && names.size() < 6) {
        names.add(GirihParser.VOCABULARY.getLiteralName(type).replace('\'', '`'));
      }
    }
    if ((types.contains(GirihLexer.LBRACE) || types.contains(GirihParser.LAMBDA_BRACE))
        && names.isEmpty()) {
      names.add("`{`");
    }
    if (types.contains(Token.EOF) || types.contains(GirihParser.NL)) {
      names.add("a line break");
    }
    return String.join(", ", names);
  }

  /// What people write who come from other languages.
  private static String help(GirihParser parser, Token token) {
    Token before = parser.getInputStream().LT(-1);
    String previous = before == null ? "" : before.getText();
    return switch (token.getText()) {
      case "elif" -> "it is `else if`";
      case "return" -> "a block gives the value of its last expression";
      case "==" -> previous.isEmpty() ? "" : "`let` binds with `=`";
      case "=" -> "`==` compares, `let name = …` binds";
      case ":" -> "a body stands after `=` or in braces";
      case "&" -> "`and` is logical, `&` works on bits";
      case "|" -> "`or` is logical, `|` works on bits";
      case "for" -> "`loop carry for x in xs { … }` and `[e for i in 0..n]` are expressions";
      case "let" -> "`let` stands at the beginning of a line, in a block";
      case "def" -> "a def stands at the top level";
      case String other ->
          switch (previous) {
            case "lambda" -> "a lambda is `x -> …`";
            case "return" -> "a block gives the value of its last expression";
            case "elif" -> "it is `else if`";
            case "fn", "func", "function" -> "a function is `def name(x) = …`";
            case "var", "const", "val" -> "a name is bound by `let`";
            case String rest -> "";
          };
    };
  }
}
