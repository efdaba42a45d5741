package org.girih.grammar.parse;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.girih.grammar.ast.Expr;
import org.girih.grammar.ast.Expr.Arm;
import org.girih.grammar.ast.Expr.ArrayExpr;
import org.girih.grammar.ast.Expr.BoolLit;
import org.girih.grammar.ast.Expr.Choice;
import org.girih.grammar.ast.Expr.Comprehension;
import org.girih.grammar.ast.Expr.Ellipsis;
import org.girih.grammar.ast.Expr.FieldDef;
import org.girih.grammar.ast.Expr.FloatLit;
import org.girih.grammar.ast.Expr.Generator;
import org.girih.grammar.ast.Expr.IntLit;
import org.girih.grammar.ast.Expr.Iter;
import org.girih.grammar.ast.Expr.Loop;
import org.girih.grammar.ast.Expr.LoopHead;
import org.girih.grammar.ast.Expr.Match;
import org.girih.grammar.ast.Expr.Name;
import org.girih.grammar.ast.Expr.NoneLit;
import org.girih.grammar.ast.Expr.PathUpdate;
import org.girih.grammar.ast.Expr.RecordExpr;
import org.girih.grammar.ast.Expr.RecordUpdate;
import org.girih.grammar.ast.Expr.TupleExpr;
import org.girih.grammar.ast.Pattern;
import org.girih.grammar.ast.Pattern.NamePattern;
import org.girih.grammar.ast.Pattern.TuplePattern;
import org.girih.grammar.parse.GirihParser.ArmContext;
import org.girih.grammar.parse.GirihParser.ArrayAtomContext;
import org.girih.grammar.parse.GirihParser.BlockAtomContext;
import org.girih.grammar.parse.GirihParser.CarryContext;
import org.girih.grammar.parse.GirihParser.ChoiceContext;
import org.girih.grammar.parse.GirihParser.EllipsisAtomContext;
import org.girih.grammar.parse.GirihParser.ExprContext;
import org.girih.grammar.parse.GirihParser.FalseAtomContext;
import org.girih.grammar.parse.GirihParser.FieldDefContext;
import org.girih.grammar.parse.GirihParser.FloatAtomContext;
import org.girih.grammar.parse.GirihParser.ForHeadContext;
import org.girih.grammar.parse.GirihParser.GeneratorContext;
import org.girih.grammar.parse.GirihParser.GeneratorsContext;
import org.girih.grammar.parse.GirihParser.IntAtomContext;
import org.girih.grammar.parse.GirihParser.IterContext;
import org.girih.grammar.parse.GirihParser.LoopAtomContext;
import org.girih.grammar.parse.GirihParser.LoopHeadContext;
import org.girih.grammar.parse.GirihParser.MatchAtomContext;
import org.girih.grammar.parse.GirihParser.NameAtomContext;
import org.girih.grammar.parse.GirihParser.NameCarryContext;
import org.girih.grammar.parse.GirihParser.NameContext;
import org.girih.grammar.parse.GirihParser.NamesCarryContext;
import org.girih.grammar.parse.GirihParser.NoneAtomContext;
import org.girih.grammar.parse.GirihParser.NumberChoiceContext;
import org.girih.grammar.parse.GirihParser.PathUpdateContext;
import org.girih.grammar.parse.GirihParser.PatternCarryContext;
import org.girih.grammar.parse.GirihParser.RecordAtomContext;
import org.girih.grammar.parse.GirihParser.RecordFieldContext;
import org.girih.grammar.parse.GirihParser.RecordUpdateAtomContext;
import org.girih.grammar.parse.GirihParser.StringAtomContext;
import org.girih.grammar.parse.GirihParser.TextChoiceContext;
import org.girih.grammar.parse.GirihParser.TrueAtomContext;
import org.girih.grammar.parse.GirihParser.TupleAtomContext;
import org.girih.grammar.parse.GirihParser.VariantChoiceContext;
import org.girih.grammar.parse.GirihParser.WhileHeadContext;
import org.girih.grammar.parse.GirihParser.WordChoiceContext;
import org.girih.ir.source.Span;

/// Builds literals, what is in brackets, and loops.
final class AtomBuilder extends GirihBaseVisitor<Expr> {
  private final AstBuilder ast;

  AtomBuilder(AstBuilder ast) {
    this.ast = ast;
  }

