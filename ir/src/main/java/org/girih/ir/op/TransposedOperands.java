package org.girih.ir.op;

import java.util.List;
import java.util.Optional;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.Value;

/// The operands of an equation that is transposed: the types of all, the values of those that it is
/// not linear in.
public record TransposedOperands(List<ArrayType> types, List<Optional<Value>> known) {
  public boolean linear(int i) {
    return known.get(i).isEmpty();
  }

  public ArrayType type(int i) {
    return types.get(i);
  }

  /// Returns the value of an operand that is not linear.
  public Value get(int i) {
    return known.get(i).orElseThrow();
  }

  public int size() {
    return types.size();
  }

  public Mask linear() {
    return Mask.where(size(), this::linear);
  }
}
