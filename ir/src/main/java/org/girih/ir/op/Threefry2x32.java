package org.girih.ir.op;

import java.util.List;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.DType;
import org.girih.ir.type.Value;

/// The Threefry-2x32 block function with 20 rounds (Salmon et al., "Parallel random numbers: as
/// easy as 1, 2, 3", SC 2011), pointwise: two words of a key, two of a counter, all `u32` of equal
/// dims, make two words.
///
/// ```
/// %4: u32[3], %5: u32[3] = threefry2x32 %0 %1 %2 %3
/// ```
///
/// - (C1) four operands
/// - (C2) `u32`
/// - (C3) operands of equal types
public record Threefry2x32() implements Discrete {
  /// Operations on two words: key schedule 2 + 2, twenty rounds of 5, five injections of 3.
  private static final int FLOPS = 119;

  @Override
  public List<ArrayType> infer(Inference cx, List<ArrayType> in) {
    cx.c(1).count(in, 4);
    ArrayType type = in.getFirst();
    cx.c(2).require(type.dtype() == DType.U32, "expected u32, got %s", type);
    in.forEach(each -> cx.c(3).same(type, each));
    return List.of(type, type);
  }

  @Override
  public Work work(List<ArrayType> in, List<ArrayType> out) {
    return Work.whole(FLOPS * Work.elements(out.getFirst()));
  }

  @Override
  public Batched batch(Builder b, BatchAxis axis, List<Value> xs, Mask batched) {
    return Batched.pointwise(this, b, axis, xs, batched);
  }
}
