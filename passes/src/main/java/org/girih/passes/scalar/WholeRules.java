package org.girih.passes.scalar;

import java.util.Optional;
import org.girih.ir.op.Absolute;
import org.girih.ir.op.Arithmetic;
import org.girih.ir.op.Bits;
import org.girih.ir.op.Compare;
import org.girih.ir.op.ElementaryPair;
import org.girih.ir.op.Extremum;
import org.girih.ir.op.Op;
import org.girih.ir.op.Quotient;
import org.girih.ir.op.Rounding;
import org.girih.ir.type.DType;
import org.girih.passes.scalar.Scalar.Whole;

/// Pointwise ops on integers and `bool`, as the ops' own docs define them.
public final class WholeRules {
  private WholeRules() {}

  /// Returns the op on these operands; empty for an op that is not here, or where devices differ.
  ///
  /// @param dtype of the last operand
  public static Optional<Scalar> apply(Op op, DType dtype, long[] in) {
    long x = in[0];
    long y = in[in.length - 1];
    if (op instanceof Compare compare) {
      return Optional.of(new Whole(compare(compare, order(dtype, x, y)) ? 1 : 0));
    }
    if (op instanceof Arithmetic arithmetic && arithmetic != Arithmetic.DIVIDE) {
      return whole(
          dtype,
          switch (arithmetic) {
            case ADD -> x + y;
            case SUBTRACT -> x - y;
            case NEGATE -> -x;
            case MULTIPLY, DIVIDE -> x * y;
          });
    }
    if (op instanceof Bits bits) {
      return whole(dtype, bits(bits, dtype, x, y));
    }
    if (op instanceof Extremum extremum) {
      return whole(dtype, extremum == Extremum.MAXIMUM == order(dtype, x, y) >= 0 ? x : y);
    }
    if (op instanceof Quotient) {
      return whole(dtype, quotient(dtype, x, y));
    }
    if (op == ElementaryPair.REMAINDER) {
      return whole(dtype, y == 0 ? x : x - quotient(dtype, x, y) * y);
    }
    if (op == ElementaryPair.POWER) {
      return whole(dtype, power(dtype, x, y));
    }
    if (op instanceof Absolute) {
      return whole(dtype, isSigned(dtype) ? Math.abs(x) : x);
    }
    return op == Rounding.SIGN
        ? whole(dtype, isSigned(dtype) ? Long.signum(x) : x == 0 ? 0 : 1)
        : Optional.empty();
  }

  private static Optional<Scalar> whole(DType dtype, long value) {
    return Optional.of(Scalar.whole(dtype, value));
  }

  private static boolean isSigned(DType dtype) {
    return dtype.kind() == DType.Kind.SIGNED;
  }

  static int order(DType dtype, long x, long y) {
    return isSigned(dtype) ? Long.compare(x, y) : Long.compareUnsigned(x, y);
  }

  static boolean compare(Compare op, int order) {
    return switch (op) {
      case EQ -> order == 0;
      case NE -> order != 0;
      case LT -> order < 0;
      case LE -> order <= 0;
      case GT -> order > 0;
      case GE -> order >= 0;
    };
  }

  private static long quotient(DType dtype, long x, long y) {
    return y == 0 ? -1 : isSigned(dtype) ? x / y : Long.divideUnsigned(x, y);
  }

  private static long power(DType dtype, long x, long y) {
    if (isSigned(dtype) && y < 0) {
      return x == 1 ? 1 : x == -1 ? (y % 2 == 0 ? 1 : -1) : 0;
    }
    long result = 1;
    long factor = x;
    for (long left = y; left != 0; left >>>= 1) {
      result = (left & 1) != 0 ? result * factor : result;
      factor *= factor;
    }
    return result;
  }

  private static long bits(Bits op, DType dtype, long x, long y) {
    int width = dtype.isBool() ? 1 : dtype.bits();
    long low = width == 64 ? x : x & (1L << width) - 1;
    boolean inside = Long.compareUnsigned(y, width) < 0;
    return switch (op) {
      case AND -> x & y;
      case OR -> x | y;
      case XOR -> x ^ y;
      case NOT -> dtype.isBool() ? 1 - x : ~x;
      case SHIFT_LEFT -> inside ? x << y : 0;
      case SHIFT_RIGHT -> isSigned(dtype) ? (inside ? x >> y : x >> 63) : (inside ? low >>> y : 0);
      case POPULATION_COUNT -> Long.bitCount(low);
      case COUNT_LEADING_ZEROS -> Long.numberOfLeadingZeros(low) - (64 - width);
    };
  }
}
