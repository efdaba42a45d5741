package org.girih.ir.op;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.Value;

/// A call with a derivative of its own: `@jvp(f)`. Both functions take `constants` captured values
/// first, which have no tangent; `rule` takes the operands of `callee`, then tangents of the
/// inexact ones behind the constants, and returns the results, then tangents of the inexact ones.
/// It is erased to a [Call] when all transformations are expanded.
///
/// - (C1) `callee` and `rule` are functions defined before
/// - (C2) operands of the types of the parameters of `callee`
/// - (C3) `constants` is at most the number of operands, and not negative
/// - (C4) `rule` takes the operands, then tangents of the inexact ones behind the constants
/// - (C5) `rule` returns the results, then tangents of the inexact ones
public record CustomJvp(FuncRef callee, FuncRef rule, int constants) implements Structured {
  @Override
  public List<FuncRef> callees() {
    return List.of(callee, rule);
  }

  @Override
  public List<ArrayType> infer(Inference cx, List<ArrayType> in) {
    var primal = cx.c(1).signature(callee);
    var signature = cx.c(1).signature(rule);
    cx.c(2).same(primal.params(), in, "operands of " + callee);
    List<ArrayType> out = primal.results();
    cx.c(3)
        .require(
            constants >= 0 && constants <= in.size(),
            "%d constants of %d operands",
            constants,
            in.size());
    var params = new ArrayList<>(in);
    in.subList(constants, in.size()).forEach(p -> p.tangent().ifPresent(params::add));
    var results = new ArrayList<>(out);
    out.forEach(r -> r.tangent().ifPresent(results::add));
    cx.c(4).same(signature.params(), params, "operands of " + rule);
    cx.c(5).same(signature.results(), results, "results of " + rule);
    return out;
  }

  /// @throws Refusal if a captured value has a tangent
  @Override
  public Duals jvp(Builder b, Transforms t, List<Value> xs, List<Optional<Value>> ts) {
    captured(ts.subList(0, constants), callee);
    Mask inexact = Mask.where(xs.size(), i -> i >= constants && xs.get(i).type().dtype().inexact());
    var operands = new ArrayList<>(xs);
    operands.addAll(Tangents.filled(b, ts, inexact, Tangents.types(xs)));
    List<ArrayType> results = t.signature(callee).results();
    Mask out = Mask.where(results.size(), i -> results.get(i).dtype().inexact());
    return Tangents.duals(b.emit(new Call(rule), operands), out);
  }

  /// Refuses tangents of what a function with a rule captures.
  static void captured(List<Optional<Value>> ts, FuncRef callee) {
    if (ts.stream().anyMatch(Optional::isPresent)) {
      throw new Refusal(
          Code.NOT_DIFFERENTIABLE,
          "a derivative with respect to what `" + callee.name() + "` captures, which has a rule",
          "make it a parameter, so that the rule sees its tangent");
    }
  }

  @Override
  public void split(Transforms t, Splitting s) {
    new Call(callee).split(t, s);
  }

  @Override
  public void transpose(
      Builder b, Transforms t, TransposedOperands in, List<Optional<Value>> cts, Cotangents out) {
    new Call(callee).transpose(b, t, in, cts, out);
  }

  @Override
  public Batched batch(Builder b, Transforms t, BatchAxis axis, List<Value> xs, Mask batched) {
    List<ArrayType> params = t.signature(callee).params();
    var tangents = new ArrayList<Boolean>();
    for (int i = constants; i < params.size(); i++) {
      if (params.get(i).dtype().inexact()) {
        tangents.add(batched.at(i));
      }
    }
    Mask results = Mask.all(t.signature(callee).results().size());
    var f = t.batch(callee, axis, batched, results);
    var r =
        t.batch(
            rule,
            axis,
            Mask.concat(batched, new Mask(tangents)),
            Mask.all(t.signature(rule).results().size()));
    return Batched.all(b.emit(new CustomJvp(f.ref(), r.ref(), constants), xs));
  }
}
