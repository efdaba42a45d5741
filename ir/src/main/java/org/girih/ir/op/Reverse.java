package org.girih.ir.op;

import java.util.List;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.Value;

/// Reverses the order along the axes.
///
/// - (C1) one operand
/// - (C2) `axes` are distinct axes of it
public record Reverse(List<Integer> axes) implements Linear {
  @Override
  public List<ArrayType> infer(Inference cx, List<ArrayType> in) {
    cx.c(1).count(in, 1);
    cx.c(2).axes(in.getFirst(), axes);
    return in;
  }

  @Override
  public NanSource nanSource() {
    return NanSource.NONE;
  }

  @Override
  public void transpose(Builder b, TransposedOperands in, Value ct, Cotangents out) {
    out.add(0, b.emit1(this, ct));
  }

  @Override
  public Batched batch(Builder b, BatchAxis axis, List<Value> xs, Mask batched) {
    return Batched.all(b.emit1(new Reverse(Batched.axes(axes)), xs.getFirst()));
  }
}
