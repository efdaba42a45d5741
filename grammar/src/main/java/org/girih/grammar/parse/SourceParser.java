package org.girih.grammar.parse;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.girih.grammar.ast.Expr;
import org.girih.grammar.ast.Item;
import org.girih.grammar.ast.SourceFile;
import org.girih.grammar.parse.GirihParser.EntryContext;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.diagnostic.Diagnostic;
import org.girih.ir.diagnostic.Diagnostics;
import org.girih.ir.source.LargeStack;
import org.girih.ir.source.Source;
import org.girih.ir.source.Span;

/// Makes a syntax tree from a text.
public final class SourceParser {
  /// Virtual memory: only the part that is used is ever backed by pages.
  private static final long STACK_BYTES = 512L << 20;

  private SourceParser() {}

  /// The tree of a whole file. No text makes it throw, hang, or take more than linear time.
  ///
  /// @param diagnostics gets the syntax errors
  /// @return empty if and only if there was at least one
  public static Optional<SourceFile> parse(Source source, Diagnostics diagnostics) {
    var errors = new SyntaxErrors(source);
    var file = LargeStack.call(STACK_BYTES, () -> file(source, errors, _ -> {}));
    errors.tell(diagnostics);
    return errors.any() ? Optional.empty() : Optional.of(file);
  }

  /// The tree of a whole file with its tokens, for who lays a text out.
  ///
  /// @param diagnostics gets the syntax errors
  /// @return empty if and only if there was at least one
  public static Optional<LexedFile> lex(Source source, Diagnostics diagnostics) {
    var errors = new SyntaxErrors(source);
    var reader = new LexemeReader();
    var file = LargeStack.call(STACK_BYTES, () -> file(source, errors, reader::read));
    errors.tell(diagnostics);
    return errors.any() ? Optional.empty() : Optional.of(new LexedFile(file, reader.lexemes()));
  }

  /// A text that is one expression, such as the value of an argument on the command line.
  ///
  /// @param diagnostics gets the syntax errors
  /// @return empty if and only if there was at least one
  public static Optional<Expr> expression(Source source, Diagnostics diagnostics) {
    var errors = new SyntaxErrors(source);
    Optional<Expr> expr =
        LargeStack.call(
            STACK_BYTES,
            () -> {
              ItemTokens chunk =
                  new Layout(errors, 0, source.text().length()).expression(ItemTokens.End.FILE);
              var ast = new AstBuilder(errors);
              return new ItemParser(errors)
                  .parse(chunk, GirihParser::hole)
                  .map(it -> ast.exprs.build(it.expr()));
            });
    errors.tell(diagnostics);
    return errors.any() ? Optional.empty() : expr;
  }

  /// The one item between two offsets, on this thread: for texts that do not nest deeply.
  ///
  /// @return empty if it is wrong, or not one item
  static Optional<Item> item(Source source, int start, int end, Diagnostics diagnostics) {
    var errors = new SyntaxErrors(source);
    ItemTokens chunk = new Layout(errors, start, end).next();
    Optional<Item> item =
        new ItemParser(errors)
            .parse(chunk, GirihParser::entry)
            .map(it -> new AstBuilder(errors).item(it, chunk));
    errors.tell(diagnostics);
    return errors.any() ? Optional.empty() : item;
  }

  /// @param trees is given the parse tree of each item, which nobody holds when the next is made
  private static SourceFile file(Source source, SyntaxErrors errors, Consumer<EntryContext> trees) {
    var items = new ArrayList<Item>();
    int nul = source.text().indexOf('\0');
    if (nul >= 0) {
      var at = new Span(source, nul, nul + 1);
      errors.add(Diagnostic.error(Code.BAD_CHARACTER, at, "a NUL character: the file is not text"));
      return new SourceFile(source, Optional.empty(), List.of());
    }
    var layout = new Layout(errors, 0, source.text().length());
    var parser = new ItemParser(errors);
    var ast = new AstBuilder(errors);
    boolean more = true;
    while (more && !errors.enough()) {
      ItemTokens chunk = layout.next();
      more = !chunk.last();
      if (chunk.tokens().size() > 1) {
        Optional<EntryContext> tree = parser.parse(chunk, GirihParser::entry);
        tree.ifPresent(it -> items.add(ast.item(it, chunk)));
        tree.ifPresent(trees);
      }
    }
    return new SourceFile(source, layout.fileDoc(), List.copyOf(items));
  }

  /// The expression of a string's hole, or nothing if it has an error, which was told then.
  static Optional<Expr> hole(AstBuilder ast, int start, int end) {
    var chunk = new Layout(ast.errors, start, end).expression(ItemTokens.End.HOLE);
    if (chunk.tokens().size() == 1) {
      ast.errors.add(
          Diagnostic.error(
                  Code.BAD_STRING,
                  new Span(ast.errors.source(), start - 1, end + 1),
                  "a hole without an expression")
              .help("write `{{` and `}}` for braces"));
      return Optional.empty();
    }
    return ast.holes.parse(chunk, GirihParser::hole).map(it -> ast.exprs.build(it.expr()));
  }
}
