package org.girih.grammar.ast;

import java.util.List;
import java.util.Optional;
import org.girih.ir.source.Span;

/// An item at the top level of a file.
public sealed interface Item {
  Span span();

  /// `import nn, "other.girih" as other`.
  record Import(Span span, List<Importee> importees) implements Item {}

  /// @param path the library's name or, if `file`, the path as written
  record Importee(Span span, String path, boolean file, String alias) {}

  record TypeDef(Span span, Optional<String> doc, String name, List<String> sizes, TypeExpr type)
      implements Item {}

  /// `type Shape[n] = circle(f32) | box(f32[n])`.
  record SumDef(
      Span span, Optional<String> doc, String name, List<String> sizes, List<Variant> variants)
      implements Item {}

  /// One of the forms that a value of a sum type has, with the types of what it holds.
  record Variant(Span span, String name, List<TypeExpr> payload) {}

  /// `mesh (data = 4, model = 2)`.
  record Mesh(Span span, List<Expr.FieldDef> axes) implements Item {}

  record Test(Span span, String name, List<Stmt> body) implements Item {}

  /// A measurement: of the last statement, an expression; what precedes it is not timed.
  record Bench(Span span, String name, List<Stmt> body) implements Item {}

  /// @param doc the `##` comment above it, without the marks
  /// @param rule `@jvp(f)` or `@vjp(f)`
  /// @param names those in brackets; empty list where there are no brackets
  /// @param requirement the condition after `where`
  /// @param body a [Expr.Block] or, after `=`, any expression
  record Def(
      Span span,
      Optional<String> doc,
      Optional<RuleOf> rule,
      String name,
      Span nameSpan,
      List<TypeName> names,
      List<Param> params,
      Optional<TypeExpr> result,
      Optional<Expr> requirement,
      Expr body)
      implements Item {
    /// Returns those of its names in brackets that are of a kind.
    public List<String> names(TypeName.Kind kind) {
      return names.stream().filter(n -> n.kind() == kind).map(TypeName::name).toList();
    }
  }

  /// A name in the brackets of a def, which each call binds: `n`, `...b`, `t: float`.
  ///
  /// @param dtypes the kind of dtypes that it may be; empty for sizes
  record TypeName(Span span, String name, Kind kind, String dtypes) {
    /// What a name in brackets represents.
    public enum Kind {
      /// A size.
      SIZE,
      /// A run of sizes, as a static tuple.
      SIZES,
      /// A dtype.
      DTYPE
    }
  }

  /// `@jvp(lib.f)`.
  record RuleOf(Span span, String kind, List<String> path) {}

  /// `module M[n](...Base, outer)(inner) { … }`.
  ///
  /// @param names those in brackets, which each call binds
  /// @param base the module whose attributes it takes over
  record Module(
      Span span,
      Optional<String> doc,
      String name,
      Span nameSpan,
      List<TypeName> names,
      Optional<Base> base,
      List<Param> outer,
      List<Param> inner,
      Optional<TypeExpr> result,
      Expr body)
      implements Item {}

  /// Another module of the file: `...Dense`.
  record Base(Span span, List<String> path) {}

  /// `module M = Base`: the same module under another name.
  record ModuleName(Span span, Optional<String> doc, String name, Span nameSpan, Base of)
      implements Item {}

  /// @param rest `*xs`; its pattern is a name then
  record Param(
      Span span, Pattern pattern, boolean rest, Optional<TypeExpr> type, Optional<Expr> init) {}

  /// A statement of the host program.
  record Host(Stmt stmt) implements Item {
    @Override
    public Span span() {
      return stmt.span();
    }
  }
}
