package org.girih.grammar.parse;

import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.tree.TerminalNode;
import org.girih.grammar.ast.Expr;
import org.girih.grammar.ast.Item;
import org.girih.grammar.ast.Item.Importee;
import org.girih.grammar.ast.Item.Param;
import org.girih.grammar.ast.Item.RuleOf;
import org.girih.grammar.ast.Pattern.NamePattern;
import org.girih.grammar.ast.TypeExpr;
import org.girih.grammar.parse.GirihParser.AttributesContext;
import org.girih.grammar.parse.GirihParser.BenchItemContext;
import org.girih.grammar.parse.GirihParser.BlockBodyContext;
import org.girih.grammar.parse.GirihParser.BodyContext;
import org.girih.grammar.parse.GirihParser.DefItemContext;
import org.girih.grammar.parse.GirihParser.DerivativeOfContext;
import org.girih.grammar.parse.GirihParser.ExpressionBodyContext;
import org.girih.grammar.parse.GirihParser.FileImportContext;
import org.girih.grammar.parse.GirihParser.HostItemContext;
import org.girih.grammar.parse.GirihParser.ImportItemContext;
import org.girih.grammar.parse.GirihParser.ImporteeContext;
import org.girih.grammar.parse.GirihParser.ItemContext;
import org.girih.grammar.parse.GirihParser.LibraryImportContext;
import org.girih.grammar.parse.GirihParser.MeshItemContext;
import org.girih.grammar.parse.GirihParser.ModuleItemContext;
import org.girih.grammar.parse.GirihParser.ModuleNameItemContext;
import org.girih.grammar.parse.GirihParser.ParamContext;
import org.girih.grammar.parse.GirihParser.PathContext;
import org.girih.grammar.parse.GirihParser.PlainParamContext;
import org.girih.grammar.parse.GirihParser.RestParamContext;
import org.girih.grammar.parse.GirihParser.ResultContext;
import org.girih.grammar.parse.GirihParser.SizeNamesContext;
import org.girih.grammar.parse.GirihParser.SumItemContext;
import org.girih.grammar.parse.GirihParser.TestItemContext;
import org.girih.grammar.parse.GirihParser.TypeItemContext;
import org.girih.grammar.parse.GirihParser.TypeNameContext;
import org.girih.grammar.parse.GirihParser.TypeNamesContext;
import org.girih.grammar.parse.GirihParser.VariantContext;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.diagnostic.Diagnostic;
import org.girih.ir.source.Span;

/// Builds what is at the top level.
final class ItemBuilder extends GirihBaseVisitor<Item> {
  private final AstBuilder ast;
  private Optional<String> doc = Optional.empty();

  ItemBuilder(AstBuilder ast) {
    this.ast = ast;
  }

  Item build(ItemContext it, Optional<String> doc) {
    this.doc = doc;
    return it.accept(this);
  }

  @Override
  public Item visitImportItem(ImportItemContext it) {
    return new Item.Import(ast.spans.of(it), it.importee().stream().map(this::importee).toList());
  }

  private Importee importee(ImporteeContext importee) {
    Span span = ast.spans.of(importee);
    return switch (importee) {
      case LibraryImportContext it -> {
        String name = AstBuilder.name(it.name());
        yield new Importee(span, name, false, name);
      }
      case FileImportContext it ->
          new Importee(span, literal(it.STRING(), "path"), true, AstBuilder.name(it.name()));
      default -> new Importee(span, "", false, "");
    };
  }

  /// The text of a string that may have no holes.
  private String literal(TerminalNode string, String what) {
    return ast.texts.literal(string.getSymbol(), what);
  }

  @Override
  public Item visitTypeItem(TypeItemContext it) {
    return new Item.TypeDef(
        ast.spans.of(it),
        doc,
        AstBuilder.name(it.name()),
        sizes(it.sizeNames()),
        ast.types.build(it.type()));
  }

  @Override
  public Item visitSumItem(SumItemContext it) {
    return new Item.SumDef(
        ast.spans.of(it),
        doc,
        AstBuilder.name(it.name()),
        sizes(it.sizeNames()),
        it.variant().stream().map(this::variant).toList());
  }

  private Item.Variant variant(VariantContext it) {
    return new Item.Variant(
        ast.spans.of(it),
        AstBuilder.name(it.name()),
        it.type().stream().map(ast.types::build).toList());
  }

  @Override
  public Item visitMeshItem(MeshItemContext it) {
    return new Item.Mesh(ast.spans.of(it), ast.exprs.fields(it.fieldDef()));
  }

