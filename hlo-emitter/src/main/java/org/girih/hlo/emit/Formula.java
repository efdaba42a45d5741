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

  /// Horner's scheme, the highest coefficient first.
  Instr polynomial(Instr x, List<Double> coefficients) {
    Instr sum = like(x, coefficients.getFirst());
    for (double c : coefficients.subList(1, coefficients.size())) {
      sum = add(mul(sum, x), like(x, c));
    }
    return sum;
  }
}
