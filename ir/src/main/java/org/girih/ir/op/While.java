package org.girih.ir.op;

import java.util.List;
import java.util.OptionalInt;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.DType;

/// Runs `body` on the carry while `condition` holds. Operands: `constants` captured values, then
/// the first carry; both functions take all of these; `condition` gives a scalar `bool`, `body` the
/// next carry; results are the last carry. With `max` at most so many bodies run.
///
/// @param constants how many leading operands are the same in every iteration
public record While(FuncRef condition, FuncRef body, int constants, OptionalInt max)
    implements Structured {
  @Override
  public List<FuncRef> callees() {
    return List.of(condition, body);
  }

  @Override
  public List<ArrayType> infer(Inference cx, List<ArrayType> in) {
    cx.require(constants >= 0 && constants <= in.size(), "%d constants", constants);
    cx.require(max.isEmpty() || max.getAsInt() >= 0, "max %s", max);
    List<ArrayType> carry = in.subList(constants, in.size());
    var c = cx.signature(condition);
    var b = cx.signature(body);
    cx.same(c.params(), in, "operands of " + condition);
    cx.same(List.of(ArrayType.scalar(DType.BOOL)), c.results(), "results of " + condition);
    cx.same(b.params(), in, "operands of " + body);
    cx.same(carry, b.results(), "results of " + body);
    return carry;
  }
}
