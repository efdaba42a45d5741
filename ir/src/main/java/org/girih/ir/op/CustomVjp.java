package org.girih.ir.op;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.Value;

/// A call with a reverse derivative of its own: `@vjp(f)`. `forward` takes the same operands and
/// returns the results, then residuals; `backward` takes the residuals, then cotangents of the
/// inexact results, and returns cotangents of the inexact operands behind the first `constants`,
/// which are captured. It is erased to a [Call] when all transformations are expanded.
///
/// - (C1) `callee`, `forward` and `backward` are functions defined before
/// - (C2) operands of the types of the parameters of `callee`
/// - (C3) `constants` is at most the number of operands, and not negative
/// - (C4) `forward` takes the operands
/// - (C5) `forward` returns the results, then residuals
/// - (C6) `backward` takes the residuals, then cotangents of the inexact results
/// - (C7) `backward` returns cotangents of the inexact operands behind the constants
public record CustomVjp(FuncRef callee, FuncRef forward, FuncRef backward, int constants)
    implements Structured {
  @Override
  public List<FuncRef> callees() {
    return List.of(callee, forward, backward);
  }

  @Override
  public List<ArrayType> infer(Inference cx, List<ArrayType> in) {
    var primal = cx.c(1).signature(callee);
    var first = cx.c(1).signature(forward);
    var second = cx.c(1).signature(backward);
    cx.c(2).same(primal.params(), in, "operands of " + callee);
    List<ArrayType> out = primal.results();
    cx.c(3)
        .require(
            constants >= 0 && constants <= in.size(),
            "%d constants of %d operands",
            constants,
            in.size());
    cx.c(4).same(first.params(), in, "operands of " + forward);
    cx.c(5)
        .require(
            first.results().size() >= out.size(),
            "expected results of %2$s: %1$d or more, got %3$d",
            out.size(),
            forward,
            first.results().size());
    cx.c(5).same(out, first.results().subList(0, out.size()), "results of " + forward);
    var params = new ArrayList<>(first.results().subList(out.size(), first.results().size()));
    out.forEach(r -> r.tangent().ifPresent(params::add));
    cx.c(6).same(params, second.params(), "operands of " + backward);
    var results = new ArrayList<ArrayType>();
    in.subList(constants, in.size()).forEach(p -> p.tangent().ifPresent(results::add));
    cx.c(7).same(results, second.results(), "results of " + backward);
    return out;
  }

  /// @throws Refusal if a captured value has a tangent
  @Override
  public Duals jvp(Builder b, Transforms t, List<Value> xs, List<Optional<Value>> ts) {
    CustomJvp.captured(ts.subList(0, constants), callee);
    List<ArrayType> results = t.signature(callee).results();
    List<Value> all = b.emit(new Call(forward), xs);
    List<Value> residuals = all.subList(results.size(), all.size());
    Mask inexact = Mask.where(xs.size(), i -> i >= constants && xs.get(i).type().dtype().inexact());
    var operands = new ArrayList<>(residuals);
    operands.addAll(Tangents.filled(b, ts, inexact, Tangents.types(xs)));
    var tangents = b.emit(new CustomLinear(backward, residuals.size()), operands).iterator();
    Mask out = Mask.where(results.size(), i -> results.get(i).dtype().inexact());
    return new Duals(all.subList(0, results.size()), Tangents.spread(out, tangents));
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
    int results = t.signature(callee).results().size();
    var f = t.batch(callee, axis, batched, Mask.all(results));
    int all = t.signature(forward).results().size();
    var first = t.batch(forward, axis, batched, Mask.all(all));
    var second =
        t.batch(
            backward,
            axis,
            Mask.all(t.signature(backward).params().size()),
            Mask.all(t.signature(backward).results().size()));
    FuncRef summed = summed(t, axis, second.ref(), batched);
    return Batched.all(b.emit(new CustomVjp(f.ref(), first.ref(), summed, constants), xs));
  }

  /// Sums cotangents of operands that all lanes share over the lanes.
  private FuncRef summed(Transforms t, BatchAxis axis, FuncRef backward, Mask batched) {
    List<ArrayType> params = t.signature(callee).params();
    var shared = new ArrayList<Boolean>();
    for (int i = constants; i < params.size(); i++) {
      if (params.get(i).dtype().inexact()) {
        shared.add(!batched.at(i));
      }
    }
    if (!shared.contains(true)) {
      return backward;
    }
    return t.define(
        backward.name(),
        t.signature(backward).params(),
        (b, in) -> {
          List<Value> cts = t.inline(b, backward, in);
          var out = new ArrayList<Value>();
          for (int i = 0; i < cts.size(); i++) {
            out.add(shared.get(i) ? b.sum(cts.get(i), List.of(0)) : cts.get(i));
          }
          return out;
        });
  }
}
