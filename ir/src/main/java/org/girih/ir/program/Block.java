package org.girih.ir.program;

import java.util.List;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.Value;

/// A closed list of equations: each operand is a parameter or an earlier equation's result.
public record Block(List<Value> params, List<Equation> equations, List<Value> results) {
  public Block {
    params = List.copyOf(params);
    equations = List.copyOf(equations);
    results = List.copyOf(results);
  }

  public List<ArrayType> paramTypes() {
    return params.stream().map(Value::type).toList();
  }

  public List<ArrayType> resultTypes() {
    return results.stream().map(Value::type).toList();
  }

  /// Returns one more than the greatest id.
  public int ids() {
    int ids = params.size();
    for (Equation equation : equations) {
      ids += equation.results().size();
    }
    return ids;
  }
}
