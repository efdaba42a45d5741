package org.girih.grammar.parse;

import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.Token;
import org.girih.grammar.foreign.ForeignName;
import org.girih.grammar.foreign.ForeignNames;

/// Ways out of mistakes that are often made, above all by who comes from another language.
final class Hints {
  private static final String OTHER_UPDATES =
      "`-= v` is `+= -v`, `/= v` is `*= 1 / v`, and any other function `= f(x[i], v)`";

  private static final String NO_MUTATION = "values do not change: write `let x = …` again";
  private static final String COMMENT = "comments begin with `#`";

  private Hints() {}

  static Optional<String> find(UnexpectedToken scene) {
    return Optional.ofNullable(keyword(scene))
        .or(() -> Optional.ofNullable(byText(scene)))
        .or(() -> Optional.ofNullable(byOperator(scene)))
        .or(() -> Optional.ofNullable(byDot(scene)))
        .or(() -> Optional.ofNullable(byType(scene)));
  }

  /// Explains words of other languages, where names cannot be or are followed by what cannot follow
  /// them.
  private static String byText(UnexpectedToken scene) {
    String word = scene.type() == GirihParser.IDENT ? foreignWord(scene.text()) : null;
    if (word != null && !scene.text().equals("print")) {
      return word;
    }
    boolean before = scene.type(-1) == GirihParser.IDENT && !scene.text().equals("=");
    String wordBefore = before ? foreignWord(scene.text(-1)) : null;
    if (wordBefore != null) {
      return wordBefore;
    }
    if (scene.text(scene.statement() - scene.index()).equals("@")) {
      return decorator(scene);
    }
    if (scene.text(-1).equals("f") && scene.type() == GirihParser.STRING && scene.adjacent(0)) {
      return "strings have holes without `f`";
    }
    return null;
  }

  /// Explains a word of the language where a name is meant, and a record that is changed behind
  /// `->`.
  private static String keyword(UnexpectedToken scene) {
    boolean word = scene.text().matches("[a-z]+") && scene.type() != GirihParser.IDENT;
    if (word
        && (scene.expects("a pattern") || scene.expects("a name"))
        && scene.type(-1) == GirihParser.LET) {
      return "`" + scene.text() + "` is a word of the language: take another name";
    }
    if (scene.type(-1) == GirihParser.AS && scene.expects("`[`")) {
      return "a conversion is a call, `f32(x)`; `x as [_, _ @ data]` says how a mesh holds an array";
    }
    boolean changed = scene.type(-1) == GirihParser.WITH && scene.type() == GirihParser.IDENT;
    if (changed && scene.bracket() == GirihParser.LAMBDA_BRACE) {
      return "a `{` after `->` is a block: write `x -> ({x with a = 1})`";
    }
    return null;
  }

  private static String foreignWord(String text) {
    return foreign(ForeignName.Kind.WORD, text);
  }

  private static String foreign(ForeignName.Kind kind, String text) {
    return ForeignNames.find(kind, text).map(ForeignName::help).orElse(null);
  }

  /// Explains what precedes a def in Python: the longest name after the `@` that is known.
  private static String decorator(UnexpectedToken scene) {
    var name = new StringBuilder();
    String help = null;
    for (int i = scene.statement() + 1; i < scene.tokens().size(); i++) {
      Token token = scene.tokens().get(i);
      if (token.getType() != GirihParser.IDENT && !token.getText().equals(".")) {
        break;
      }
      name.append(token.getText());
      String known = foreign(ForeignName.Kind.DECORATOR, name.toString());
      help = known == null ? help : known;
    }
    return help;
  }

  /// Operators of other languages, of which the lexer made two.
  private static String byOperator(UnexpectedToken scene) {
    String hint = scene.adjacent(0) ? foreign(scene.text(-1) + scene.text()) : null;
    if (hint == null && scene.adjacent(1)) {
      hint = foreign(scene.text() + scene.text(1));
    }
    if (hint != null) {
      return hint.equals(NO_MUTATION) && scene.expects("`+=`") ? OTHER_UPDATES : hint;
    }
    return commentedLine(scene) ? COMMENT : null;
  }

  private static String foreign(String operator) {
    return switch (operator) {
      case "&&" -> "write `and`";
      case "||" -> "write `or`";
      case "=>" -> "write `->`";
      case ":=" -> "write `let x = …`";
      case "===", "!==" -> "write `==` or `!=`";
      case "-=", "/=", "%=", "@=", "&=", "|=", "^=", "**=" -> NO_MUTATION;
      case "/*" -> COMMENT;
      case "<>" -> "write `!=`";
      default -> null;
    };
  }

  /// Returns whether the token's line begins with `//`.
  private static boolean commentedLine(UnexpectedToken scene) {
    List<Token> tokens = scene.tokens();
    int line = scene.token().getLine();
    for (int i = scene.index(); i >= 0; i--) {
      Token token = tokens.get(i);
      boolean first = i == 0 || tokens.get(i - 1).getLine() != line;
      if (token.getLine() == line && first) {
        return token.getType() == GirihParser.FLOOR_DIVIDE;
      }
    }
    return false;
  }

