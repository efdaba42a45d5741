package org.girih.grammar.ast;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.girih.ir.source.Span;

/// Statements: `let`, `assert` and `debug.print` in blocks, all of them in the host program.
public sealed interface Stmt {
  Span span();

  /// `let pattern: type = value`.
  record Let(Span span, Pattern pattern, Optional<TypeExpr> type, Expr value) implements Stmt {}

  record HostFor(Span span, Pattern pattern, Expr.Iter iter, List<Stmt> body) implements Stmt {}

  record HostWhile(Span span, Expr condition, List<Stmt> body) implements Stmt {}

  /// @param otherwise empty list where there is no `else`; `else if` is a list of one [HostIf]
  record HostIf(Span span, Expr condition, List<Stmt> then, List<Stmt> otherwise) implements Stmt {}

  /// `assert condition, "text", "what to do"`; the last in blocks alone.
  record Assert(Span span, Expr condition, Optional<Expr> message, Optional<Expr> way)
      implements Stmt {
    /// Returns what it says.
    public List<Expr> texts() {
      return Stream.concat(message.stream(), way.stream()).toList();
    }
  }

  /// `debug.print(…)`: prints while the program computes.
  record DebugPrint(Span span, Expr.Call call) implements Stmt {
    public List<Expr.Arg> args() {
      return call.args();
    }
  }

  /// A call of `print`, `save` or `plot`; anything else is refused by the elaborator.
  record Effect(Span span, Expr call) implements Stmt {}
}
