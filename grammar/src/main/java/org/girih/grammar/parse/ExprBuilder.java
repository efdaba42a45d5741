package org.girih.grammar.parse;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.Token;
import org.girih.grammar.ast.Expr;
import org.girih.grammar.ast.Expr.Arg;
import org.girih.grammar.ast.Expr.Call;
import org.girih.grammar.ast.Expr.Constrain;
import org.girih.grammar.ast.Expr.Field;
import org.girih.grammar.ast.Expr.FieldDef;
import org.girih.grammar.ast.Expr.If;
import org.girih.grammar.ast.Expr.Index;
import org.girih.grammar.ast.Expr.Iter;
import org.girih.grammar.ast.Expr.Lambda;
import org.girih.grammar.ast.Expr.NoneLit;
import org.girih.grammar.ast.Expr.Sub;
import org.girih.grammar.ast.Expr.Update;
import org.girih.grammar.ast.Expr.UpdateOp;
import org.girih.grammar.ast.Pattern;
import org.girih.grammar.parse.GirihParser.ArgContext;
import org.girih.grammar.parse.GirihParser.BranchesContext;
import org.girih.grammar.parse.GirihParser.CallLinkContext;
import org.girih.grammar.parse.GirihParser.ChangeContext;
import org.girih.grammar.parse.GirihParser.ConditionalContext;
import org.girih.grammar.parse.GirihParser.ConstraintContext;
import org.girih.grammar.parse.GirihParser.ExprContext;
import org.girih.grammar.parse.GirihParser.ExtremumContext;
import org.girih.grammar.parse.GirihParser.FieldDefContext;
import org.girih.grammar.parse.GirihParser.FieldLinkContext;
import org.girih.grammar.parse.GirihParser.IndexContext;
import org.girih.grammar.parse.GirihParser.IndexLinkContext;
import org.girih.grammar.parse.GirihParser.IterContext;
import org.girih.grammar.parse.GirihParser.LambdaContext;
import org.girih.grammar.parse.GirihParser.LambdaExprContext;
import org.girih.grammar.parse.GirihParser.LinkContext;
import org.girih.grammar.parse.GirihParser.NamedArgContext;
import org.girih.grammar.parse.GirihParser.PipeContext;
import org.girih.grammar.parse.GirihParser.PipeExprContext;
import org.girih.grammar.parse.GirihParser.PlainContext;
import org.girih.grammar.parse.GirihParser.PositionalArgContext;
import org.girih.grammar.parse.GirihParser.PostfixContext;
import org.girih.grammar.parse.GirihParser.SpreadArgContext;
import org.girih.grammar.parse.GirihParser.SubContext;
import org.girih.grammar.parse.GirihParser.UpdateContext;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.diagnostic.Diagnostic;
import org.girih.ir.source.Span;

/// Expressions but for their operators ([OperatorBuilder]) and atoms ([AtomBuilder]).
final class ExprBuilder extends GirihBaseVisitor<Expr> {
  private final AstBuilder ast;
  private final AtomBuilder atoms;

  ExprBuilder(AstBuilder ast) {
    this.ast = ast;
    this.atoms = new AtomBuilder(ast);
  }

  Expr build(ExprContext it) {
    Expr built = ast.enter(1, ast.spans.of(it)) ? it.accept(this) : new NoneLit(ast.spans.of(it));
    ast.leave(1);
    return built;
  }

  List<Expr> all(List<ExprContext> them) {
    return them.stream().map(this::build).toList();
  }

  List<FieldDef> fields(List<FieldDefContext> them) {
    return atoms.fields(them);
  }

  Iter iter(IterContext it) {
    return atoms.iter(it);
  }

  /// The expression that may be there.
  Optional<Expr> optional(ExprContext it) {
    return Optional.ofNullable(it).map(this::build);
  }

  Expr plain(PlainContext it) {
    return it.lambda() != null ? lambda(it.lambda()) : pipe(it.pipe());
  }

  @Override
  public Expr visitConditional(ConditionalContext it) {
    return conditional(it.IF().getSymbol(), it.expr(), it.branches());
  }

  @Override
  public Expr visitLambdaExpr(LambdaExprContext it) {
    return lambda(it.lambda());
  }

  @Override
  public Expr visitPipeExpr(PipeExprContext it) {
    return pipe(it.pipe());
  }

  /// `if c then a else if d then b else e`: built from the end, without recursion.
  ///
  /// @param first the first `if`
  Expr conditional(Token first, ExprContext condition, BranchesContext it) {
    List<ExprContext> between = it.expr(); // then, (condition, then)*
    var ifs = it.IF();
    Expr built = plain(it.plain());
    for (int i = between.size() - 1; i >= 2; i -= 2) {
      Token start = ifs.get(i / 2 - 1).getSymbol();
      Span span = ast.spans.between(start, it.getStop());
      built = new If(span, build(between.get(i - 1)), build(between.get(i)), built);
    }
    Span span = ast.spans.between(first, it.getStop());
    return new If(span, build(condition), build(between.getFirst()), built);
  }

