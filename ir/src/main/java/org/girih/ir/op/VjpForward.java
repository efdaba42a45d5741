package org.girih.ir.op;

import java.util.List;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.Value;

/// The results of a function that [VjpBackward] or [Linearized] at the same operands goes on from:
/// they share one call.
///
/// - (C1) the callee is a function defined before
/// - (C2) operands of the types of its parameters
/// - (C3) `wrt` are positions of inexact parameters, ascending
///
/// @param wrt positions of inexact parameters, ascending
public record VjpForward(FuncRef callee, List<Integer> wrt) implements Transform {
  @Override
  public List<ArrayType> infer(Inference cx, List<ArrayType> in) {
    var signature = cx.c(1).signature(callee);
    Jvp.wrt(cx.c(3), wrt, signature.params());
    cx.c(2).same(signature.params(), in, "operands of " + callee);
    return signature.results();
  }

  @Override
  public List<Value> expand(Builder b, Transforms t, List<Value> xs) {
    int results = t.signature(callee).results().size();
    return Linearization.of(t, callee, wrt).forward(b, xs).subList(0, results);
  }

  @Override
  public Batched batch(Builder b, Transforms t, BatchAxis axis, List<Value> xs, Mask batched) {
    int results = t.signature(callee).results().size();
    var made = t.batch(callee, axis, batched, Mask.none(results));
    return new Batched(b.emit(new VjpForward(made.ref(), wrt), xs), made.out());
  }
}
