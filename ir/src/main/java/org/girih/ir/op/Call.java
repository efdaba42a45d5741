package org.girih.ir.op;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.Value;

/// Runs a function on the operands.
///
/// - (C1) the callee is a function defined before
/// - (C2) operands of the types of its parameters
public record Call(FuncRef callee) implements Control {
  @Override
  public List<FuncRef> callees() {
    return List.of(callee);
  }

  @Override
  public List<ArrayType> infer(Inference cx, List<ArrayType> in) {
    var signature = cx.c(1).signature(callee);
    cx.c(2).same(signature.params(), in, "operands of " + callee);
    return signature.results();
  }

  @Override
  public Duals jvp(Builder b, Transforms t, List<Value> xs, List<Optional<Value>> ts) {
    Mask nonzero = Mask.where(ts.size(), i -> ts.get(i).isPresent());
    int results = t.signature(callee).results().size();
    var made = t.jvp(callee, nonzero, Mask.none(results));
    return Tangents.duals(b.emit(new Call(made.ref()), Tangents.operands(xs, ts)), made.out());
  }

  @Override
  public void split(Transforms t, Splitting s) {
    int results = t.signature(callee).results().size();
    var halves = t.split(callee, s.mask(), Mask.none(results));
    List<Value> known =
        s.known()
            .emit(
                new Call(halves.known()),
                s.mask().not().positions().stream().map(s::known).toList());
    var operands =
        new ArrayList<Value>(halves.residuals(s::unknown, i -> s.residual(known.get(i))));
    s.mask().positions().forEach(i -> operands.add(s.unknown(i)));
    List<Value> unknown = s.unknown().emit(new Call(halves.unknown()), operands);
    Tangents.results(s, halves.unknownOut(), known, unknown);
  }

  @Override
  public void transpose(
      Builder b, Transforms t, TransposedOperands in, List<Optional<Value>> cts, Cotangents out) {
    Mask linear = in.linear();
    Mask nonzero = Mask.where(cts.size(), i -> cts.get(i).isPresent());
    Mask sums = Mask.where(in.size(), i -> linear.at(i) && out.accumulates(i));
    var made = t.transpose(callee, linear, nonzero, sums);
    var operands = new ArrayList<Value>();
    linear.not().positions().forEach(i -> operands.add(in.get(i)));
    cts.forEach(ct -> ct.ifPresent(operands::add));
    sums.positions().forEach(i -> operands.add(out.take(i)));
    var results = b.emit(new Call(made.ref()), operands).iterator();
    for (int i : linear.positions()) {
      if (sums.at(i)) {
        out.put(i, results.next());
      } else if (made.out().at(i)) {
        out.add(i, results.next());
      }
    }
  }

  @Override
  public Mask needs(Demands d, Mask used) {
    d.needResults(callee, used);
    return d.params(callee);
  }

  @Override
  public Demands.Pruned pruned(Demands d) {
    return new Demands.Pruned(this, d.params(callee), d.results(callee));
  }

  @Override
  public Batched batch(Builder b, Transforms t, BatchAxis axis, List<Value> xs, Mask batched) {
    int results = t.signature(callee).results().size();
    var made = t.batch(callee, axis, batched, Mask.none(results));
    return new Batched(b.emit(new Call(made.ref()), xs), made.out());
  }
}
