package org.girih.grammar.parse;

import org.girih.ir.diagnostic.Code;
import org.girih.ir.diagnostic.Diagnostic;
import org.girih.ir.source.Span;

/// Defines how deep a program may nest. The limits protect code that walks a tree by recursion,
/// here and later; what has no limit (chains of left-associative operators and of `else if`) is
/// walked by a loop.
public final class Nesting {
  /// Expressions, types, patterns or host blocks inside one another, as brackets, `->`, `if` and
  /// `loop` nest them.
  public static final int MAX_NESTED = 500;

  /// Records on the way from an item to a leaf of its tree, where the left operand of a
  /// [org.girih.grammar.ast.Expr.Binary] and the `otherwise` of an [org.girih.grammar.ast.Expr.If]
  /// do not count. Only chains (`f(a)(b)(c)`, `x |> f |> g`, `- - - x`, `a ** b ** c`) come near.
  public static final int MAX_DEPTH = 2_000;

  private Nesting() {}

  static Diagnostic tooDeep(Span at) {
    return Diagnostic.error(Code.NESTED_TOO_DEEP, at, "nested more than " + MAX_NESTED + " deep")
        .help("give a name to a part of it with `let`");
  }

  static Diagnostic chainTooLong(Span at) {
    return Diagnostic.error(
            Code.NESTED_TOO_DEEP, at, "a chain of more than " + MAX_DEPTH + " operations")
        .help("give a name to a part of it with `let`");
  }
}
