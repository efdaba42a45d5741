package org.girih.ir.op;

import java.util.List;
import org.girih.ir.type.ArrayType;

/// Permutes axes: axis i of the result is axis `permutation[i]` of the operand.
public record Transpose(List<Integer> permutation) implements Linear {
  @Override
  public List<ArrayType> infer(Inference cx, List<ArrayType> in) {
    cx.count(in, 1);
    ArrayType type = in.getFirst();
    cx.require(permutation.size() == type.rank(), "permutation %s of %s", permutation, type);
    cx.axes(type, permutation);
    return List.of(type.withDims(permutation.stream().map(type::dim).toList()));
  }
}
