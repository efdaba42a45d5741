package org.girih.passes.scalar;

import java.util.Optional;
import org.girih.ir.op.Absolute;
import org.girih.ir.op.Arithmetic;
import org.girih.ir.op.Compare;
import org.girih.ir.op.Extremum;
import org.girih.ir.op.IsFinite;
import org.girih.ir.op.Op;
import org.girih.ir.op.Rounding;
import org.girih.ir.type.DType;
import org.girih.passes.scalar.Scalar.Whole;

/// Pointwise ops on floats that are rounded from the exact result.
public final class RealRules {
  private RealRules() {}

  /// Returns the op on these operands; empty for an op that is not here, or where devices differ.
  ///
  /// @param dtype of the last operand
  public static Optional<Scalar> apply(Op op, DType dtype, double[] in) {
    double x = in[0];
    double y = in[in.length - 1];
    if (op instanceof Compare compare) {
      boolean unordered = Double.isNaN(x) || Double.isNaN(y);
      boolean holds =
          unordered
              ? compare == Compare.NE
              : WholeRules.compare(compare, x == y ? 0 : Double.compare(x, y));
      return Optional.of(new Whole(holds ? 1 : 0));
    }
    if (op instanceof Arithmetic arithmetic) {
      return real(
          dtype,
          switch (arithmetic) {
            case ADD -> x + y;
            case SUBTRACT -> x - y;
            case NEGATE -> -x;
            case MULTIPLY -> x * y;
            case DIVIDE -> x / y;
          });
    }
    if (op instanceof Rounding rounding) {
      return real(
          dtype,
          switch (rounding) {
            case FLOOR -> Math.floor(x);
            case CEIL -> Math.ceil(x);
            case ROUND -> Math.rint(x);
            case SIGN -> Math.signum(x);
          });
    }
    if (op instanceof Extremum extremum) {
      // Which zero is the greater is not the same on all devices.
      return x == 0 && y == 0 && Double.compare(x, y) != 0
          ? Optional.empty()
          : real(dtype, extremum == Extremum.MAXIMUM ? Math.max(x, y) : Math.min(x, y));
    }
    if (op instanceof Absolute) {
      return real(dtype, Math.abs(x));
    }
    return op instanceof IsFinite
        ? Optional.of(new Whole(Double.isFinite(x) ? 1 : 0))
        : Optional.empty();
  }

  private static Optional<Scalar> real(DType dtype, double value) {
    return Optional.of(Scalar.real(dtype, value));
  }
}
