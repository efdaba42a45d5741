package org.girih.grammar.ast;

import java.util.ArrayList;
import java.util.List;
import org.girih.grammar.ast.FreeNames.By;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.diagnostic.Diagnostic;
import org.girih.ir.source.Span;

/// Warns of a `let`, parameter or import that nobody uses, unless its name begins with `_`.
///
/// Of patterns the parts need not be used, nor need parameters of lambdas and of derivatives; what
/// a library binds at its top is for those who import it.
public final class UnusedNames {
  private final List<Diagnostic> warnings = new ArrayList<>();
  private final FreeNames names = new FreeNames(true, this::unused, this::dropped);

  private UnusedNames() {}

  /// Returns the warnings.
  ///
  /// @param program whether it is one, and not a library
  public static List<Diagnostic> of(SourceFile file, boolean program) {
    var walk = new UnusedNames();
    walk.names.open(List.of());
    for (Item item : file.items()) {
      if (item instanceof Item.Import(_, var importees)) {
        importees.forEach(i -> walk.names.bind(i.alias(), i.span(), By.IMPORT));
      }
    }
    for (Item item : file.items()) {
      walk.item(item, program);
    }
    walk.names.close();
    return List.copyOf(walk.warnings);
  }

  private void unused(FreeNames.Binding binding) {
    String what = binding.by == By.IMPORT ? "the import of " : "the " + binding.by.text() + " ";
    warnings.add(
        Diagnostic.warning(Code.UNUSED, binding.at, what + "`" + binding.name + "` is not used")
            .help(
                binding.by == By.PARAMETER
                    ? "call it `_" + binding.name + "` if that is meant"
                    : binding.by == By.LET
                        ? "delete it, or write `let _ = …` or `_" + binding.name + "`"
                        : "delete it"));
  }

  private void item(Item item, boolean program) {
    switch (item) {
      case Item.Import _ -> {}
      case Item.TypeDef type -> names.type(type.type());
      case Item.SumDef sum -> sum.variants().forEach(v -> v.payload().forEach(names::type));
      case Item.Mesh mesh -> mesh.axes().forEach(a -> names.expr(a.value()));
      case Item.Test test -> block(test.body());
      case Item.Bench bench -> block(bench.body());
      case Item.Def def -> {
        def.rule().ifPresent(rule -> names.use(rule.span(), rule.path().getFirst()));
        names.open(def.names().stream().map(Item.TypeName::name).toList());
        params(def.params(), def.rule().isEmpty());
        def.result().ifPresent(names::type);
        def.requirement().ifPresent(names::expr);
        names.expr(def.body());
        names.close();
      }
      case Item.Module module -> {
        module.base().ifPresent(base -> names.use(base.span(), base.path().getFirst()));
        names.open(module.names().stream().map(Item.TypeName::name).toList());
        // Those of a module with a base may be for the base.
        params(module.outer(), module.base().isEmpty());
        params(module.inner(), true);
        module.result().ifPresent(names::type);
        names.expr(module.body());
        names.close();
      }
      case Item.ModuleName other -> names.use(other.of().span(), other.of().path().getFirst());
      case Item.Host(Stmt.Let let) -> let(let, program ? By.LET : By.OTHER);
      case Item.Host(Stmt stmt) -> stmt(stmt);
    }
  }

  private void params(List<Item.Param> params, boolean due) {
    for (Item.Param param : params) {
      param.init().ifPresent(names::expr);
      param
          .type()
          .ifPresent(
              type -> {
                names.type(type);
                SizeNames.of(type).forEach(n -> sizeOf(n, type.span()));
              });
      names.bind(param.pattern(), due ? By.PARAMETER : By.OTHER);
    }
  }

  /// A size that an annotation binds is no parameter; one that is a parameter is used there.
  private void sizeOf(String name, Span at) {
    names.use(at, name);
  }

  private void let(Stmt.Let let, By by) {
    names.expr(let.value());
    let.type().ifPresent(names::type);
    names.bind(let.pattern(), by);
  }

  private void block(List<Stmt> body) {
    names.open(List.of());
    body.forEach(this::stmt);
    names.close();
  }

  private void stmt(Stmt stmt) {
    switch (stmt) {
      case Stmt.Let let -> {
        // What a host block rebinds is there for the next iteration, and behind the block.
        List<String> bound = BoundNames.of(let.pattern());
        boolean rebinds = bound.stream().anyMatch(names::boundOutside);
        let(let, rebinds ? By.OTHER : By.LET);
        bound.stream()
            .filter(names::boundOutside)
            .forEach(name -> names.useOutside(let.span(), name));
      }
      case Stmt.Assert check -> {
        names.expr(check.condition());
        check.texts().forEach(names::expr);
      }
      case Stmt.DebugPrint(_, var call) -> call.args().forEach(arg -> names.expr(arg.value()));
      case Stmt.Effect(_, var call) -> names.expr(call);
      case Stmt.HostFor(_, var pattern, var iter, var body) -> {
        names.iter(iter);
        names.open(List.of());
        names.bind(pattern, By.OTHER);
        body.forEach(this::stmt);
        names.close();
      }
      case Stmt.HostWhile(_, var condition, var body) -> {
        names.expr(condition);
        block(body);
      }
      case Stmt.HostIf(_, var condition, var then, var otherwise) -> {
        names.expr(condition);
        block(then);
        block(otherwise);
      }
    }
  }

  /// Warns of a value that the line behind it seems to go on with and does not: a line
  /// that begins with `-` is a value of its own.
  private boolean dropped(Stmt.Let before, Expr result) {
    Expr first = result;
    while (first instanceof Expr.Binary binary) {
      first = binary.left();
    }
    if (!(first instanceof Expr.Unary(Span at, Expr.UnaryOp op, _)) || op != Expr.UnaryOp.NEGATE) {
      return false;
    }
    return warnings.add(
        Diagnostic.warning(
                Code.VALUE_DROPPED,
                at,
                "this line begins with `-`, and so does not go on with the one before")
            .label(before.value().span(), "this is not used")
            .help("end the line before with `-`, or put both in parentheses"));
  }
}
