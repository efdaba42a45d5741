package org.girih.grammar.ast;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.girih.grammar.ast.Stmt.HostIf;
import org.girih.ir.source.LargeStack;

/// Prints syntax trees as S-expressions, for `girih show --stage ast` and for tests:
///
/// ```
/// (def predict (params h w b)
///   (block
///     (let y (+ (@ h w) b))
///     (call tanh y)))
/// ```
public final class AstPrinter {
  /// A tree may be a few thousand records deep; virtual memory.
  private static final long STACK_BYTES = 64L << 20;

  private AstPrinter() {}

  /// The whole file, an item after the other, each ended by a line break.
  public static String print(SourceFile file) {
    return LargeStack.call(STACK_BYTES, () -> text(file));
  }

  private static String text(SourceFile file) {
    var out = new StringBuilder();
    file.doc().ifPresent(doc -> out.append(doc(doc).head()).append('\n'));
    for (Sexp item : items(file)) {
      item.print(out, 0);
      out.append('\n');
    }
    return out.toString();
  }

  static List<Sexp> items(SourceFile file) {
    return file.items().stream().map(AstPrinter::item).toList();
  }

  private static Sexp item(Item item) {
    return switch (item) {
      case Item.Import it ->
          Sexp.list(it.span(), "import", it.importees().stream().map(AstPrinter::importee));
      case Item.TypeDef it ->
          Sexp.list(
              it.span(),
              "type " + it.name(),
              Stream.of(doc(it.doc()), sizes(it.sizes()), Stream.of(TypeSexp.type(it.type())))
                  .flatMap(s -> s));
      case Item.SumDef it ->
          Sexp.list(
              it.span(),
              "type " + it.name(),
              Stream.of(
                      doc(it.doc()),
                      sizes(it.sizes()),
                      it.variants().stream().map(AstPrinter::variant))
                  .flatMap(s -> s));
      case Item.Mesh it -> Sexp.list(it.span(), "mesh", it.axes().stream().map(ExprSexp::field));
      case Item.Test it ->
          Sexp.list(it.span(), "test " + ExprSexp.quoted(it.name()), stmts(it.body()));
      case Item.Bench it ->
          Sexp.list(it.span(), "bench " + ExprSexp.quoted(it.name()), stmts(it.body()));
      case Item.Def it ->
          Sexp.list(
              it.span(),
              "def " + it.name(),
              Stream.of(
                      doc(it.doc()),
                      it.rule().stream().map(AstPrinter::rule),
                      sizes(it.names().stream().map(AstPrinter::typeName).toList()),
                      Stream.of(params(it.params())),
                      result(it.result()),
                      it.requirement().stream()
                          .map(r -> Sexp.group("where", Stream.of(ExprSexp.of(r)))),
                      Stream.of(ExprSexp.of(it.body())))
                  .flatMap(s -> s));
      case Item.Module it ->
          Sexp.list(
              it.span(),
              "module " + it.name(),
              Stream.of(
                      doc(it.doc()),
                      sizes(it.names().stream().map(AstPrinter::typeName).toList()),
                      it.base().stream().map(AstPrinter::base),
                      Stream.of(params(it.outer()), params(it.inner())),
                      result(it.result()),
                      Stream.of(ExprSexp.of(it.body())))
                  .flatMap(s -> s));
      case Item.ModuleName it ->
          Sexp.list(
              it.span(),
              "module " + it.name(),
              Stream.concat(doc(it.doc()), Stream.of(base(it.of()))));
      case Item.Host it -> stmt(it.stmt());
    };
  }

  private static Sexp base(Item.Base it) {
    return Sexp.atom(it.span(), "..." + String.join(".", it.path()));
  }

  private static Sexp importee(Item.Importee it) {
    String path = it.file() ? ExprSexp.quoted(it.path()) + " as " + it.alias() : it.path();
    return Sexp.atom(it.span(), path);
  }

  private static Stream<Sexp> doc(Optional<String> doc) {
    return doc.stream().map(AstPrinter::doc);
  }

  private static Sexp doc(String text) {
    return Sexp.atom("(doc " + ExprSexp.quoted(text) + ")");
  }

