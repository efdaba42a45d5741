package org.girih.grammar.elaborate.core;

import java.math.BigInteger;
import java.util.Optional;
import org.girih.grammar.ast.Expr.BinaryOp;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.source.Span;
import org.girih.ir.type.Dim;

/// Arithmetic of static numbers: Python's. Integers are unbounded up to a limit of 4,096 bits, `/`
/// yields a real, `//` and `%` round down.
public final class StaticArithmetic {
  private static final int MAX_BITS = 4096;

  private StaticArithmetic() {}

  /// Returns it as Python prints a float.
  static String text(double value) {
    if (Double.isNaN(value)) {
      return "nan";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "inf" : "-inf";
    }
    double size = Math.abs(value);
    if (value == Math.rint(value) && size < 1e16) {
      return (value == 0 && 1 / value < 0 ? "-" : "") + (long) value + ".0";
    }
    String text = Double.toString(value);
    if (size >= 1e-4 && size < 1e16) {
      return new java.math.BigDecimal(text).toPlainString();
    }
    int e = text.indexOf('E');
    String mantissa = text.substring(0, e).replaceAll("\\.0$", "");
    int exponent = Integer.parseInt(text.substring(e + 1));
    return mantissa
        + "e"
        + (exponent < 0 ? "-" : "+")
        + (Math.abs(exponent) < 10 ? "0" : "")
        + Math.abs(exponent);
  }

  /// Returns why an operation on integers failed; the JDK's words are "long overflow".
  public static String why(ArithmeticException problem) {
    return problem.getMessage().endsWith("overflow")
        ? "a number leaves 64 bits"
        : problem.getMessage();
  }

  public static Val binary(Elaboration e, Span at, BinaryOp op, Val.Num a, Val.Num b) {
    if (a instanceof Val.Size || b instanceof Val.Size) {
      return sizes(e, at, op, a, b);
    }
    try {
      return a instanceof Val.Int(var x) && b instanceof Val.Int(var y)
          ? integers(e, at, op, x, y)
          : reals(e, at, op, real(a), real(b));
    } catch (ArithmeticException problem) {
      throw e.fault(Code.STATIC_ARITHMETIC, at, why(problem) + " in a static expression");
    }
  }

  public static double real(Val.Num number) {
    return switch (number) {
      case Val.Int(var value) -> value.doubleValue();
      case Val.Real(double value) -> value;
      case Val.Size(var dim) -> throw new Fault.Undecided("the value of size " + dim);
    };
  }

  private static Val integers(Elaboration e, Span at, BinaryOp op, BigInteger x, BigInteger y) {
    return switch (op) {
      case ADD -> new Val.Int(x.add(y));
      case SUBTRACT -> new Val.Int(x.subtract(y));
      case MULTIPLY -> bounded(e, at, x.bitLength() + y.bitLength(), () -> x.multiply(y));
      case DIVIDE -> {
        if (y.signum() == 0) {
          throw new ArithmeticException("division by zero");
        }
        yield new Val.Real(
            new java.math.BigDecimal(x)
                .divide(new java.math.BigDecimal(y), java.math.MathContext.DECIMAL128)
                .doubleValue());
      }
      case FLOOR_DIVIDE -> new Val.Int(floorDiv(x, y));
      case REMAINDER -> new Val.Int(x.subtract(floorDiv(x, y).multiply(y)));
      case POWER -> {
        if (y.signum() < 0) {
          yield reals(e, at, op, x.doubleValue(), y.doubleValue());
        }
        boolean small = x.bitLength() <= 1;
        if (!small && y.bitLength() > 20) {
          throw new ArithmeticException("an integer of over " + MAX_BITS + " bits");
        }
        int exponent = small ? y.testBit(0) ? 1 : y.signum() == 0 ? 0 : 2 : y.intValueExact();
        yield bounded(e, at, (long) x.bitLength() * exponent, () -> x.pow(exponent));
      }
      case SHIFT_LEFT -> {
        if (y.signum() < 0) {
          throw new ArithmeticException("a negative shift");
        }
        int shift = y.bitLength() > 20 ? 1 << 20 : y.intValueExact();
        yield bounded(e, at, (long) x.bitLength() + shift, () -> x.shiftLeft(shift));
      }
      case SHIFT_RIGHT -> {
        if (y.signum() < 0) {
          throw new ArithmeticException("a negative shift");
        }
        yield new Val.Int(x.shiftRight(y.bitLength() > 20 ? 1 << 20 : y.intValueExact()));
      }
      case BIT_AND -> new Val.Int(x.and(y));
      case BIT_OR -> new Val.Int(x.or(y));
      case BIT_XOR -> new Val.Int(x.xor(y));
      case EQ -> Val.of(x.equals(y));
      case NE -> Val.of(!x.equals(y));
      case LT -> Val.of(x.compareTo(y) < 0);
      case LE -> Val.of(x.compareTo(y) <= 0);
      case GT -> Val.of(x.compareTo(y) > 0);
      case GE -> Val.of(x.compareTo(y) >= 0);
      case MATMUL, AND, OR -> throw numbersDoNot(e, at, op);
    };
  }

