package org.girih.grammar.elaborate.core;

import java.util.Optional;
import org.girih.grammar.ast.Expr;

/// A time that the host program has read for a call of `clock` in an expression.
///
/// An expression is computed on the device, which has no clock. So the host reads the time before
/// it, and binds it in the scope of the statement by a name that no program can write; where
/// nothing is bound, `clock` is an unknown name.
public final class ClockReading {
  private ClockReading() {}

  /// Binds what was read for a call.
  public static void bind(Expr.Call call, Scope scope, Val time) {
    scope.bind(name(call), time);
  }

  /// Returns what was read for a call, if the call is of `clock` and the host has read it.
  public static Optional<Val> of(Expr.Call call, Scope scope) {
    return call.callee() instanceof Expr.Name(_, String name) && name.equals("clock")
        ? scope.local(name(call))
        : Optional.empty();
  }

  private static String name(Expr.Call call) {
    return "clock() at " + call.span().start();
  }
}
