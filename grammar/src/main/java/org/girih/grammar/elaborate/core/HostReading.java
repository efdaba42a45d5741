package org.girih.grammar.elaborate.core;

import java.util.Optional;
import java.util.Set;
import org.girih.grammar.ast.Expr;

/// What the host program has read for a call of `clock`, `load` or `arg` in an expression.
///
/// An expression is computed on the device, which has no clock and no files. So the host reads
/// before it, and binds what it read in the scope of the statement by a name that no program can
/// write; where nothing is bound, `clock`, `load` and `arg` are unknown names.
public final class HostReading {
  /// The names of the calls that read.
  public static final Set<String> NAMES = Set.of("clock", "load", "arg");

  private HostReading() {}

  /// Binds what was read for a call.
  public static void bind(Expr.Call call, Scope scope, Val read) {
    scope.bind(name(call), read);
  }

  /// Returns what was read for a call, if it is one that reads and the host has read it.
  public static Optional<Val> of(Expr.Call call, Scope scope) {
    return call.callee() instanceof Expr.Name(_, String name) && NAMES.contains(name)
        ? scope.local(name(call))
        : Optional.empty();
  }

  private static String name(Expr.Call call) {
    return "read at " + call.span().start();
  }
}
