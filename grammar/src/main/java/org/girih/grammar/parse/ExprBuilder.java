package org.girih.grammar.parse;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.girih.grammar.ast.Expr;
import org.girih.grammar.ast.Expr.Arg;
import org.girih.grammar.ast.Expr.Sub;
import org.girih.grammar.ast.Expr.UpdateOp;
import org.girih.grammar.ast.Pattern;
import org.girih.grammar.ast.Stmt;
import org.girih.ir.source.Span;

/// Expressions. Parse-tree alternatives are told apart by the generated visitor.
final class ExprBuilder {
  private final SourceParser parser;
  private final Spans spans;
  private final TypeBuilder types;

  ExprBuilder(SourceParser parser) {
    this.parser = parser;
    this.spans = parser.spans();
    this.types = new TypeBuilder(parser);
  }

  Expr expr(GirihParser.ExprContext tree) {
    return tree.accept(
        new GirihBaseVisitor<Expr>() {
          @Override
          public Expr visitConditional(GirihParser.ConditionalContext t) {
            return conditional(spans.of(t), expr(t.expr()), t.branches());
          }

          @Override
          public Expr visitLambdaExpr(GirihParser.LambdaExprContext t) {
            return lambda(t.lambda());
          }

          @Override
          public Expr visitPipeExpr(GirihParser.PipeExprContext t) {
            return pipe(t.pipe());
          }
        });
  }

  Expr plain(GirihParser.PlainContext tree) {
    return tree.lambda() != null ? lambda(tree.lambda()) : pipe(tree.pipe());
  }

  /// `then a else if c then b else d`, whose first condition is given.
  Expr conditional(Span at, Expr condition, GirihParser.BranchesContext tree) {
    List<GirihParser.ExprContext> all = tree.expr();
    Expr otherwise = plain(tree.plain());
    for (int i = all.size() - 2; i > 0; i -= 2) {
      Expr c = expr(all.get(i));
      otherwise =
          new Expr.If(c.span().to(otherwise.span()), c, expr(all.get(i + 1)), otherwise);
    }
    return new Expr.If(at, condition, expr(all.getFirst()), otherwise);
  }

  private Expr lambda(GirihParser.LambdaContext tree) {
    var head = tree.lambdaHead();
    List<Pattern> params =
        head.name() != null
            ? List.of(new Pattern.NamePattern(spans.of(head), head.getText()))
            : head.getText().equals("_")
                ? List.of(new Pattern.Wildcard(spans.of(head)))
                : types.patterns(head.patterns());
    Expr body =
        tree.expr() != null
            ? expr(tree.expr())
            : blockRest(spans.between(tree.LAMBDA_BRACE().getSymbol(), tree.getStop()), tree.blockRest());
    return new Expr.Lambda(spans.of(tree), params, body);
  }

  Expr.Block block(GirihParser.BlockContext tree) {
    return blockRest(spans.of(tree), tree.blockRest());
  }

  private Expr.Block blockRest(Span at, GirihParser.BlockRestContext tree) {
    return new Expr.Block(at, tree.let().stream().map(this::let).toList(), expr(tree.expr()));
  }

  Stmt.Let let(GirihParser.LetContext tree) {
    return new Stmt.Let(
        spans.of(tree),
        types.pattern(tree.pattern()),
        Optional.ofNullable(tree.type()).map(types::type),
        expr(tree.expr()));
  }

  private Expr pipe(GirihParser.PipeContext tree) {
    Expr value = update(tree.update(0));
    for (var next : tree.update().subList(1, tree.update().size())) {
      Expr callee = update(next);
      value =
          new Expr.Call(
              value.span().to(callee.span()),
              callee,
              List.of(new Arg.Positional(value.span(), value)));
    }
    return value;
  }

