package org.girih.grammar.elaborate.core;

import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import org.girih.grammar.ast.Expr;
import org.girih.grammar.ast.TypeExpr;
import org.girih.ir.source.Span;

/// Evaluates expressions and applies functions. What an elaboration is made of does not know how:
/// an [Elaboration] is given this, and passes on what is asked of it.
public interface Evaluator {
  /// Returns the value of an expression.
  Val eval(Elaboration e, Expr expr, Scope scope);

  /// Returns the value of an expression where a type is expected: a sum type's variants are known.
  Val eval(Elaboration e, Expr expr, TypeExpr expected, Scope scope);

  /// Applies a function value.
  ///
  /// @param at the whole call
  Val apply(Elaboration e, Span at, Val callee, List<Given> positional, Map<String, Given> named);

  /// Returns what the library offers programs: `prelude.mean`, `nn.Dense`.
  SortedSet<String> offered();
}
