package org.girih.grammar.parse;

import java.util.List;
import org.girih.grammar.ast.Pattern;
import org.girih.grammar.ast.Pattern.FieldPattern;
import org.girih.grammar.ast.Pattern.NamePattern;
import org.girih.grammar.ast.Pattern.RecordPattern;
import org.girih.grammar.ast.Pattern.TuplePattern;
import org.girih.grammar.ast.Pattern.Wildcard;
import org.girih.grammar.parse.GirihParser.FieldPatternContext;
import org.girih.grammar.parse.GirihParser.LambdaHeadContext;
import org.girih.grammar.parse.GirihParser.NamePatternContext;
import org.girih.grammar.parse.GirihParser.PatternContext;
import org.girih.grammar.parse.GirihParser.PatternsContext;
import org.girih.grammar.parse.GirihParser.RecordPatternContext;
import org.girih.grammar.parse.GirihParser.TuplePatternContext;
import org.girih.grammar.parse.GirihParser.WildcardContext;

/// Patterns, and the parameters of lambdas.
final class PatternBuilder extends GirihBaseVisitor<Pattern> {
  private final AstBuilder ast;

  PatternBuilder(AstBuilder ast) {
    this.ast = ast;
  }

  Pattern build(PatternContext pattern) {
    return pattern.accept(this);
  }

  /// `x`, `_` and `(x)` are one parameter, `(a, b)` two, `((a, b))` one, `()` none.
  List<Pattern> params(LambdaHeadContext head) {
    if (head.name() != null) {
      return List.of(new NamePattern(ast.spans.of(head), AstBuilder.name(head.name())));
    }
    if (head.UNDERSCORE() != null) {
      return List.of(new Wildcard(ast.spans.of(head)));
    }
    return head.lambdaParam().stream().map(p -> build(p.pattern())).toList();
  }

  private List<Pattern> all(PatternsContext patterns) {
    return patterns == null ? List.of() : patterns.pattern().stream().map(this::build).toList();
  }

  @Override
  public Pattern visitNamePattern(NamePatternContext it) {
    return new NamePattern(ast.spans.of(it), AstBuilder.name(it.name()));
  }

  @Override
  public Pattern visitWildcard(WildcardContext it) {
    return new Wildcard(ast.spans.of(it));
  }

  @Override
  public Pattern visitTuplePattern(TuplePatternContext it) {
    List<Pattern> items = all(it.patterns());
    boolean parenthesised = items.size() == 1 && it.patterns().COMMA().isEmpty();
    return parenthesised ? items.getFirst() : new TuplePattern(ast.spans.of(it), items);
  }

  @Override
  public Pattern visitRecordPattern(RecordPatternContext it) {
    List<FieldPattern> fields = it.fieldPattern().stream().map(this::field).toList();
    return new RecordPattern(ast.spans.of(it), fields, it.ELLIPSIS() != null);
  }

  private FieldPattern field(FieldPatternContext it) {
    if (it.STRING() != null) {
      String text = ast.texts.literal(it.STRING().getSymbol(), "name of a field");
      return new FieldPattern(ast.spans.of(it), text, build(it.pattern()));
    }
    String name = AstBuilder.name(it.name());
    Pattern pattern =
        it.pattern() == null ? new NamePattern(ast.spans.of(it.name()), name) : build(it.pattern());
    return new FieldPattern(ast.spans.of(it), name, pattern);
  }
}
