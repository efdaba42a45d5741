package org.girih.hlo.emit;

import java.util.List;

/// Pointwise arithmetic, to write formulas with.
record Formula(ComputationBuilder b) {
  Instr op(String opcode, Instr x, Instr... more) {
    Instr[] all = new Instr[more.length + 1];
    all[0] = x;
    System.arraycopy(more, 0, all, 1, more.length);
    return b.op(opcode, x.type(), all);
  }

  Instr like(Instr x, double number) {
    return b.like(x, number);
  }

  Instr add(Instr x, Instr y) {
    return op("add", x, y);
  }

  Instr sub(Instr x, Instr y) {
    return op("subtract", x, y);
  }

  Instr mul(Instr x, Instr y) {
    return op("multiply", x, y);
  }

  Instr div(Instr x, Instr y) {
    return op("divide", x, y);
  }

  Instr neg(Instr x) {
    return op("negate", x);
  }

  Instr abs(Instr x) {
    return b.op("abs", x.type().withDType(x.type().dtype().real()), x);
  }

  Instr compare(String direction, Instr x, Instr y) {
    return b.compare(direction, x, y);
  }

  Instr less(Instr x, double number) {
    return b.compare("LT", x, like(x, number));
  }

  Instr select(Instr condition, Instr x, Instr y) {
    return b.select(condition, x, y);
  }

  /// Returns the angle of the point (x, y), with a divisor that no compiler knows: x · (1 + 0 ·
  /// min(|y|, 1)), which is x, or NaN where the angle is. Where LLVM sees a divisor of 1 it takes
  /// the arctangent instead, and the vector form of that in the XLA of PJRT API 0.115 is compiled
  /// without AVX: it reads and writes half of each register, so that the other elements are
  /// silently wrong.
  Instr angle(Instr y, Instr x) {
    Instr zero = mul(like(y, 0), op("minimum", abs(y), like(y, 1)));
    return op("atan2", y, mul(x, add(like(y, 1), zero)));
  }

  /// Evaluates by Horner's scheme, the highest coefficient first.
  Instr polynomial(Instr x, List<Double> coefficients) {
    Instr sum = like(x, coefficients.getFirst());
    for (double c : coefficients.subList(1, coefficients.size())) {
      sum = add(mul(sum, x), like(x, c));
    }
    return sum;
  }
}
