package org.girih.ir.op;

import java.util.List;
import org.girih.ir.type.ArrayType;

/// Runs a function on the operands.
public record Call(FuncRef callee) implements Structured {
  @Override
  public List<FuncRef> callees() {
    return List.of(callee);
  }

  @Override
  public List<ArrayType> infer(Inference cx, List<ArrayType> in) {
    var signature = cx.signature(callee);
    cx.same(signature.params(), in, "operands of " + callee);
    return signature.results();
  }
}
