package org.girih.grammar.parse;

import java.util.List;
import java.util.Optional;
import org.girih.grammar.ast.Expr;
import org.girih.grammar.ast.Item;
import org.girih.grammar.ast.Pattern;
import org.girih.grammar.ast.Stmt;
import org.girih.ir.source.Span;

/// Items and statements.
final class ItemBuilder extends GirihBaseVisitor<Item> {
  private final SourceParser parser;
  private final Optional<String> doc;
  private final Spans spans;
  private final ExprBuilder exprs;
  private final TypeBuilder types;

  ItemBuilder(SourceParser parser, Optional<String> doc) {
    this.parser = parser;
    this.doc = doc;
    this.spans = parser.spans();
    this.exprs = new ExprBuilder(parser);
    this.types = new TypeBuilder(parser);
  }

  Item item(GirihParser.ItemContext tree) {
    return tree.accept(this);
  }

  @Override
  public Item visitImportItem(GirihParser.ImportItemContext t) {
    return new Item.Import(
        spans.of(t),
        t.importee().stream()
            .map(
                i ->
                    i.accept(
                        new GirihBaseVisitor<Item.Importee>() {
                          @Override
                          public Item.Importee visitLibraryImport(
                              GirihParser.LibraryImportContext l) {
                            String name = l.name().getText();
                            return new Item.Importee(spans.of(l), name, false, name);
                          }

                          @Override
                          public Item.Importee visitFileImport(GirihParser.FileImportContext f) {
                            return new Item.Importee(
                                spans.of(f),
                                TextBuilder.plain(parser, f.STRING().getSymbol()),
                                true,
                                f.name().getText());
                          }
                        }))
            .toList());
  }

  @Override
  public Item visitTypeItem(GirihParser.TypeItemContext t) {
    return new Item.TypeDef(
        spans.of(t), doc, t.name().getText(), names(t.sizeNames()), types.type(t.type()));
  }

  private static List<String> names(GirihParser.SizeNamesContext tree) {
    return tree == null ? List.of() : tree.name().stream().map(n -> n.getText()).toList();
  }

  @Override
  public Item visitMeshItem(GirihParser.MeshItemContext t) {
    return new Item.Mesh(spans.of(t), t.fieldDef().stream().map(exprs::field).toList());
  }

  @Override
  public Item visitTestItem(GirihParser.TestItemContext t) {
    return new Item.Test(
        spans.of(t), TextBuilder.plain(parser, t.STRING().getSymbol()), block(t.hostBlock()));
  }

  @Override
  public Item visitDefItem(GirihParser.DefItemContext t) {
    return new Item.Def(
        spans.of(t),
        doc,
        Optional.ofNullable(t.derivativeOf())
            .map(r -> new Item.RuleOf(spans.of(r), r.name().getText(), types.path(r.path()))),
        t.name().getText(),
        spans.of(t.name()),
        names(t.sizeNames()),
        params(t.params()),
        Optional.ofNullable(t.result()).map(r -> types.type(r.type())),
        body(t.body()));
  }

  @Override
  public Item visitModuleItem(GirihParser.ModuleItemContext t) {
    return new Item.Module(
        spans.of(t),
        doc,
        t.name().getText(),
        spans.of(t.name()),
        params(t.outer),
        params(t.inner),
        Optional.ofNullable(t.result()).map(r -> types.type(r.type())),
        body(t.body()));
  }

  private Expr body(GirihParser.BodyContext tree) {
    return tree.accept(
        new GirihBaseVisitor<Expr>() {
          @Override
          public Expr visitExpressionBody(GirihParser.ExpressionBodyContext b) {
            return exprs.expr(b.expr());
          }

          @Override
          public Expr visitBlockBody(GirihParser.BlockBodyContext b) {
            return exprs.block(b.block());
          }
        });
  }

  private List<Item.Param> params(GirihParser.ParamsContext tree) {
    return tree.param().stream().map(this::param).toList();
  }

  private Item.Param param(GirihParser.ParamContext tree) {
    Span at = spans.of(tree);
    return tree.accept(
        new GirihBaseVisitor<Item.Param>() {
          @Override
          public Item.Param visitRestParam(GirihParser.RestParamContext p) {
            return new Item.Param(
                at,
                new Pattern.NamePattern(spans.of(p.name()), p.name().getText()),
                true,
                Optional.empty(),
                Optional.empty());
          }

          @Override
          public Item.Param visitPlainParam(GirihParser.PlainParamContext p) {
            return new Item.Param(
                at,
                types.pattern(p.pattern()),
                false,
                Optional.ofNullable(p.type()).map(types::type),
                Optional.ofNullable(p.expr()).map(exprs::expr));
          }
        });
  }

  @Override
  public Item visitHostItem(GirihParser.HostItemContext t) {
    return new Item.Host(stmt(t.stmt()));
  }

  private List<Stmt> block(GirihParser.HostBlockContext tree) {
    return tree.stmt().stream().map(this::stmt).toList();
  }

  private Stmt stmt(GirihParser.StmtContext tree) {
    Span at = spans.of(tree);
    return tree.accept(
        new GirihBaseVisitor<Stmt>() {
          @Override
          public Stmt visitLetStmt(GirihParser.LetStmtContext s) {
            return exprs.let(s.let());
          }

          @Override
          public Stmt visitForStmt(GirihParser.ForStmtContext s) {
            return new Stmt.HostFor(
                at, types.pattern(s.pattern()), exprs.iter(s.iter()), block(s.hostBlock()));
          }

          @Override
          public Stmt visitWhileStmt(GirihParser.WhileStmtContext s) {
            return new Stmt.HostWhile(at, exprs.expr(s.expr()), block(s.hostBlock()));
          }

          @Override
          public Stmt visitIfStmt(GirihParser.IfStmtContext s) {
            return hostIf(at, exprs.expr(s.expr()), s.hostBranches());
          }

          @Override
          public Stmt visitConditionalStmt(GirihParser.ConditionalStmtContext s) {
            return new Stmt.Effect(
                at, exprs.conditional(at, exprs.expr(s.expr()), s.branches()));
          }

          @Override
          public Stmt visitAssertStmt(GirihParser.AssertStmtContext s) {
            return new Stmt.Assert(at, exprs.expr(s.expr()));
          }

          @Override
          public Stmt visitEffectStmt(GirihParser.EffectStmtContext s) {
            return new Stmt.Effect(at, exprs.plain(s.plain()));
          }
        });
  }

  private Stmt hostIf(Span at, Expr condition, GirihParser.HostBranchesContext tree) {
    var blocks = tree.hostBlock();
    var conditions = tree.expr();
    boolean last = blocks.size() > conditions.size() + 1;
    List<Stmt> otherwise = last ? block(blocks.getLast()) : List.of();
    for (int i = conditions.size() - 1; i >= 0; i--) {
      Expr c = exprs.expr(conditions.get(i));
      otherwise = List.of(new Stmt.HostIf(at, c, block(blocks.get(i + 1)), otherwise));
    }
    return new Stmt.HostIf(at, condition, block(blocks.getFirst()), otherwise);
  }
}
