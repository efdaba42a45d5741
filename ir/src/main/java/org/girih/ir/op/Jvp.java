package org.girih.ir.op;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.Value;

/// The results of a function, then the tangents of those that are inexact. Operands: the
/// function's, then a tangent for each of `wrt`.
///
/// @param wrt positions of inexact parameters, ascending
public record Jvp(FuncRef callee, List<Integer> wrt) implements Transform {
  @Override
  public List<ArrayType> infer(Inference cx, List<ArrayType> in) {
    var signature = cx.signature(callee);
    cx.same(signature.params(), wrt(cx, wrt, signature.params(), in), "operands of " + callee);
    List<ArrayType> tangents = in.subList(signature.params().size(), in.size());
    cx.same(wrt.stream().map(signature.params()::get).toList(), tangents, "tangents");
    var out = new ArrayList<>(signature.results());
    out.addAll(tangents(signature.results()));
    return out;
  }

  /// Checks the positions, and gives the leading operands, one a parameter.
  static List<ArrayType> wrt(
      Inference cx, List<Integer> wrt, List<ArrayType> params, List<ArrayType> in) {
    cx.require(in.size() >= params.size(), "%d operands", in.size());
    int before = -1;
    for (int i : wrt) {
      cx.require(i > before && i < params.size(), "wrt %s of %d parameters", wrt, params.size());
      cx.require(params.get(i).dtype().inexact(), "a derivative in %s", params.get(i));
      before = i;
    }
    return in.subList(0, params.size());
  }

  /// The types of the tangents of these.
  static List<ArrayType> tangents(List<ArrayType> types) {
    return types.stream().flatMap(type -> type.tangent().stream()).toList();
  }

  /// The tangents of inexact results, zeros where there is none.
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
