package org.girih.ir.op;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.Value;

/// The results of a function, then the tangents of those that are inexact. Operands: the
/// function's, then a tangent for each of `wrt`.
///
/// - (C1) the callee is a function defined before
/// - (C2) first operands of the types of its parameters
/// - (C3) `wrt` are positions of inexact parameters, ascending
/// - (C4) then tangents of the types of the parameters in `wrt`
///
/// @param wrt positions of inexact parameters, ascending
public record Jvp(FuncRef callee, List<Integer> wrt) implements Transform {
  @Override
  public List<ArrayType> infer(Inference cx, List<ArrayType> in) {
    var signature = cx.c(1).signature(callee);
    primals(cx.c(2), signature.params(), in, callee);
    wrt(cx.c(3), wrt, signature.params());
    List<ArrayType> tangents = in.subList(signature.params().size(), in.size());
    cx.c(4).same(wrt.stream().map(signature.params()::get).toList(), tangents, "tangents");
    var out = new ArrayList<>(signature.results());
    out.addAll(tangents(signature.results()));
    return out;
  }

  /// Checks the leading operands, one a parameter.
  static void primals(Inference cx, List<ArrayType> params, List<ArrayType> in, FuncRef callee) {
    cx.require(
        in.size() >= params.size(),
        "expected %d operands or more, got %d",
        params.size(),
        in.size());
    cx.same(params, in.subList(0, params.size()), "operands of " + callee);
  }

  /// Checks the positions of the parameters that have tangents.
  static void wrt(Inference cx, List<Integer> wrt, List<ArrayType> params) {
    int before = -1;
    for (int i : wrt) {
      cx.require(
          i > before && i < params.size(),
          "expected ascending positions of %d parameters, got wrt %s",
          params.size(),
          wrt);
      cx.require(
          params.get(i).dtype().inexact(), "expected an inexact parameter, got %s", params.get(i));
      before = i;
    }
  }

  /// Returns the operands of which a parameter and its tangent both have the batch dimension, or
  /// none has.
  static List<Value> paired(
      Builder b, BatchAxis axis, List<Integer> wrt, int params, List<Value> xs, Mask batched) {
    var operands = new ArrayList<>(xs);
    for (int k = 0; k < wrt.size(); k++) {
      int primal = wrt.get(k);
      int tangent = params + k;
      if (batched.at(primal) && !batched.at(tangent)) {
        operands.set(tangent, b.repeat(xs.get(tangent), axis.size()));
      }
      if (!batched.at(primal) && batched.at(tangent)) {
        operands.set(primal, b.repeat(xs.get(primal), axis.size()));
      }
    }
    return operands;
  }

  /// Returns which parameters have the batch dimension then.
  static Mask paired(List<Integer> wrt, int params, Mask batched) {
    return Mask.where(
        params, i -> batched.at(i) || wrt.contains(i) && batched.at(params + wrt.indexOf(i)));
  }

  /// Returns which of the results have a tangent, in a mask of these.
  static Mask ofInexact(Mask results, List<ArrayType> types) {
    var out = new ArrayList<Boolean>();
    for (int i = 0; i < types.size(); i++) {
      if (types.get(i).dtype().inexact()) {
        out.add(results.at(i));
      }
    }
    return new Mask(out);
  }

  @Override
  public Batched batch(Builder b, Transforms t, BatchAxis axis, List<Value> xs, Mask batched) {
    var signature = t.signature(callee);
    int params = signature.params().size();
    Mask own = paired(wrt, params, batched);
    var made = t.batch(callee, axis, own, Mask.none(signature.results().size()));
    return new Batched(
        b.emit(new Jvp(made.ref(), wrt), paired(b, axis, wrt, params, xs, batched)),
        Mask.concat(made.out(), ofInexact(made.out(), signature.results())));
  }

  /// Returns the types of the tangents of these.
  static List<ArrayType> tangents(List<ArrayType> types) {
    return types.stream().flatMap(type -> type.tangent().stream()).toList();
  }

  /// Returns the tangents of inexact results, zeros where there is none.
  static List<Value> inexact(Builder b, List<Optional<Value>> tangents, List<ArrayType> types) {
    Mask mask = Mask.where(types.size(), i -> types.get(i).dtype().inexact());
    return Tangents.filled(b, tangents, mask, types);
  }

  /// @throws Refusal if the function has a `@vjp` rule
  @Override
  public List<Value> expand(Builder b, Transforms t, List<Value> xs) {
    var signature = t.signature(callee);
    int params = signature.params().size();
    int results = signature.results().size();
    var made = t.jvp(callee, Mask.where(params, wrt::contains), Mask.none(results));
    if (t.reverseOnly(made.ref())) {
      throw CustomLinear.forward();
    }
    var duals = Tangents.duals(b.emit(new Call(made.ref()), xs), made.out());
    var out = new ArrayList<>(duals.results());
    out.addAll(inexact(b, duals.tangents(), signature.results()));
    return out;
  }
}
