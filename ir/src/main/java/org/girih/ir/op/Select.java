package org.girih.ir.op;

import java.util.List;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.DType;

/// Elements of the second operand where the first, a `bool`, is true, of the third elsewhere. The
/// first is a scalar or has the others' dims.
public record Select() implements Linear {
  @Override
  public List<ArrayType> infer(Inference cx, List<ArrayType> in) {
    cx.count(in, 3);
    cx.require(in.getFirst().dtype() == DType.BOOL, "select by %s", in.getFirst());
    cx.same(in.get(1), in.get(2));
    if (!in.getFirst().isScalar()) {
      cx.sameDims(in.get(0), in.get(1));
    }
    return List.of(in.get(1));
  }
}
