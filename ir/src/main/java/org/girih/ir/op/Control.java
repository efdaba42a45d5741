package org.girih.ir.op;

import java.util.List;
import org.girih.ir.type.ArrayType;

/// Calls and control flow: what is left of the ops that run functions once transformations are
/// expanded and rules erased.
public sealed interface Control extends Structured permits Call, Cond, While, Scan {
  @Override
  default Work work(List<ArrayType> in, List<ArrayType> out) {
    return Work.INSIDE;
  }

  /// Returns the operands that are needed for the results in `used`; tells what this asks of the
  /// functions.
  Mask needs(Demands d, Mask used);

  /// Returns the op without what was found not to be needed, by when all demands are known.
  Demands.Pruned pruned(Demands d);
}
