package org.girih.passes.rewrite;

import org.girih.ir.op.Absolute;
import org.girih.ir.op.Arithmetic;
import org.girih.ir.op.Bits;
import org.girih.ir.op.Compare;
import org.girih.ir.op.Convert;
import org.girih.ir.op.Extremum;
import org.girih.ir.op.IsFinite;
import org.girih.ir.op.Op;
import org.girih.ir.op.Quotient;
import org.girih.ir.op.Rounding;
import org.girih.ir.op.Select;
import org.girih.ir.program.Equation;

/// Ops that compute each element from those at its place, and compute the same bits wherever in an
/// array that is: IEEE 754 defines what they round to. Exponentials and the like are none of them:
/// a plugin may compute eight at once by one formula and the rest by another.
final class Pointwise {
  private Pointwise() {}

  static boolean isExact(Equation equation) {
    Op op = equation.op();
    boolean complex = equation.operands().stream().anyMatch(o -> o.type().dtype().complex());
    return op instanceof Bits
        || op instanceof Compare
        || op instanceof Select
        || op instanceof Rounding
        || op instanceof Extremum
        || op instanceof Quotient
        || op instanceof IsFinite
        || op instanceof Convert
        || op instanceof Absolute && !complex
        || op instanceof Arithmetic a
            && !(complex && (a == Arithmetic.MULTIPLY || a == Arithmetic.DIVIDE));
  }
}
