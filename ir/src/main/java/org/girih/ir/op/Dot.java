package org.girih.ir.op;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.Dim;
import org.girih.ir.type.Value;

/// Sum of products over pairs of contracted axes, for each index of pairs of batch axes (XLA's
/// DotGeneral). Dims of the result: batch in the order given, what is left of the left operand,
/// what is left of the right one. Equal numeric dtypes, which the result has too.
///
/// - (C1) two operands
/// - (C2) equal numeric dtypes
/// - (C3) as many axes of the left operand as of the right one, of a batch and contracted
/// - (C4) distinct axes of each operand
/// - (C5) paired axes have equal sizes
public record Dot(
    List<Integer> leftBatch,
    List<Integer> rightBatch,
    List<Integer> leftContract,
    List<Integer> rightContract)
    implements Linear {
  @Override
  public List<ArrayType> infer(Inference cx, List<ArrayType> in) {
    cx.c(1).count(in, 2);
    ArrayType left = in.get(0);
    ArrayType right = in.get(1);
    cx.c(2)
        .require(
            left.dtype() == right.dtype() && left.dtype().numeric(),
            "expected equal numeric dtypes, got %s and %s",
            left,
            right);
    cx.c(3)
        .require(
            leftBatch.size() == rightBatch.size() && leftContract.size() == rightContract.size(),
            "expected pairs of axes, got %s",
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

  @Override
  public Work work(List<ArrayType> in, List<ArrayType> out) {
    return Work.whole(2 * products(in.getFirst(), out.getFirst()));
  }

  private static Dim pair(Inference cx, ArrayType left, int a, ArrayType right, int b) {
    cx.c(4).axis(left, a);
    cx.c(4).axis(right, b);
    cx.c(5).equal(left.dim(a), right.dim(b), "paired sizes");
    return left.dim(a);
  }

  private static void rest(
      Inference cx, List<Dim> dims, ArrayType type, List<Integer> batch, List<Integer> contract) {
    var used = new ArrayList<>(batch);
    used.addAll(contract);
    cx.c(4).axes(type, used);
    for (int i = 0; i < type.rank(); i++) {
      if (!used.contains(i)) {
        dims.add(type.dim(i));
      }
    }
  }

  @Override
  public List<List<Integer>> groups(int operands) {
    return List.of(List.of(0), List.of(1));
  }

  @Override
  public Optional<Value> tangent(Builder b, List<Value> xs, Value y, List<Optional<Value>> ts) {
    return Tangents.sum(
        b,
        ts.get(0).map(t -> b.emit1(this, t, xs.get(1))),
        ts.get(1).map(t -> b.emit1(this, xs.get(0), t)));
  }

  /// Transposes as JAX's `dot_general`: the cotangent, contracted with the other operand over what
  /// that kept.
  @Override
  public void transpose(Builder b, TransposedOperands in, Value ct, Cotangents out) {
    boolean left = in.linear(0);
    ArrayType x = in.type(left ? 0 : 1);
    Value y = in.get(left ? 1 : 0);
    List<Integer> xBatch = left ? leftBatch : rightBatch;
    List<Integer> yBatch = left ? rightBatch : leftBatch;
    List<Integer> xContract = left ? leftContract : rightContract;
    List<Integer> yContract = left ? rightContract : leftContract;
    List<Integer> xKept = rest(x.rank(), xBatch, xContract);
    List<Integer> yKept = rest(y.type().rank(), yBatch, yContract);
    int batch = xBatch.size();
    // Dims of the result: batch, what the left kept, what the right kept.
    int first = left ? batch + xKept.size() : batch;
    var kept = IntStream.range(first, first + yKept.size()).boxed().toList();
    var batches = IntStream.range(0, batch).boxed().toList();
    // The known side stays on its side, so that the product of two matrices needs no transpose.
    Value product =
        left
            ? b.emit1(new Dot(batches, yBatch, kept, yKept), ct, y)
            : b.emit1(new Dot(yBatch, batches, yKept, kept), y, ct);
    // Dims now: batch, what x kept and its contracted axes in the order of y's, which come first on
    // the right.
    var order = new ArrayList<>(xBatch);
    var contracted =
        yContract.stream().sorted().map(axis -> xContract.get(yContract.indexOf(axis))).toList();
    order.addAll(left ? xKept : contracted);
    order.addAll(left ? contracted : xKept);
    out.add(
        left ? 0 : 1,
        b.transpose(product, IntStream.range(0, x.rank()).map(order::indexOf).boxed().toList()));
  }

  private static List<Integer> rest(int rank, List<Integer> batch, List<Integer> contract) {
    return IntStream.range(0, rank)
        .filter(i -> !batch.contains(i) && !contract.contains(i))
        .boxed()
        .toList();
  }

  /// Makes lanes on both sides a batch axis more; on one side an axis that is kept.
  @Override
  public Batched batch(Builder b, BatchAxis axis, List<Value> xs, Mask batched) {
    boolean left = batched.at(0);
    boolean right = batched.at(1);
    List<Integer> lb = left ? Batched.axes(leftBatch) : leftBatch;
    List<Integer> rb = right ? Batched.axes(rightBatch) : rightBatch;
    List<Integer> lc = left ? Batched.axes(leftContract) : leftContract;
    List<Integer> rc = right ? Batched.axes(rightContract) : rightContract;
    if (left && right) {
      var l = new ArrayList<>(lb);
      l.addFirst(0);
      var r = new ArrayList<>(rb);
      r.addFirst(0);
      return Batched.all(b.emit(new Dot(l, r, lc, rc), xs));
    }
    Value product = b.emit(new Dot(lb, rb, lc, rc), xs).getFirst();
    int kept = left ? 0 : xs.get(0).type().rank() - lb.size() - lc.size();
    return Batched.all(b.moveAxis(product, lb.size() + kept, 0));
  }

  /// Counts the products of two elements: one for each element of the result and each contracted
  /// index.
  private double products(ArrayType left, ArrayType out) {
    double contracted = 1;
    for (int axis : leftContract) {
      contracted *= Work.size(left.dim(axis));
    }
    return Work.elements(out) * contracted;
  }
}
