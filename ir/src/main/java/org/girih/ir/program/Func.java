package org.girih.ir.program;

import org.girih.ir.op.FuncRef;
import org.girih.ir.op.Inference.Signature;

/// A function of the program.
public record Func(FuncRef ref, Block block) {
  public Signature signature() {
    return new Signature(block.paramTypes(), block.resultTypes());
  }
}
