package org.girih.ir.op;

import java.util.List;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.Value;

/// Bitwise and, or, exclusive or over the axes, which go; of `bool` these are all, any, parity.
/// Over no elements all ones for `AND`, else zero.
///
/// - (C1) one operand
/// - (C2) an integer dtype or `bool`
/// - (C3) `axes` are distinct axes of the operand
public record ReduceBits(Monoid monoid, List<Integer> axes) implements Discrete {
  public enum Monoid {
    AND,
    OR,
    XOR
  }

  @Override
  public List<ArrayType> infer(Inference cx, List<ArrayType> in) {
    cx.c(1).count(in, 1);
    cx.c(2)
        .require(
            !in.getFirst().dtype().inexact(), "expected integers or bool, got %s", in.getFirst());
    return List.of(Reductions.without(cx.c(3), in.getFirst(), axes));
  }

  @Override
  public Work work(List<ArrayType> in, List<ArrayType> out) {
    return Work.reduces(in, out);
  }

  @Override
  public Batched batch(Builder b, BatchAxis axis, List<Value> xs, Mask batched) {
    return Batched.all(b.emit1(new ReduceBits(monoid, Batched.axes(axes)), xs.getFirst()));
  }
}