  @Override
  public Expr visitNameAtom(NameAtomContext it) {
    return new Name(ast.spans.of(it), AstBuilder.name(it.name()));
  }

  @Override
  public Expr visitIntAtom(IntAtomContext it) {
    return new IntLit(
        ast.spans.of(it), Numbers.integer(it.INT().getSymbol(), ast.spans, ast.errors));
  }

  @Override
  public Expr visitFloatAtom(FloatAtomContext it) {
    return new FloatLit(
        ast.spans.of(it), Numbers.decimal(it.FLOAT().getSymbol(), ast.spans, ast.errors));
  }

  @Override
  public Expr visitStringAtom(StringAtomContext it) {
    return ast.texts.build(it.STRING().getSymbol());
  }

  @Override
  public Expr visitTrueAtom(TrueAtomContext it) {
    return new BoolLit(ast.spans.of(it), true);
  }

  @Override
  public Expr visitFalseAtom(FalseAtomContext it) {
    return new BoolLit(ast.spans.of(it), false);
  }

  @Override
  public Expr visitNoneAtom(NoneAtomContext it) {
    return new NoneLit(ast.spans.of(it));
  }

  @Override
  public Expr visitEllipsisAtom(EllipsisAtomContext it) {
    return new Ellipsis(ast.spans.of(it));
  }

  /// `(e)` is e, `(e,)` a tuple of one.
  @Override
  public Expr visitTupleAtom(TupleAtomContext it) {
    if (it.generators() != null) {
      return comprehension(ast.spans.of(it), it.expr(0), it.generators(), true);
    }
    List<Expr> items = ast.exprs.all(it.expr());
    boolean parenthesised = items.size() == 1 && it.COMMA().isEmpty();
    return parenthesised ? items.getFirst() : new TupleExpr(ast.spans.of(it), items);
  }

  @Override
  public Expr visitArrayAtom(ArrayAtomContext it) {
    if (it.generators() == null) {
      return new ArrayExpr(ast.spans.of(it), ast.exprs.all(it.expr()));
    }
    return comprehension(ast.spans.of(it), it.expr(0), it.generators(), false);
  }

  private Expr comprehension(Span at, ExprContext body, GeneratorsContext it, boolean tuple) {
    var generators = it.generator().stream().map(this::generator).toList();
    return new Comprehension(
        at, ast.exprs.build(body), generators, ast.exprs.optional(it.expr()), tuple);
  }

  @Override
  public Expr visitMatchAtom(MatchAtomContext it) {
    return new Match(
        ast.spans.of(it), ast.exprs.build(it.expr()), it.arm().stream().map(this::arm).toList());
  }

  private Arm arm(ArmContext it) {
    Expr body =
        it.blockRest() != null
            ? ast.stmts.block(it.LAMBDA_BRACE().getSymbol(), it.blockRest())
            : ast.exprs.build(it.expr());
    return new Arm(ast.spans.of(it), it.choice().stream().map(this::choice).toList(), body);
  }

  private Choice choice(ChoiceContext choice) {
    Span at = ast.spans.of(choice);
    return switch (choice) {
      case VariantChoiceContext it -> {
        var payload =
            it.LPAREN() == null
                ? Optional.<List<Pattern>>empty()
                : Optional.of(it.patterns().pattern().stream().map(ast.patterns::build).toList());
        yield new Choice.Variant(at, AstBuilder.path(it.path()), payload);
      }
      case NumberChoiceContext it -> {
        Expr number =
            it.INT() != null
                ? new IntLit(at, Numbers.integer(it.INT().getSymbol(), ast.spans, ast.errors))
                : new FloatLit(at, Numbers.decimal(it.FLOAT().getSymbol(), ast.spans, ast.errors));
        boolean negative = it.MINUS() != null;
        yield new Choice.Literal(
            at, negative ? new Expr.Unary(at, Expr.UnaryOp.NEGATE, number) : number);
      }
      case TextChoiceContext it -> new Choice.Literal(at, ast.texts.build(it.STRING().getSymbol()));
      case WordChoiceContext it ->
          new Choice.Literal(
              at, it.NONE() != null ? new NoneLit(at) : new BoolLit(at, it.TRUE() != null));
      default -> new Choice.Any(at);
    };
  }