  Expr lambda(LambdaContext it) {
    Expr body =
        it.blockRest() != null
            ? ast.stmts.block(it.LAMBDA_BRACE().getSymbol(), it.blockRest())
            : build(it.expr());
    List<Pattern> params = ast.patterns.params(it.lambdaHead());
    List<Optional<Expr>> inits =
        it.lambdaHead().LAMBDA_PAREN() == null
            ? params.stream().map(_ -> Optional.<Expr>empty()).toList()
            : it.lambdaHead().lambdaParam().stream()
                .map(p -> Optional.ofNullable(p.expr()).map(this::build))
                .toList();
    return new Lambda(ast.spans.of(it), params, inits, body);
  }

  /// `x |> f |> g` is `g(f(x))`.
  Expr pipe(PipeContext it) {
    List<UpdateContext> stages = it.update();
    if (stages.size() == 1) {
      return update(stages.getFirst());
    }
    Span whole = ast.spans.of(it);
    int links = stages.size();
    Expr built = new NoneLit(whole);
    if (ast.enter(links, whole)) {
      built = update(stages.getFirst());
      Span value = ast.spans.of(stages.getFirst());
      for (UpdateContext stage : stages.subList(1, links)) {
        Arg arg = new Arg.Positional(value, built);
        value = value.to(ast.spans.of(stage));
        built = new Call(value, update(stage), List.of(arg));
      }
    }
    ast.leave(links);
    return built;
  }

  private Expr update(UpdateContext it) {
    int links = it.getChildCount() - 1;
    if (links == 0) {
      return ast.operators.build(it.arith());
    }
    Span whole = ast.spans.of(it);
    Expr built = new NoneLit(whole);
    if (ast.enter(links, whole)) {
      built = ast.operators.build(it.arith());
      for (int i = 1; i <= links; i++) {
        built =
            switch (it.getChild(i)) {
              case ChangeContext change -> change(it, built, change);
              case ConstraintContext as ->
                  new Constrain(
                      ast.spans.between(it.getStart(), as.getStop()),
                      built,
                      ast.types.dims(as.dims()));
              default -> built;
            };
      }
    }
    ast.leave(links);
    return built;
  }

  private Expr change(UpdateContext whole, Expr base, ChangeContext it) {
    UpdateOp op = it.op == null ? extreme(it.extremum()) : updateOp(it.op);
    Span span = ast.spans.between(whole.getStart(), it.getStop());
    return new Update(span, base, subs(it.index()), op, ast.operators.build(it.arith()));
  }

  private static UpdateOp updateOp(Token token) {
    return switch (token.getType()) {
      case GirihParser.ASSIGN -> UpdateOp.SET;
      case GirihParser.ADD_ASSIGN -> UpdateOp.ADD;
      default -> UpdateOp.MULTIPLY;
    };
  }

  /// Reads `max` or `min` before the `=` of an update.
  private UpdateOp extreme(ExtremumContext name) {
    switch (name.getText()) {
      case "max":
        return UpdateOp.MAX;
      case "min":
        return UpdateOp.MIN;
      default:
        ast.errors.add(
            Diagnostic.error(
                    Code.SYNTAX,
                    ast.spans.of(name),
                    "unexpected `"
                        + name.getText()
                        + "`, expecting `=`, `+=`, `*=`, `max=` or `min=`")
                .help("another function: `x with [i] = f(x[i], v)`"));
        return UpdateOp.SET;
    }
  }

  Expr postfix(PostfixContext it) {
    List<LinkContext> links = it.link();
    if (links.isEmpty()) {
      return it.atom().accept(atoms);
    }
    Span whole = ast.spans.of(it);
    Expr built = new NoneLit(whole);
    if (ast.enter(links.size(), whole)) {
      built = it.atom().accept(atoms);
      for (LinkContext link : links) {
        built = link(built, ast.spans.between(it.getStart(), link.getStop()), link);
      }
    }
    ast.leave(links.size());
    return built;
  }

  private Expr link(Expr base, Span span, LinkContext link) {
    return switch (link) {
      case CallLinkContext it -> new Call(span, base, it.arg().stream().map(this::arg).toList());
      case IndexLinkContext it -> new Index(span, base, subs(it.index()));
      case FieldLinkContext it ->
          new Field(span, base, AstBuilder.name(it.name()), ast.spans.of(it.name()));
      default -> base;
    };
  }

  Arg arg(ArgContext arg) {
    Span span = ast.spans.of(arg);
    return switch (arg) {
      case NamedArgContext it -> new Arg.Named(span, AstBuilder.name(it.name()), build(it.expr()));
      case SpreadArgContext it -> new Arg.Spread(span, build(it.expr()));
      case PositionalArgContext it -> new Arg.Positional(span, build(it.expr()));
      default -> new Arg.Positional(span, new NoneLit(span));
    };
  }

  private List<Sub> subs(IndexContext it) {
    var subs = new ArrayList<Sub>();
    for (SubContext sub : it.sub()) {
      Span span = ast.spans.of(sub);
      if (sub.sliceRest() == null) {
        subs.add(new Sub.At(span, build(sub.from)));
      } else {
        var rest = sub.sliceRest();
        subs.add(new Sub.Slice(span, optional(sub.from), optional(rest.to), optional(rest.step)));
      }
    }
    return List.copyOf(subs);
  }
}
