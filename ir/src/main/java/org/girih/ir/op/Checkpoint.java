package org.girih.ir.op;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.Value;

/// A call whose residuals are not stored: the reverse runs the function again from its operands,
/// behind a [Barrier]. It is erased to a [Call] when all transformations are expanded.
///
/// Its limit: XLA's CPU plugin merges what is on both sides of a barrier, and may store all the
/// same.
///
/// - (C1) to (C2) are those of [Call]
public record Checkpoint(FuncRef callee) implements Structured {
  @Override
  public List<FuncRef> callees() {
    return List.of(callee);
  }

  @Override
  public List<ArrayType> infer(Inference cx, List<ArrayType> in) {
    return new Call(callee).infer(cx, in);
  }

  @Override
  public Duals jvp(Builder b, Transforms t, List<Value> xs, List<Optional<Value>> ts) {
    Mask none = Mask.none(t.signature(callee).results().size());
    var made = t.jvp(callee, Tangents.nonzero(ts), none);
    return Tangents.duals(
        b.emit(new Checkpoint(made.ref()), Tangents.operands(xs, ts)), made.out());
  }

  /// Runs the known part in both halves: the first for its results, the second for the residuals.
  @Override
  public void split(Transforms t, Splitting s) {
    Mask none = Mask.none(t.signature(callee).results().size());
    var halves = t.split(callee, s.mask(), none);
    List<Integer> known = s.mask().not().positions();
    List<Value> results =
        s.known().emit(new Call(halves.known()), known.stream().map(s::known).toList());
    Tangents.knownResults(s, halves.unknownOut(), results);
    var inputs = known.stream().map(s::unknown).toList();
    List<Value> again = inputs.isEmpty() ? inputs : s.unknown().emit(new Barrier(), inputs);
    List<Value> rerun = s.unknown().emit(new Call(halves.known()), again);
    var operands =
        new ArrayList<Value>(halves.residuals(i -> again.get(known.indexOf(i)), rerun::get));
    s.mask().positions().forEach(i -> operands.add(s.unknown(i)));
    Tangents.unknownResults(
        s, halves.unknownOut(), s.unknown().emit(new Call(halves.unknown()), operands));
  }

  @Override
  public void transpose(
      Builder b, Transforms t, TransposedOperands in, List<Optional<Value>> cts, Cotangents out) {
    new Call(callee).transpose(b, t, in, cts, out);
  }

  @Override
  public Batched batch(Builder b, Transforms t, BatchAxis axis, List<Value> xs, Mask batched) {
    Mask none = Mask.none(t.signature(callee).results().size());
    var made = t.batch(callee, axis, batched, none);
    return new Batched(b.emit(new Checkpoint(made.ref()), xs), made.out());
  }
}
