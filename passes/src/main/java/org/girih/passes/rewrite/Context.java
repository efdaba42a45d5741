package org.girih.passes.rewrite;

import org.girih.ir.op.Op;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.Value;

/// The surroundings in which a rewrite works: what was defined before the equation, and where more
/// can be put before it. What is put there is rewritten in its turn.
public interface Context extends DefiningEquations {
  /// Puts an equation with one result before the one that is looked at. To be asked only by a
  /// rewrite that fits: what is put there stays.
  ///
  /// @param type of the result
  Value emit(Op op, ArrayType type, Value... operands);
}
