package org.girih.grammar.parse;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.ListTokenSource;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.atn.PredictionMode;
import org.antlr.v4.runtime.misc.ParseCancellationException;
import org.girih.grammar.ast.Expr;
import org.girih.grammar.ast.Item;
import org.girih.grammar.ast.SourceFile;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.diagnostic.Diagnostic;
import org.girih.ir.diagnostic.Diagnostics;
import org.girih.ir.source.LargeStack;
import org.girih.ir.source.Source;
import org.girih.ir.source.Span;

/// From text to syntax tree. It throws for no text: what is wrong goes to the diagnostics.
///
/// Each item is parsed on its own, SLL first, LL if that fails, so that an error in one hides none in
/// another.
public final class SourceParser {
  private static final long STACK = 512L << 20;

  private final SyntaxErrors errors;

  private SourceParser(SyntaxErrors errors) {
    this.errors = errors;
  }

  /// The file; empty if it has a syntax error.
  public static Optional<SourceFile> parse(Source source, Diagnostics diagnostics) {
    var errors = new SyntaxErrors(source);
    Optional<SourceFile> file =
        guarded(errors, () -> new SourceParser(errors).file(source));
    errors.tell(diagnostics);
    return errors.any() ? Optional.empty() : file;
  }

  /// A text that is one expression: the value of `--arg`.
  public static Optional<Expr> expression(Source source, Diagnostics diagnostics) {
    var errors = new SyntaxErrors(source);
    Optional<Expr> expr =
        guarded(
            errors,
            () -> Optional.ofNullable(new SourceParser(errors).hole(0, source.text().length())));
    errors.tell(diagnostics);
    return errors.any() ? Optional.empty() : expr;
  }

  private static <T> Optional<T> guarded(
      SyntaxErrors errors, java.util.function.Supplier<Optional<T>> body) {
    return LargeStack.call(
        STACK,
        () -> {
          try {
            return body.get();
          } catch (StackOverflowError deep) {
            errors.add(
                Diagnostic.error(
                        Code.NESTED_TOO_DEEP,
                        new Span(errors.source(), 0, 0),
                        "the text nests too deep")
                    .help("give a name to a part with `let`"));
            return Optional.empty();
          }
        });
  }

  private Optional<SourceFile> file(Source source) {
    List<Token> tokens = tokens(0, source.text().length());
    var items = new ArrayList<Item>();
    for (Chunk chunk : Layout.items(tokens, errors)) {
      if (errors.enough()) {
        break;
      }
      var tree = parse(chunk.tokens(), GirihParser::entry);
      if (tree != null) {
        items.add(new ItemBuilder(this, chunk.doc()).item(tree.item()));
      }
    }
    return Optional.of(new SourceFile(source, Docs.head(tokens), List.copyOf(items)));
  }

  SyntaxErrors errors() {
    return errors;
  }

  Spans spans() {
    return new Spans(errors.source());
  }

  /// The expression between two offsets; null after an error.
  Expr hole(int start, int end) {
    List<Token> tokens = Layout.hole(tokens(start, end), errors);
    if (errors.any()) {
      return null;
    }
    var tree = parse(tokens, GirihParser::hole);
    return tree == null ? null : new ExprBuilder(this).expr(tree.expr());
  }

  private List<Token> tokens(int start, int end) {
    Source source = errors.source();
    var lexer = new GirihLexer(new Utf16Stream(source.name(), source.text(), start, end));
    lexer.removeErrorListeners();
    if (start > 0) {
      lexer.setLine(source.line(start));
      lexer.setCharPositionInLine(start - source.lineStart(source.line(start)));
    }
    var tokens = new ArrayList<Token>();
    Token token;
    do {
      token = lexer.nextToken();
      tokens.add(token);
    } while (token.getType() != Token.EOF);
    return tokens;
  }

  private interface Rule<T extends ParserRuleContext> {
    T apply(GirihParser parser);
  }

  private <T extends ParserRuleContext> T parse(List<Token> tokens, Rule<T> rule) {
    var stream = new CommonTokenStream(new ListTokenSource(tokens));
    var parser = new GirihParser(stream);
    parser.removeErrorListeners();
    parser.getInterpreter().setPredictionMode(PredictionMode.SLL);
    parser.setErrorHandler(new org.antlr.v4.runtime.BailErrorStrategy());
    try {
      return rule.apply(parser);
    } catch (ParseCancellationException failed) {
      stream.seek(0);
      parser.reset();
      parser.getInterpreter().setPredictionMode(PredictionMode.LL);
      parser.setErrorHandler(new org.antlr.v4.runtime.DefaultErrorStrategy());
      var listener = new Mistakes(errors);
      parser.addErrorListener(listener);
      T tree = rule.apply(parser);
      return listener.found() ? null : tree;
    }
  }
}
