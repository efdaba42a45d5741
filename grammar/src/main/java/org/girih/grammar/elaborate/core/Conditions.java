package org.girih.grammar.elaborate.core;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Supplier;
import org.girih.ir.diagnostic.CompilerBug;
import org.girih.ir.op.FuncRef;
import org.girih.ir.op.Inference;
import org.girih.ir.type.Condition;

/// Collects what stays open of sizes while a def is checked for all of them; elsewhere nothing may.
final class Conditions implements Inference {
  private final FunctionTable functions;
  private final Set<Condition> open = new LinkedHashSet<>();
  private boolean symbolic;
  private boolean placing;

  Conditions(FunctionTable functions) {
    this.functions = functions;
  }

  @Override
  public Signature signature(FuncRef function) {
    return functions.signature(function);
  }

  @Override
  public void unknown(Condition condition) {
    // Bounds that an op needs follow from what the source said; equal sizes do not. That a mesh
    // axis
    // divides a size is what its placement says.
    if (check(condition).relation() == Condition.Relation.EQUAL && !placing) {
      open.add(condition);
    }
  }

  void add(Condition condition) {
    open.add(check(condition));
  }

  private Condition check(Condition condition) {
    if (!symbolic) {
      throw new CompilerBug("undecided " + condition + " outside a check");
    }
    return condition;
  }

  boolean symbolic() {
    return symbolic;
  }

  /// Does a check for all sizes; returns the conditions that stay open.
  Set<Condition> collect(Runnable check) {
    symbolic = true;
    open.clear();
    try {
      check.run();
      return new LinkedHashSet<>(open);
    } finally {
      symbolic = false;
    }
  }

  /// Does what places something, whose conditions are not kept.
  <T> T placing(Supplier<T> body) {
    boolean before = placing;
    placing = true;
    try {
      return body.get();
    } finally {
      placing = before;
    }
  }
}
