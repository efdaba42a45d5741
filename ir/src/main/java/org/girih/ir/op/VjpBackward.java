package org.girih.ir.op;

import java.util.ArrayList;
import java.util.List;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.Value;

/// The cotangents of the parameters in `wrt`. Operands: the function's, then a cotangent for each
/// result in `of`; those of other results are zero.
///
/// - (C1) the callee is a function defined before
/// - (C2) first operands of the types of its parameters
/// - (C3) `wrt` are positions of inexact parameters, ascending
/// - (C4) `of` are positions of inexact results, ascending
/// - (C5) then cotangents of the types of the results in `of`
///
/// @param wrt positions of inexact parameters, ascending
/// @param of positions of inexact results, ascending
public record VjpBackward(FuncRef callee, List<Integer> wrt, List<Integer> of)
    implements Transform {
  @Override
  public List<ArrayType> infer(Inference cx, List<ArrayType> in) {
    var signature = cx.c(1).signature(callee);
    Jvp.primals(cx.c(2), signature.params(), in, callee);
    Jvp.wrt(cx.c(3), wrt, signature.params());
    int before = -1;
    for (int i : of) {
      cx.c(4)
          .require(
              i > before && i < signature.results().size(),
              "expected ascending positions of %d results, got of %s",
              signature.results().size(),
              of);
      cx.c(4)
          .require(
              signature.results().get(i).dtype().inexact(),
              "expected an inexact result, got %s",
              signature.results().get(i));
      before = i;
    }
    cx.c(5)
        .same(
            of.stream().map(signature.results()::get).toList(),
            in.subList(signature.params().size(), in.size()),
            "cotangents");
    return wrt.stream().map(signature.params()::get).toList();
  }

  @Override
  public List<Value> expand(Builder b, Transforms t, List<Value> xs) {
    var signature = t.signature(callee);
    int params = signature.params().size();
    var cts = xs.subList(params, xs.size()).iterator();
    var given = Tangents.spread(Mask.where(signature.results().size(), of::contains), cts);
    var out = Linearization.of(t, callee, wrt).cotangents(b, t, xs, given);
    var types = wrt.stream().map(signature.params()::get).toList();
    return Tangents.filled(b, out, Mask.all(out.size()), types);
  }

  /// Sums the cotangent of what all lanes share over the lanes, so that it is shared too.
  @Override
  public Batched batch(Builder b, Transforms t, BatchAxis axis, List<Value> xs, Mask batched) {
    var signature = t.signature(callee);
    int params = signature.params().size();
    Mask own = batched.slice(0, params);
    Mask force =
        Mask.where(
            signature.results().size(), i -> of.contains(i) && batched.at(params + of.indexOf(i)));
    var made = t.batch(callee, axis, own, force);
    var operands = new ArrayList<>(xs.subList(0, params));
    for (int k = 0; k < of.size(); k++) {
      Value ct = xs.get(params + k);
      boolean lanes = made.out().at(of.get(k)) && !batched.at(params + k);
      operands.add(lanes ? b.repeat(ct, axis.size()) : ct);
    }
    return new Batched(
        b.emit(new VjpBackward(made.ref(), wrt, of), operands),
        Mask.where(wrt.size(), i -> own.at(wrt.get(i))));
  }
}
