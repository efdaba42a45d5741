package org.girih.ir.op;

import java.util.List;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.Value;

/// The tangents of a function's inexact results, by the linear map that [VjpForward] leaves:
/// operands as of [Jvp]. Several at the same operands share the forward half.
///
/// - (C1) to (C4) are those of [Jvp]
///
/// @param wrt positions of inexact parameters, ascending
public record Linearized(FuncRef callee, List<Integer> wrt) implements Transform {
  @Override
  public List<ArrayType> infer(Inference cx, List<ArrayType> in) {
    new Jvp(callee, wrt).infer(cx, in);
    return Jvp.tangents(cx.signature(callee).results());
  }

  /// @throws Refusal if the function has a `@vjp` rule
  @Override
  public List<Value> expand(Builder b, Transforms t, List<Value> xs) {
    var signature = t.signature(callee);
    int params = signature.params().size();
    var tangents = Linearization.of(t, callee, wrt).tangents(b, xs, xs.subList(params, xs.size()));
    return Jvp.inexact(b, tangents, signature.results());
  }

  @Override
  public Batched batch(Builder b, Transforms t, BatchAxis axis, List<Value> xs, Mask batched) {
    var signature = t.signature(callee);
    int params = signature.params().size();
    Mask own = Jvp.paired(wrt, params, batched);
    var made = t.batch(callee, axis, own, Mask.none(signature.results().size()));
    return new Batched(
        b.emit(new Linearized(made.ref(), wrt), Jvp.paired(b, axis, wrt, params, xs, batched)),
        Jvp.ofInexact(made.out(), signature.results()));
  }
}
