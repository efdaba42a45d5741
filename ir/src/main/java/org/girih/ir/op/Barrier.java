package org.girih.ir.op;

import java.util.List;
import java.util.Optional;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.Value;

/// The operands themselves, computed before and not again: what depends on the results is not
/// merged with what computes the operands (HLO's `opt-barrier`). [Checkpoint] recomputes behind it.
///
/// - (C1) one operand or more
public record Barrier() implements Custom {
  @Override
  public List<ArrayType> infer(Inference cx, List<ArrayType> in) {
    cx.c(1).require(!in.isEmpty(), "expected an operand, got none");
    return in;
  }

  @Override
  public Work work(List<ArrayType> in, List<ArrayType> out) {
    return Work.RENAMES;
  }

  @Override
  public NanSource nanSource() {
    return NanSource.NONE;
  }

  @Override
  public List<Optional<Value>> jvp(
      Builder b, List<Value> xs, List<Value> ys, List<Optional<Value>> ts) {
    return ts;
  }

  @Override
  public Batched batch(Builder b, BatchAxis axis, List<Value> xs, Mask batched) {
    return new Batched(b.emit(this, xs), batched);
  }
}
