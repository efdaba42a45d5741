package org.girih.ir.program;

import java.util.List;
import org.girih.ir.op.Op;
import org.girih.ir.type.Value;

/// `results = op operands`.
public record Equation(List<Value> results, Op op, List<Value> operands, Origin origin) {
  public Equation {
    results = List.copyOf(results);
    operands = List.copyOf(operands);
  }

  /// Returns the only result.
  public Value result() {
    if (results.size() != 1) {
      throw new IllegalStateException(op.primitive() + " has " + results.size() + " results");
    }
    return results.getFirst();
  }
}
