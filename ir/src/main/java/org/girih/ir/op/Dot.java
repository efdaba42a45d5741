package org.girih.ir.op;

import java.util.ArrayList;
import java.util.List;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.Dim;

/// Sum of products over pairs of contracted axes, for each index of pairs of batch axes (XLA's
/// DotGeneral). Dims of the result: batch in the order given, what is left of the left operand,
/// what is left of the right one. Equal numeric dtypes, which the result has too.
public record Dot(
    List<Integer> leftBatch,
    List<Integer> rightBatch,
    List<Integer> leftContract,
    List<Integer> rightContract)
    implements Linear {
  @Override
  public List<ArrayType> infer(Inference cx, List<ArrayType> in) {
    cx.count(in, 2);
    ArrayType left = in.get(0);
    ArrayType right = in.get(1);
    cx.require(
        left.dtype() == right.dtype() && left.dtype().numeric(), "dot of %s and %s", left, right);
    cx.require(
        leftBatch.size() == rightBatch.size() && leftContract.size() == rightContract.size(),
        "pairs of axes of %s",
        this);
    var dims = new ArrayList<Dim>();
    for (int i = 0; i < leftBatch.size(); i++) {
      dims.add(pair(cx, left, leftBatch.get(i), right, rightBatch.get(i)));
    }
    for (int i = 0; i < leftContract.size(); i++) {
      pair(cx, left, leftContract.get(i), right, rightContract.get(i));
    }
    rest(cx, dims, left, leftBatch, leftContract);
    rest(cx, dims, right, rightBatch, rightContract);
    return List.of(left.withDims(dims));
  }

  private static Dim pair(Inference cx, ArrayType left, int a, ArrayType right, int b) {
    cx.axis(left, a);
    cx.axis(right, b);
    cx.equal(left.dim(a), right.dim(b), "paired sizes");
    return left.dim(a);
  }

  private static void rest(
      Inference cx, List<Dim> dims, ArrayType type, List<Integer> batch, List<Integer> contract) {
    var used = new ArrayList<>(batch);
    used.addAll(contract);
    cx.axes(type, used);
    for (int i = 0; i < type.rank(); i++) {
      if (!used.contains(i)) {
        dims.add(type.dim(i));
      }
    }
  }
}