  private static String byType(UnexpectedToken scene) {
    return switch (scene.type()) {
      case GirihParser.ASSIGN -> assign(scene);
      case GirihParser.ADD_ASSIGN, GirihParser.MULTIPLY_ASSIGN -> NO_MUTATION;
      case GirihParser.EQ -> scene.expects("`=`") ? "`=` binds, `==` compares" : null;
      case GirihParser.COLON -> colon(scene);
      case GirihParser.COMMA -> comma(scene);
      case GirihParser.LPAREN, GirihParser.LAMBDA_PAREN ->
          scene.head() == GirihParser.LET && scene.expects("`=`")
              ? "`def f(x) = …` defines a function"
              : null;
      case GirihParser.LBRACE ->
          scene.expects("`then`") ? "an `if` with a value is `if c then a else b`" : null;
      case GirihParser.IF -> scene.expects(Expected.OPERATOR) ? "write `if c then a else b`" : null;
      case GirihParser.FOR, GirihParser.WHILE ->
          scene.type() == GirihParser.FOR
                  && scene.bracket() == GirihParser.LPAREN
                  && scene.expects("`)`")
              ? "a comprehension has brackets of its own: `f([e for x in xs])`, a tuple `f((e for x in xs))`"
              : "loops with a value are `loop x for i in 0..n { … }` and `loop x while c { … }`";
      case GirihParser.IN ->
          scene.after(GirihParser.LOOP)
              ? "write `loop carry for x in xs { … }`"
              : scene.after(GirihParser.IF) || scene.expects(Expected.OPERATOR)
                  ? "an element of an array is found by `any(xs == x)`"
                  : null;
      case GirihParser.AS ->
          scene.in("importItem") || scene.head() == GirihParser.IMPORT
              ? "only a file is renamed: `import \"name.girih\" as name`"
              : null;
      case GirihParser.PLUS, GirihParser.AT -> operatorLine(scene);
      case GirihParser.LT ->
          scene.head() == GirihParser.DEF && scene.expects("`(`")
              ? "write sizes in brackets: `def f[n](x: f32[n])`"
              : null;
      case GirihParser.STRING, GirihParser.INT ->
          scene.text(-1).equals("\"\"") && scene.adjacent(0)
              ? "a string is in one line, between single `\"`; `\\n` is a line break, `##` a doc comment"
              : scene.type(-1) == GirihParser.LBRACE ? "a record is `{a = 1}`" : null;
      case GirihParser.RBRACE ->
          scene.head() == GirihParser.LET || scene.in("blockRest") && scene.expects("`let`")
              ? "a block ends in an expression: its value"
              : null;
      default -> null;
    };
  }

  private static String assign(UnexpectedToken scene) {
    boolean first = scene.index() == scene.statement() + 1;
    if (first && scene.bracket() == GirihParser.LAMBDA_BRACE) {
      return "a `{` after `->` is a block: write `x -> ({a = 1})`";
    }
    if (scene.after(GirihParser.IF)
        || scene.head() == GirihParser.WHILE
        || scene.head() == GirihParser.ASSERT) {
      return "write `==` to compare";
    }
    boolean statement =
        scene.expects(Expected.OPERATOR) && scene.head() == GirihParser.IDENT && !scene.in("hole");
    if (statement && scene.type(-1) == GirihParser.RBRACKET) {
      return "values do not change: write `let x = x with [i] = …`";
    }
    return statement ? "write `let x = …`" : null;
  }

  private static String colon(UnexpectedToken scene) {
    if (scene.bracket() == GirihParser.LBRACE && scene.type(-2) == GirihParser.LBRACE) {
      return "a field is `a = 1`";
    }
    return switch (scene.head()) {
      case GirihParser.DEF, GirihParser.MODULE -> "a body follows `=` or is in `{ }`";
      case GirihParser.IDENT ->
          scene.expects(Expected.OPERATOR) && scene.index() == scene.statement() + 1
              ? "write `let x: type = …`"
              : null;
      case GirihParser.FOR, GirihParser.WHILE, GirihParser.TEST, GirihParser.BENCH ->
          "blocks are in `{ }`";
      default ->
          scene.after(GirihParser.IF)
              ? "write `if c then a else b`, or with blocks in `{ }` in the host program"
              : null;
    };
  }

  private static String comma(UnexpectedToken scene) {
    if (scene.bracket() == GirihParser.LAMBDA_BRACE && scene.head() != GirihParser.LET) {
      return "a `{` after `->` is a block: write `x -> ({a, b})`";
    }
    return switch (scene.head()) {
      case GirihParser.LET -> "write `let (a, b) = …`, and a tuple as `(a, b)`";
      case GirihParser.IDENT -> scene.bracket() == Token.EOF ? "write `let (a, b) = …`" : null;
      case GirihParser.FOR -> "write `for (a, b) in …`";
      default -> scene.in("block") ? "a tuple is `(a, b)`, a record body `= {a, b}`" : null;
    };
  }

  /// A line that begins with `+` or `@` does not go on with the one before.
  private static String operatorLine(UnexpectedToken scene) {
    boolean begins = scene.index() == 0 || scene.type(-1) == GirihParser.NL;
    return begins
        ? "end the line before with `" + scene.text() + "`, or put both in parentheses"
        : null;
  }

  private static String byDot(UnexpectedToken scene) {
    boolean afterDot = scene.type(-1) == GirihParser.DOT;
    if (afterDot && scene.type() == GirihParser.INT) {
      return "an element is `x[0]`";
    }
    if (afterDot && scene.type(-2) == GirihParser.INT) {
      return "write `" + scene.text(-2) + ".0`";
    }
    if (scene.type() == GirihParser.DOT && scene.type(1) == GirihParser.INT) {
      return "write `0." + scene.text(1) + "`";
    }
    return null;
  }
}