  private static Val bounded(
      Elaboration e, Span at, long bits, java.util.function.Supplier<BigInteger> value) {
    if (bits > MAX_BITS) {
      throw new ArithmeticException("an integer of over " + MAX_BITS + " bits");
    }
    return new Val.Int(value.get());
  }

  private static BigInteger floorDiv(BigInteger x, BigInteger y) {
    if (y.signum() == 0) {
      throw new ArithmeticException("division by zero");
    }
    BigInteger[] both = x.divideAndRemainder(y);
    boolean inexact = both[1].signum() != 0 && both[1].signum() != y.signum();
    return inexact ? both[0].subtract(BigInteger.ONE) : both[0];
  }

  private static Val reals(Elaboration e, Span at, BinaryOp op, double x, double y) {
    return switch (op) {
      case ADD -> new Val.Real(x + y);
      case SUBTRACT -> new Val.Real(x - y);
      case MULTIPLY -> new Val.Real(x * y);
      case DIVIDE -> {
        if (y == 0) {
          throw new ArithmeticException("division by zero");
        }
        yield new Val.Real(x / y);
      }
      case FLOOR_DIVIDE, REMAINDER -> {
        if (y == 0) {
          throw new ArithmeticException("division by zero");
        }
        double rest = x % y;
        if (rest != 0 && (rest < 0) != (y < 0)) {
          rest += y;
        }
        yield new Val.Real(op == BinaryOp.REMAINDER ? rest : Math.rint((x - rest) / y));
      }
      case POWER -> {
        if (x == 0 && y < 0 || x < 0 && y != Math.rint(y)) {
          throw new ArithmeticException(text(x) + " ** " + text(y) + " is not a real number");
        }
        yield new Val.Real(Math.pow(x, y));
      }
      case EQ -> Val.of(x == y);
      case NE -> Val.of(x != y);
      case LT -> Val.of(x < y);
      case LE -> Val.of(x <= y);
      case GT -> Val.of(x > y);
      case GE -> Val.of(x >= y);
      case SHIFT_LEFT, SHIFT_RIGHT, BIT_AND, BIT_OR, BIT_XOR, MATMUL, AND, OR ->
          throw numbersDoNot(e, at, op);
    };
  }

  private static Fault numbersDoNot(Elaboration e, Span at, BinaryOp op) {
    return e.fault(Code.NOT_A_NUMBER, at, "`" + op.text() + "` does not take static numbers");
  }

  /// Sizes that are not numbers: polynomials where the answer is one, else left to the calls.
  private static Val sizes(Elaboration e, Span at, BinaryOp op, Val.Num a, Val.Num b) {
    Optional<Dim> left = dim(a);
    Optional<Dim> right = dim(b);
    if (left.isEmpty() || right.isEmpty()) {
      throw new Fault.Undecided("`" + op.text() + "` of a size and a real number");
    }
    Dim x = left.get();
    Dim y = right.get();
    try {
      return switch (op) {
        case ADD -> Val.of(x.plus(y));
        case SUBTRACT -> Val.of(x.minus(y));
        case MULTIPLY -> Val.of(x.times(y));
        case FLOOR_DIVIDE -> Val.of(x.floorDiv(y));
        case REMAINDER -> Val.of(x.floorMod(y));
        case EQ -> decided(x.equalTo(y), Dim.Truth.YES, x + " == " + y);
        case NE -> decided(x.equalTo(y), Dim.Truth.NO, x + " != " + y);
        case GE -> decided(x.atLeast(y), Dim.Truth.YES, x + " >= " + y);
        case LT -> decided(x.atLeast(y), Dim.Truth.NO, x + " < " + y);
        case LE -> decided(y.atLeast(x), Dim.Truth.YES, x + " <= " + y);
        case GT -> decided(y.atLeast(x), Dim.Truth.NO, x + " > " + y);
        case POWER, DIVIDE, SHIFT_LEFT, SHIFT_RIGHT, BIT_AND, BIT_XOR, BIT_OR ->
            throw new Fault.Undecided("the value of " + x + " " + op.text() + " " + y);
        case MATMUL, AND, OR -> throw numbersDoNot(e, at, op);
      };
    } catch (ArithmeticException problem) {
      throw e.fault(Code.STATIC_ARITHMETIC, at, problem.getMessage() + " in a size");
    }
  }

  /// Equality of differently named sizes is open here: a program may ask whether they are equal.
  private static Val decided(Dim.Truth answer, Dim.Truth yes, String what) {
    boolean equality = what.contains(" == ") || what.contains(" != ");
    if (answer == Dim.Truth.UNKNOWN || equality && answer == Dim.Truth.NO) {
      throw new Fault.Undecided("whether " + what);
    }
    return Val.of(answer == yes);
  }

  /// The number as a dim, if it is an integer of 64 bits.
  public static Optional<Dim> dim(Val val) {
    return switch (val) {
      case Val.Int(var value) when value.bitLength() <= 63 ->
          Optional.of(Dim.of(value.longValue()));
      case Val.Size(var poly) -> Optional.of(poly);
      default -> Optional.empty();
    };
  }
}
