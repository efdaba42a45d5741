package org.girih.passes.effect;

import org.girih.ir.op.Assert;
import org.girih.ir.program.Program;
import org.girih.passes.rebuild.BlockCopy;

/// Leaves out assertions, so that a run that is not checked pays nothing for them: the condition
/// itself is their result, and what only it needs is dead code then.
///
/// ```
/// %1: bool = gt %0 …
/// %2: bool = assert %1 {template = "x is positive"}    ───▶    %1: bool = gt %0 …
/// ```
public final class DropAsserts {
  private DropAsserts() {}

  public static Program run(Program program) {
    return BlockCopy.changing(
        program,
        (copy, equation) -> {
          boolean drop = equation.op() instanceof Assert;
          if (drop) {
            copy.replace(equation.result(), copy.now(equation.operands().getFirst()));
          }
          return drop;
        });
  }
}
