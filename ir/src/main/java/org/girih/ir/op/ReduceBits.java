package org.girih.ir.op;

import java.util.List;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.Value;

/// Bitwise and, or, exclusive or over the axes, which go; of `bool` these are all, any, parity.
/// Over no elements all ones for `AND`, else zero.
public record ReduceBits(Monoid monoid, List<Integer> axes) implements Discrete {
  public enum Monoid {
    AND,
    OR,
    XOR
  }

  @Override
  public List<ArrayType> infer(Inference cx, List<ArrayType> in) {
    cx.count(in, 1);
    cx.require(!in.getFirst().dtype().inexact(), "%s of %s", monoid, in.getFirst());
    return List.of(Reductions.without(cx, in.getFirst(), axes));
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
