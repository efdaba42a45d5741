package org.girih.ir.op;

import java.util.List;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.Value;

/// The array (first operand) with updates (third) added at the positions in the second. A block
/// that does not lie inside is dropped whole; equal positions add up (XLA's Scatter).
///
/// - (C1) three operands
/// - (C2) to (C6) are those of [Windows]
/// - (C7) updates of the array's dtype
/// - (C8) updates of the dims that the blocks at the indices have
/// - (C9) a numeric dtype
public record ScatterAdd(Windows windows) implements Linear {
  @Override
  public List<ArrayType> infer(Inference cx, List<ArrayType> in) {
    cx.c(1).count(in, 3);
    ArrayType array = windows.scatter(cx, in);
    cx.c(9).require(array.dtype().numeric(), "expected a numeric dtype, got %s", array);
    return List.of(array);
  }

  @Override
  public Work work(List<ArrayType> in, List<ArrayType> out) {
    return Work.scatter(in, 1);
  }

  @Override
  public List<List<Integer>> groups(int operands) {
    return List.of(List.of(0, 2));
  }

  /// Gives no cotangent to what was dropped.
  @Override
  public void transpose(Builder b, TransposedOperands in, Value ct, Cotangents out) {
    out.add(0, ct);
    if (in.linear(2)) {
      ArrayType updates = in.type(2);
      Value read = b.emit1(new Gather(windows, windows.sizes(in.type(0), updates)), ct, in.get(1));
      Value inside = windows.inside(b, in.get(1), in.type(0), updates);
      out.add(2, b.select(inside, read, b.zeros(updates)));
    }
  }

  @Override
  public Batched batch(Builder b, BatchAxis axis, List<Value> xs, Mask batched) {
    var lanes = windows.lanes(b, axis, xs, batched);
    return Batched.all(b.emit(new ScatterAdd(lanes.windows()), lanes.operands()));
  }
}
