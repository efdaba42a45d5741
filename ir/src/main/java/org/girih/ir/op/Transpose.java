package org.girih.ir.op;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.Value;

/// Permutes axes: axis i of the result is axis `permutation[i]` of the operand.
///
/// - (C1) one operand
/// - (C2) `permutation` names each axis of it once
public record Transpose(List<Integer> permutation) implements Linear {
  @Override
  public boolean cheap() {
    return true;
  }

  @Override
  public List<ArrayType> infer(Inference cx, List<ArrayType> in) {
    cx.c(1).count(in, 1);
    ArrayType type = in.getFirst();
    cx.c(2)
        .require(
            permutation.size() == type.rank(),
            "expected a permutation of the axes of %s, got %s",
            type,
            permutation);
    cx.c(2).axes(type, permutation);
    return List.of(type.withDims(permutation.stream().map(type::dim).toList()));
  }

  @Override
  public NanSource nanSource() {
    return NanSource.NONE;
  }

  @Override
  public void transpose(Builder b, TransposedOperands in, Value ct, Cotangents out) {
    out.add(
        0,
        b.transpose(
            ct, IntStream.range(0, permutation.size()).map(permutation::indexOf).boxed().toList()));
  }

  @Override
  public Batched batch(Builder b, BatchAxis axis, List<Value> xs, Mask batched) {
    var order = new ArrayList<Integer>(List.of(0));
    order.addAll(Batched.axes(permutation));
    return Batched.all(b.transpose(xs.getFirst(), order));
  }
}
