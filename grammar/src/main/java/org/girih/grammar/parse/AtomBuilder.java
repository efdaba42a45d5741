package org.girih.grammar.parse;

import java.util.List;
import java.util.Optional;
import org.girih.grammar.ast.Expr;
import org.girih.grammar.ast.Pattern;
import org.girih.ir.source.Span;

/// Atoms: names, literals, brackets, loops.
final class AtomBuilder extends GirihBaseVisitor<Expr> {
  private final SourceParser parser;
  private final Spans spans;
  private final ExprBuilder exprs;
  private final TypeBuilder types;

  AtomBuilder(SourceParser parser, ExprBuilder exprs, TypeBuilder types) {
    this.parser = parser;
    this.spans = parser.spans();
    this.exprs = exprs;
    this.types = types;
  }

  Expr atom(GirihParser.AtomContext tree) {
    return tree.accept(this);
  }

  @Override
  public Expr visitNameAtom(GirihParser.NameAtomContext t) {
    return new Expr.Name(spans.of(t), t.getText());
  }

  @Override
  public Expr visitIntAtom(GirihParser.IntAtomContext t) {
    return new Expr.IntLit(spans.of(t), Numbers.integer(t.getText()));
  }

  @Override
  public Expr visitFloatAtom(GirihParser.FloatAtomContext t) {
    return new Expr.FloatLit(spans.of(t), t.getText());
  }

  @Override
  public Expr visitStringAtom(GirihParser.StringAtomContext t) {
    return TextBuilder.text(parser, t.getStart());
  }

  @Override
  public Expr visitTrueAtom(GirihParser.TrueAtomContext t) {
    return new Expr.BoolLit(spans.of(t), true);
  }

  @Override
  public Expr visitFalseAtom(GirihParser.FalseAtomContext t) {
    return new Expr.BoolLit(spans.of(t), false);
  }

  @Override
  public Expr visitNoneAtom(GirihParser.NoneAtomContext t) {
    return new Expr.NoneLit(spans.of(t));
  }

  @Override
  public Expr visitEllipsisAtom(GirihParser.EllipsisAtomContext t) {
    return new Expr.Ellipsis(spans.of(t));
  }

  @Override
  public Expr visitTupleAtom(GirihParser.TupleAtomContext t) {
    boolean comma =
        t.getChildCount() > 2 && t.getChild(t.getChildCount() - 2).getText().equals(",");
    return t.expr().size() == 1 && !comma
        ? exprs.expr(t.expr(0))
        : new Expr.TupleExpr(spans.of(t), t.expr().stream().map(exprs::expr).toList());
  }

  @Override
  public Expr visitArrayAtom(GirihParser.ArrayAtomContext t) {
    return t.generators() == null
        ? new Expr.ArrayExpr(spans.of(t), t.expr().stream().map(exprs::expr).toList())
        : new Expr.Comprehension(
            spans.of(t),
            exprs.expr(t.expr(0)),
            t.generators().generator().stream().map(exprs::generator).toList());
  }

  @Override
  public Expr visitRecordAtom(GirihParser.RecordAtomContext t) {
    return new Expr.RecordExpr(spans.of(t), t.fieldDef().stream().map(exprs::field).toList());
  }

  @Override
  public Expr visitRecordUpdateAtom(GirihParser.RecordUpdateAtomContext t) {
    return new Expr.RecordUpdate(
        spans.of(t),
        exprs.postfix(t.postfix()),
        t.pathUpdate().stream()
            .map(
                u -> new Expr.PathUpdate(spans.of(u), types.path(u.path()), exprs.expr(u.expr())))
            .toList());
  }

  @Override
  public Expr visitBlockAtom(GirihParser.BlockAtomContext t) {
    return new Expr.Block(
        spans.of(t), t.let().stream().map(exprs::let).toList(), exprs.expr(t.expr()));
  }

  @Override
  public Expr visitLoopAtom(GirihParser.LoopAtomContext t) {
    var carry = carry(t.carry());
    Expr.LoopHead head =
        t.loopHead()
            .accept(
                new GirihBaseVisitor<Expr.LoopHead>() {
                  @Override
                  public Expr.LoopHead visitForHead(GirihParser.ForHeadContext h) {
                    return new Expr.LoopHead.For(spans.of(h), exprs.generator(h.generator()));
                  }

                  @Override
                  public Expr.LoopHead visitWhileHead(GirihParser.WhileHeadContext h) {
                    return new Expr.LoopHead.While(
                        spans.of(h),
                        exprs.expr(h.condition),
                        Optional.ofNullable(h.limit).map(exprs::expr));
                  }
                });
    return new Expr.Loop(spans.of(t), carry.pattern, carry.init, head, exprs.block(t.block()));
  }

  private record Carry(Pattern pattern, Expr init) {}

  private Carry carry(GirihParser.CarryContext tree) {
    Span at = spans.of(tree);
    return tree.accept(
        new GirihBaseVisitor<Carry>() {
          @Override
          public Carry visitNameCarry(GirihParser.NameCarryContext c) {
            String name = c.name().getText();
            return new Carry(new Pattern.NamePattern(at, name), new Expr.Name(at, name));
          }

          @Override
          public Carry visitPatternCarry(GirihParser.PatternCarryContext c) {
            return new Carry(types.pattern(c.pattern()), exprs.expr(c.expr()));
          }

          @Override
          public Carry visitNamesCarry(GirihParser.NamesCarryContext c) {
            List<Expr.FieldDef> fields = c.fieldDef().stream().map(exprs::field).toList();
            List<Pattern> names =
                c.fieldDef().stream()
                    .map(
                        f ->
                            (Pattern)
                                new Pattern.NamePattern(spans.of(f.name()), f.name().getText()))
                    .toList();
            boolean comma = c.getText().endsWith(",)");
            return fields.size() == 1 && !comma
                ? new Carry(names.getFirst(), fields.getFirst().value())
                : new Carry(
                    new Pattern.TuplePattern(at, names),
                    new Expr.TupleExpr(at, fields.stream().map(Expr.FieldDef::value).toList()));
          }
        });
  }
}
