package org.girih.cli.docs.tiny;

import java.util.List;
import java.util.Map;

/// What was written: functions by name, and the expression that is printed.
record Tree(Map<String, Def> defs, Expr printed) {
  record Def(List<String> params, Expr body) {}

  sealed interface Expr {}

  /// @param dims as of a [Func.Value]
  record Numbers(List<Double> values, List<Integer> dims) implements Expr {}

  record Name(String name) implements Expr {}

  record Binary(String operator, Expr left, Expr right) implements Expr {}

  record Call(Expr callee, List<Expr> args) implements Expr {}
}
