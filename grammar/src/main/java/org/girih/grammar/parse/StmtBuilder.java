package org.girih.grammar.parse;

import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.Token;
import org.girih.grammar.ast.Expr;
import org.girih.grammar.ast.Stmt;
import org.girih.grammar.ast.Stmt.Assert;
import org.girih.grammar.ast.Stmt.DebugPrint;
import org.girih.grammar.ast.Stmt.Effect;
import org.girih.grammar.ast.Stmt.HostFor;
import org.girih.grammar.ast.Stmt.HostIf;
import org.girih.grammar.ast.Stmt.HostWhile;
import org.girih.grammar.ast.Stmt.Let;
import org.girih.grammar.parse.GirihParser.AssertStmtContext;
import org.girih.grammar.parse.GirihParser.BlockContext;
import org.girih.grammar.parse.GirihParser.BlockItemContext;
import org.girih.grammar.parse.GirihParser.BlockRestContext;
import org.girih.grammar.parse.GirihParser.ConditionalStmtContext;
import org.girih.grammar.parse.GirihParser.DebugPrintContext;
import org.girih.grammar.parse.GirihParser.EffectStmtContext;
import org.girih.grammar.parse.GirihParser.ExprContext;
import org.girih.grammar.parse.GirihParser.ForStmtContext;
import org.girih.grammar.parse.GirihParser.HostBlockContext;
import org.girih.grammar.parse.GirihParser.HostBranchesContext;
import org.girih.grammar.parse.GirihParser.IfStmtContext;
import org.girih.grammar.parse.GirihParser.InnerAssertContext;
import org.girih.grammar.parse.GirihParser.InnerLetContext;
import org.girih.grammar.parse.GirihParser.InnerPrintContext;
import org.girih.grammar.parse.GirihParser.LetContext;
import org.girih.grammar.parse.GirihParser.LetStmtContext;
import org.girih.grammar.parse.GirihParser.PrintStmtContext;
import org.girih.grammar.parse.GirihParser.StmtContext;
import org.girih.grammar.parse.GirihParser.WhileStmtContext;
import org.girih.ir.source.Span;

/// `let`, blocks, and the statements of the host program.
final class StmtBuilder extends GirihBaseVisitor<Stmt> {
  private final AstBuilder ast;

  StmtBuilder(AstBuilder ast) {
    this.ast = ast;
  }

  Stmt build(StmtContext it) {
    return it.accept(this);
  }

  /// `{ let …; e }`.
  Expr.Block block(BlockContext it) {
    return block(it.LBRACE().getSymbol(), it.blockRest());
  }

  /// @param open its `{`
  Expr.Block block(Token open, BlockRestContext rest) {
    Span span = ast.spans.between(open, rest.getStop());
    return new Expr.Block(span, items(rest.blockItem()), ast.exprs.build(rest.expr()));
  }

  List<Stmt> items(List<BlockItemContext> them) {
    return them.stream().map(it -> it.accept(this)).toList();
  }

  @Override
  public Stmt visitInnerLet(InnerLetContext it) {
    return let(it.let());
  }

  @Override
  public Stmt visitInnerAssert(InnerAssertContext it) {
    return assertion(ast.spans.of(it), it.expr());
  }

  @Override
  public Stmt visitInnerPrint(InnerPrintContext it) {
    return print(it.debugPrint());
  }

  @Override
  public Stmt visitPrintStmt(PrintStmtContext it) {
    return print(it.debugPrint());
  }

  private Stmt print(DebugPrintContext it) {
    Span span = ast.spans.of(it);
    Span head = ast.spans.between(it.DEBUG().getSymbol(), it.name().getStop());
    var callee =
        new Expr.Field(
            head,
            new Expr.Name(ast.spans.of(it.DEBUG().getSymbol()), "debug"),
            AstBuilder.name(it.name()),
            ast.spans.of(it.name()));
    return new DebugPrint(
        span, new Expr.Call(span, callee, it.arg().stream().map(ast.exprs::arg).toList()));
  }

  private Stmt assertion(Span at, List<ExprContext> parts) {
    List<Expr> all = parts.stream().map(ast.exprs::build).toList();
    return new Assert(
        at, all.getFirst(), all.stream().skip(1).findFirst(), all.stream().skip(2).findFirst());
  }

  private Let let(LetContext it) {
    return new Let(
        ast.spans.of(it),
        ast.patterns.build(it.pattern()),
        ast.types.optional(it.type()),
        ast.exprs.build(it.expr()));
  }

  List<Stmt> hostBlock(HostBlockContext it) {
    return it.stmt().stream().map(this::build).toList();
  }

  @Override
  public Stmt visitLetStmt(LetStmtContext it) {
    return let(it.let());
  }

  @Override
  public Stmt visitForStmt(ForStmtContext it) {
    return new HostFor(
        ast.spans.of(it),
        ast.patterns.build(it.pattern()),
        ast.exprs.iter(it.iter()),
        hostBlock(it.hostBlock()));
  }

  @Override
  public Stmt visitWhileStmt(WhileStmtContext it) {
    return new HostWhile(ast.spans.of(it), ast.exprs.build(it.expr()), hostBlock(it.hostBlock()));
  }

  /// `if a {…} else if b {…} else {…}`: built from the end, without recursion.
  @Override
  public Stmt visitIfStmt(IfStmtContext it) {
    HostBranchesContext branches = it.hostBranches();
    List<HostBlockContext> blocks = branches.hostBlock();
    var ifs = branches.IF();
    var conditions = new ArrayList<ExprContext>(List.of(it.expr()));
    conditions.addAll(branches.expr());
    List<Stmt> otherwise =
        blocks.size() > conditions.size() ? hostBlock(blocks.getLast()) : List.of();
    for (int i = conditions.size() - 1; i > 0; i--) {
      Token start = ifs.get(i - 1).getSymbol();
      otherwise = List.of(hostIf(start, it, conditions.get(i), blocks.get(i), otherwise));
    }
    return hostIf(it.getStart(), it, conditions.getFirst(), blocks.getFirst(), otherwise);
  }

  private HostIf hostIf(
      Token start,
      IfStmtContext whole,
      ExprContext condition,
      HostBlockContext then,
      List<Stmt> otherwise) {
    return new HostIf(
        ast.spans.between(start, whole.getStop()),
        ast.exprs.build(condition),
        hostBlock(then),
        otherwise);
  }

  @Override
  public Stmt visitConditionalStmt(ConditionalStmtContext it) {
    Expr call = ast.exprs.conditional(it.getStart(), it.expr(), it.branches());
    return new Effect(ast.spans.of(it), call);
  }

  @Override
  public Stmt visitAssertStmt(AssertStmtContext it) {
    return assertion(ast.spans.of(it), it.expr());
  }

  @Override
  public Stmt visitEffectStmt(EffectStmtContext it) {
    return new Effect(ast.spans.of(it), ast.exprs.plain(it.plain()));
  }
}