  @Override
  public Item visitTestItem(TestItemContext it) {
    return new Item.Test(
        ast.spans.of(it),
        literal(it.STRING(), "name of a test"),
        ast.stmts.hostBlock(it.hostBlock()));
  }

  @Override
  public Item visitBenchItem(BenchItemContext it) {
    return new Item.Bench(
        ast.spans.of(it),
        literal(it.STRING(), "name of a bench"),
        ast.stmts.hostBlock(it.hostBlock()));
  }

  @Override
  public Item visitDefItem(DefItemContext it) {
    return new Item.Def(
        ast.spans.of(it),
        doc,
        Optional.ofNullable(it.derivativeOf()).map(this::rule),
        AstBuilder.name(it.name()),
        ast.spans.of(it.name()),
        typeNames(it.typeNames()),
        params(it.params().param()),
        result(it.result()),
        Optional.ofNullable(it.requirement()).map(r -> ast.exprs.build(r.expr())),
        body(it.body()));
  }

  private RuleOf rule(DerivativeOfContext it) {
    String kind = AstBuilder.name(it.name());
    if (!kind.equals("jvp") && !kind.equals("vjp")) {
      ast.errors.add(
          Diagnostic.error(Code.MISPLACED, ast.spans.of(it.name()), "unknown rule `@" + kind + "`")
              .help("there are `@jvp(f)` and `@vjp(f)`"));
    }
    Span span = ast.spans.between(it.getStart(), it.RPAREN().getSymbol());
    return new RuleOf(span, kind, AstBuilder.path(it.path()));
  }

  @Override
  public Item visitModuleItem(ModuleItemContext it) {
    return new Item.Module(
        ast.spans.of(it),
        doc,
        AstBuilder.name(it.name()),
        ast.spans.of(it.name()),
        typeNames(it.typeNames()),
        base(it.attributes()),
        params(it.attributes().param()),
        params(it.params().param()),
        result(it.result()),
        body(it.body()));
  }

  @Override
  public Item visitModuleNameItem(ModuleNameItemContext it) {
    return new Item.ModuleName(
        ast.spans.of(it),
        doc,
        AstBuilder.name(it.name()),
        ast.spans.of(it.name()),
        base(it.path()));
  }

  private Optional<Item.Base> base(AttributesContext it) {
    return it.taken() == null ? Optional.empty() : Optional.of(base(it.taken().path()));
  }

  private Item.Base base(PathContext it) {
    return new Item.Base(ast.spans.of(it), AstBuilder.path(it));
  }

  @Override
  public Item visitHostItem(HostItemContext it) {
    return new Item.Host(ast.stmts.build(it.stmt()));
  }

  private static List<String> sizes(SizeNamesContext it) {
    return it == null ? List.of() : AstBuilder.names(it.name());
  }

  private List<Item.TypeName> typeNames(TypeNamesContext it) {
    return it == null ? List.of() : it.typeName().stream().map(this::typeName).toList();
  }

  private Item.TypeName typeName(TypeNameContext it) {
    var kind =
        it.ELLIPSIS() != null
            ? Item.TypeName.Kind.SIZES
            : it.kind != null ? Item.TypeName.Kind.DTYPE : Item.TypeName.Kind.SIZE;
    String dtypes = it.kind == null ? "" : AstBuilder.name(it.kind);
    return new Item.TypeName(ast.spans.of(it), AstBuilder.name(it.name(0)), kind, dtypes);
  }

  private Optional<TypeExpr> result(ResultContext it) {
    return it == null ? Optional.empty() : Optional.of(ast.types.build(it.type()));
  }

  private Expr body(BodyContext body) {
    return switch (body) {
      case ExpressionBodyContext it -> ast.exprs.build(it.expr());
      case BlockBodyContext it -> ast.stmts.block(it.block());
      default -> new Expr.NoneLit(ast.spans.of(body));
    };
  }

  private List<Param> params(List<ParamContext> all) {
    return all.stream().map(this::param).toList();
  }

  private Param param(ParamContext param) {
    Span span = ast.spans.of(param);
    return switch (param) {
      case RestParamContext it ->
          new Param(
              span,
              new NamePattern(ast.spans.of(it.name()), AstBuilder.name(it.name())),
              true,
              Optional.empty(),
              Optional.empty());
      case PlainParamContext it ->
          new Param(
              span,
              ast.patterns.build(it.pattern()),
              false,
              ast.types.optional(it.type()),
              ast.exprs.optional(it.expr()));
      default ->
          new Param(span, new NamePattern(span, ""), false, Optional.empty(), Optional.empty());
    };
  }
}