  private static Stream<Sexp> sizes(List<String> sizes) {
    return sizes.isEmpty()
        ? Stream.of()
        : Stream.of(Sexp.atom("[" + String.join(", ", sizes) + "]"));
  }

  private static String typeName(Item.TypeName it) {
    return switch (it.kind()) {
      case SIZE -> it.name();
      case SIZES -> "..." + it.name();
      case DTYPE -> it.name() + ": " + it.dtypes();
    };
  }

  private static Sexp variant(Item.Variant it) {
    return it.payload().isEmpty()
        ? Sexp.atom(it.span(), it.name())
        : Sexp.list(it.span(), it.name(), it.payload().stream().map(TypeSexp::type));
  }

  private static Sexp rule(Item.RuleOf it) {
    return Sexp.list(it.span(), "@" + it.kind(), Sexp.atom(String.join(".", it.path())));
  }

  private static Stream<Sexp> result(Optional<TypeExpr> type) {
    return type.stream().map(it -> Sexp.group("->", Stream.of(TypeSexp.type(it))));
  }

  private static Sexp params(List<Item.Param> params) {
    return Sexp.group("params", params.stream().map(AstPrinter::param));
  }

  private static Sexp param(Item.Param it) {
    Sexp pattern = PatternSexp.of(it.pattern());
    if (!it.rest() && it.type().isEmpty() && it.init().isEmpty()) {
      return pattern;
    }
    return Sexp.list(
        it.span(),
        it.rest() ? "rest" : "param",
        Stream.of(
                Stream.of(pattern),
                it.type().stream().map(TypeSexp::annotation),
                it.init().stream().map(init -> Sexp.group("=", Stream.of(ExprSexp.of(init)))))
            .flatMap(s -> s));
  }

  private static Stream<Sexp> stmts(List<Stmt> stmts) {
    return stmts.stream().map(AstPrinter::stmt);
  }

  static Sexp stmt(Stmt stmt) {
    return switch (stmt) {
      case Stmt.Let it -> let(it);
      case Stmt.HostFor it ->
          Sexp.list(
              it.span(),
              "for",
              Stream.concat(
                  Stream.of(PatternSexp.of(it.pattern()), ExprSexp.iter(it.iter())),
                  stmts(it.body())));
      case Stmt.HostWhile it ->
          Sexp.list(
              it.span(),
              "while",
              Stream.concat(Stream.of(ExprSexp.of(it.condition())), stmts(it.body())));
      case HostIf it -> hostIf(it);
      case Stmt.Assert it ->
          Sexp.list(
              it.span(),
              "assert",
              Stream.concat(
                  Stream.of(ExprSexp.of(it.condition())), it.texts().stream().map(ExprSexp::of)));
      case Stmt.DebugPrint it ->
          Sexp.list(it.span(), "debug_print", it.args().stream().map(ExprSexp::arg));
      case Stmt.Effect it -> Sexp.list(it.span(), "effect", ExprSexp.of(it.call()));
    };
  }

  private static Sexp let(Stmt.Let it) {
    return Sexp.list(
        it.span(),
        "let",
        Stream.of(
                Stream.of(PatternSexp.of(it.pattern())),
                it.type().stream().map(TypeSexp::annotation),
                Stream.of(ExprSexp.of(it.value())))
            .flatMap(s -> s));
  }

  /// A chain of `else if` is flat: `(if c (then ...) d (then ...) (else ...))`.
  private static Sexp hostIf(HostIf first) {
    var parts = new ArrayList<Sexp>();
    HostIf it = first;
    while (true) {
      parts.add(ExprSexp.of(it.condition()));
      parts.add(Sexp.group("then", stmts(it.then())));
      boolean chain = it.otherwise().size() == 1 && it.otherwise().getFirst() instanceof HostIf;
      if (!chain) {
        break;
      }
      it = (HostIf) it.otherwise().getFirst();
    }
    if (!it.otherwise().isEmpty()) {
      parts.add(Sexp.group("else", stmts(it.otherwise())));
    }
    return Sexp.list(first.span(), "if", parts.stream());
  }
}
