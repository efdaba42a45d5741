package org.girih.ir.op;

import java.util.List;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.Value;

/// Demands that a condition holds, everywhere: an effect that only a checked run has, in which the
/// run stops at the first that does not. Others drop it, with what only it needs.
///
/// The first operand is the condition, and the result; the others are shown where it fails.
///
/// - (C1) at least one operand
/// - (C2) the condition is of `bool`
/// - (C3) what is shown has the dims of the condition
///
/// @param template the message, in which `{0}` is the first operand that is shown
public record Assert(String template) implements Discrete {
  @Override
  public List<ArrayType> infer(Inference cx, List<ArrayType> in) {
    cx.c(1).require(!in.isEmpty(), "expected a condition, got no operand");
    ArrayType condition = in.getFirst();
    cx.c(2).require(condition.dtype().isBool(), "expected bool, got %s", condition);
    in.subList(1, in.size())
        .forEach(each -> cx.c(3).same(condition, each.withDType(condition.dtype())));
    return List.of(condition);
  }

  @Override
  public Work work(List<ArrayType> in, List<ArrayType> out) {
    return Work.whole(0);
  }

  @Override
  public boolean effect() {
    return true;
  }

  @Override
  public Batched batch(Builder b, BatchAxis axis, List<Value> xs, Mask batched) {
    return Batched.pointwise(this, b, axis, xs, batched);
  }
}
