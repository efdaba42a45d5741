package org.girih.ir.op;

import java.util.List;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.Literal;
import org.girih.ir.type.Value;

/// A literal.
///
/// - (C1) no operands
public record Constant(Literal value) implements Discrete {
  @Override
  public boolean cheap() {
    return true;
  }

  @Override
  public List<ArrayType> infer(Inference cx, List<ArrayType> in) {
    cx.c(1).count(in, 0);
    return List.of(value.type());
  }

  @Override
  public Work work(List<ArrayType> in, List<ArrayType> out) {
    return Work.pointwise(out, 0);
  }

  /// Shares it among all lanes, since it has no operands.
  @Override
  public Batched batch(Builder b, BatchAxis axis, List<Value> xs, Mask batched) {
    return new Batched(b.emit(this, xs), Mask.none(1));
  }
}