  private Expr update(GirihParser.UpdateContext tree) {
    Expr value = arith(tree.arith());
    for (int i = 1; i < tree.getChildCount(); i++) {
      switch (tree.getChild(i)) {
        case GirihParser.ChangeContext change -> {
          Expr to = arith(change.arith());
          UpdateOp op =
              switch (change.op.getText()) {
                case "=" -> UpdateOp.SET;
                case "+=" -> UpdateOp.ADD;
                case String other -> UpdateOp.MULTIPLY;
              };
          value =
              new Expr.Update(
                  value.span().to(to.span()), value, subs(change.index()), op, to);
        }
        case GirihParser.ConstraintContext constraint ->
            value =
                new Expr.Constrain(
                    value.span().to(spans.of(constraint)),
                    value,
                    types.dims(constraint.dims()));
        case Object _ -> {}
      }
    }
    return value;
  }

  private Expr arith(GirihParser.ArithContext tree) {
    if (tree.getChildCount() == 1) {
      return postfix(tree.postfix(0));
    }
    var operators = new OperatorBuilder(parser.errors());
    for (int i = 0; i < tree.getChildCount(); i++) {
      switch (tree.getChild(i)) {
        case GirihParser.PrefixContext prefix -> operators.prefix(prefix.getStart());
        case GirihParser.InfixContext infix -> operators.infix(infix.getStart());
        case GirihParser.PostfixContext postfix -> operators.operand(postfix(postfix));
        case Object _ -> {}
      }
    }
    return operators.result();
  }

  Expr postfix(GirihParser.PostfixContext tree) {
    Expr value = new AtomBuilder(parser, this, types).atom(tree.atom());
    for (var link : tree.link()) {
      Expr base = value;
      Span at = base.span().to(spans.of(link));
      value =
          link.accept(
              new GirihBaseVisitor<Expr>() {
                @Override
                public Expr visitCallLink(GirihParser.CallLinkContext l) {
                  return new Expr.Call(
                      at, base, l.arg().stream().map(ExprBuilder.this::arg).toList());
                }

                @Override
                public Expr visitIndexLink(GirihParser.IndexLinkContext l) {
                  return new Expr.Index(at, base, subs(l.index()));
                }

                @Override
                public Expr visitFieldLink(GirihParser.FieldLinkContext l) {
                  return new Expr.Field(at, base, l.name().getText(), spans.of(l.name()));
                }
              });
    }
    return value;
  }

  private Arg arg(GirihParser.ArgContext tree) {
    Span at = spans.of(tree);
    return tree.accept(
        new GirihBaseVisitor<Arg>() {
          @Override
          public Arg visitNamedArg(GirihParser.NamedArgContext a) {
            return new Arg.Named(at, a.name().getText(), expr(a.expr()));
          }

          @Override
          public Arg visitSpreadArg(GirihParser.SpreadArgContext a) {
            return new Arg.Spread(at, expr(a.expr()));
          }

          @Override
          public Arg visitPositionalArg(GirihParser.PositionalArgContext a) {
            return new Arg.Positional(at, expr(a.expr()));
          }
        });
  }

  private List<Sub> subs(GirihParser.IndexContext tree) {
    var out = new ArrayList<Sub>();
    for (var sub : tree.sub()) {
      Optional<Expr> from = Optional.ofNullable(sub.from).map(this::expr);
      var rest = sub.sliceRest();
      out.add(
          rest == null
              ? new Sub.At(spans.of(sub), from.orElseThrow())
              : new Sub.Slice(
                  spans.of(sub),
                  from,
                  Optional.ofNullable(rest.to).map(this::expr),
                  Optional.ofNullable(rest.step).map(this::expr)));
    }
    return out;
  }

  Expr.Iter iter(GirihParser.IterContext tree) {
    Expr from = expr(tree.from);
    return tree.to == null
        ? new Expr.Iter.Over(spans.of(tree), from)
        : new Expr.Iter.Range(spans.of(tree), from, expr(tree.to));
  }

  Expr.Generator generator(GirihParser.GeneratorContext tree) {
    return new Expr.Generator(spans.of(tree), types.pattern(tree.pattern()), iter(tree.iter()));
  }

  Expr.FieldDef field(GirihParser.FieldDefContext tree) {
    String name = tree.name().getText();
    Expr value =
        tree.expr() == null ? new Expr.Name(spans.of(tree), name) : expr(tree.expr());
    return new Expr.FieldDef(spans.of(tree), name, value);
  }
}
