package org.girih.ir.op;

import java.util.List;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.DType;

/// Runs `then` if the first operand, a scalar `bool`, is true, else `otherwise`; both take the
/// other operands and give results of the same types. Only one of them runs.
public record Cond(FuncRef then, FuncRef otherwise) implements Structured {
  @Override
  public List<FuncRef> callees() {
    return then.equals(otherwise) ? List.of(then) : List.of(then, otherwise);
  }

  @Override
  public List<ArrayType> infer(Inference cx, List<ArrayType> in) {
    cx.require(!in.isEmpty(), "cond without a condition");
    cx.same(ArrayType.scalar(DType.BOOL), in.getFirst());
    List<ArrayType> captured = in.subList(1, in.size());
    var a = cx.signature(then);
    var b = cx.signature(otherwise);
    cx.same(a.params(), captured, "operands of " + then);
    cx.same(b.params(), captured, "operands of " + otherwise);
    cx.same(a.results(), b.results(), "results of " + then + " and " + otherwise);
    return a.results();
  }
}
