package org.girih.ir.op;

import java.util.List;
import org.girih.ir.type.ArrayType;

/// |x|, pointwise; of a complex number its length, a real number. The least integer of a signed
/// width stays itself.
public record Absolute() implements Custom {
  @Override
  public List<ArrayType> infer(Inference cx, List<ArrayType> in) {
    cx.count(in, 1);
    ArrayType type = in.getFirst();
    cx.require(type.dtype().numeric(), "absolute of %s", type);
    return List.of(type.withDType(type.dtype().real()));
  }
}
