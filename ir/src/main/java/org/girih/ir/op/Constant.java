package org.girih.ir.op;

import java.util.List;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.Literal;

/// A literal.
public record Constant(Literal value) implements Discrete {
  @Override
  public List<ArrayType> infer(Inference cx, List<ArrayType> in) {
    cx.count(in, 0);
    return List.of(value.type());
  }
}
