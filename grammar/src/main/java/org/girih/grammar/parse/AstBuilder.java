package org.girih.grammar.parse;

import java.util.List;
import org.girih.grammar.ast.Item;
import org.girih.grammar.parse.GirihParser.EntryContext;
import org.girih.grammar.parse.GirihParser.FieldContext;
import org.girih.grammar.parse.GirihParser.NameContext;
import org.girih.grammar.parse.GirihParser.PathContext;
import org.girih.ir.source.Span;

/// Makes syntax trees from parse trees that have no error. What the grammar lets through but the
/// language does not (a chained comparison, a bad escape) is told to the errors.
final class AstBuilder {
  final Spans spans;
  final SyntaxErrors errors;
  final ItemParser holes;
  final PatternBuilder patterns;
  final TypeBuilder types;
  final TextBuilder texts;
  final OperatorBuilder operators;
  final ExprBuilder exprs;
  final StmtBuilder stmts;
  final ItemBuilder items;
  private int depth;

  AstBuilder(SyntaxErrors errors) {
    this.spans = new Spans(errors.source());
    this.errors = errors;
    this.holes = new ItemParser(errors);
    this.patterns = new PatternBuilder(this);
    this.types = new TypeBuilder(this);
    this.texts = new TextBuilder(this);
    this.operators = new OperatorBuilder(this);
    this.exprs = new ExprBuilder(this);
    this.stmts = new StmtBuilder(this);
    this.items = new ItemBuilder(this);
  }

  /// The item of a chunk.
  Item item(EntryContext entry, ItemTokens chunk) {
    return items.build(entry.item(), chunk.doc());
  }

  static String name(NameContext name) {
    return name.getStart().getText();
  }

  static List<String> names(List<NameContext> names) {
    return names.stream().map(AstBuilder::name).toList();
  }

  /// The name of a field, which may be a string.
  String field(FieldContext field) {
    return field.STRING() != null
        ? texts.literal(field.STRING().getSymbol(), "name of a field")
        : name(field.name());
  }

  static List<String> path(PathContext path) {
    return names(path.name());
  }

  /// Goes down in the tree, by that many records at once.
  ///
  /// @return whether that is allowed; if not, it was told to the errors and the caller builds
  ///     nothing more, but still calls [#leave]
  boolean enter(int records, Span at) {
    int before = depth;
    depth += records;
    if (depth > Nesting.MAX_DEPTH && before <= Nesting.MAX_DEPTH) {
      errors.add(Nesting.chainTooLong(at));
    }
    return depth <= Nesting.MAX_DEPTH;
  }

  void leave(int records) {
    depth -= records;
  }
}