  @Override
  public Expr visitRecordAtom(RecordAtomContext it) {
    return new RecordExpr(ast.spans.of(it), it.recordField().stream().map(this::field).toList());
  }

  @Override
  public Expr visitRecordUpdateAtom(RecordUpdateAtomContext it) {
    var updates = it.pathUpdate().stream().map(this::pathUpdate).toList();
    return new RecordUpdate(ast.spans.of(it), ast.exprs.postfix(it.base().postfix()), updates);
  }

  @Override
  public Expr visitBlockAtom(BlockAtomContext it) {
    return new Expr.Block(
        ast.spans.of(it), ast.stmts.items(it.blockItem()), ast.exprs.build(it.expr()));
  }

  private PathUpdate pathUpdate(PathUpdateContext it) {
    var path = it.field().stream().map(ast::field).toList();
    return new PathUpdate(ast.spans.of(it), path, ast.exprs.build(it.expr()));
  }

  private FieldDef field(RecordFieldContext it) {
    if (it.STRING() != null) {
      String name = ast.texts.literal(it.STRING().getSymbol(), "name of a field");
      return new FieldDef(ast.spans.of(it), name, ast.exprs.build(it.expr()));
    }
    return field(ast.spans.of(it), it.name(), it.expr());
  }

  /// `{a = e, b}`, the axes of a mesh: `b` is `b = b`.
  List<FieldDef> fields(List<FieldDefContext> them) {
    return them.stream().map(this::field).toList();
  }

  private FieldDef field(FieldDefContext it) {
    return field(ast.spans.of(it), it.name(), it.expr());
  }

  private FieldDef field(Span at, NameContext written, ExprContext expr) {
    String name = AstBuilder.name(written);
    Expr value = expr == null ? new Name(ast.spans.of(written), name) : ast.exprs.build(expr);
    return new FieldDef(at, name, value);
  }

  @Override
  public Expr visitLoopAtom(LoopAtomContext it) {
    Carry carry = carry(it.carry());
    return new Loop(
        ast.spans.of(it),
        carry.pattern(),
        carry.init(),
        head(it.loopHead()),
        ast.stmts.block(it.block()));
  }

  private record Carry(Pattern pattern, Expr init) {}

  /// `x` is `x = x`; `(a = e, b)` is `(a, b) = (e, b)`; `(a = e)` is `a = e`.
  private Carry carry(CarryContext carry) {
    Span span = ast.spans.of(carry);
    return switch (carry) {
      case NameCarryContext it -> {
        String name = AstBuilder.name(it.name());
        yield new Carry(new NamePattern(span, name), new Name(span, name));
      }
      case PatternCarryContext it ->
          new Carry(ast.patterns.build(it.pattern()), ast.exprs.build(it.expr()));
      case NamesCarryContext it -> {
        List<Pattern> patterns = new ArrayList<>();
        for (FieldDefContext field : it.fieldDef()) {
          patterns.add(new NamePattern(ast.spans.of(field.name()), AstBuilder.name(field.name())));
        }
        List<Expr> inits = fields(it.fieldDef()).stream().map(FieldDef::value).toList();
        boolean parenthesised = patterns.size() == 1 && it.COMMA().isEmpty();
        yield parenthesised
            ? new Carry(patterns.getFirst(), inits.getFirst())
            : new Carry(new TuplePattern(span, List.copyOf(patterns)), new TupleExpr(span, inits));
      }
      default -> new Carry(new Pattern.Wildcard(span), new NoneLit(span));
    };
  }

  private LoopHead head(LoopHeadContext head) {
    Span span = ast.spans.of(head);
    return switch (head) {
      case ForHeadContext it -> new LoopHead.For(span, generator(it.generator()));
      case WhileHeadContext it ->
          new LoopHead.While(span, ast.exprs.build(it.condition), ast.exprs.optional(it.limit));
      default -> new LoopHead.While(span, new NoneLit(span), Optional.empty());
    };
  }

  private Generator generator(GeneratorContext it) {
    return new Generator(ast.spans.of(it), ast.patterns.build(it.pattern()), iter(it.iter()));
  }

  Iter iter(IterContext it) {
    Span span = ast.spans.of(it);
    Expr from = ast.exprs.build(it.from);
    return it.to == null
        ? new Iter.Over(span, from)
        : new Iter.Range(span, from, ast.exprs.build(it.to));
  }
}
