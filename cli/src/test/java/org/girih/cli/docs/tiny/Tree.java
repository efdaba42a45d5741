package org.girih.cli.docs.tiny;

import java.util.List;
import java.util.Map;

/// What was written: functions by name, and the expression that is printed.
record Tree(Map<String, Def> defs, Expr printed) {
  sealed interface Expr {
    record Numbers(List<Double> values, boolean scalar) implements Expr {}

    record Name(String name) implements Expr {}

    record Binary(String operator, Expr left, Expr right) implements Expr {}

    record Call(Callee callee, List<Expr> args) implements Expr {}
  }

  /// What precedes the brackets of a call.
  sealed interface Callee {
    record Named(String name) implements Callee {}

    record Grad(Callee of) implements Callee {}
  }

  record Def(List<String> params, Expr body) {}
}
