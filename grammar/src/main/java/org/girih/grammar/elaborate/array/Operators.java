package org.girih.grammar.elaborate.array;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.girih.grammar.ast.Expr.BinaryOp;
import org.girih.grammar.ast.Expr.UnaryOp;
import org.girih.grammar.elaborate.core.Elaboration;
import org.girih.grammar.elaborate.core.Fault;
import org.girih.grammar.elaborate.core.StaticArithmetic;
import org.girih.grammar.elaborate.core.Trees;
import org.girih.grammar.elaborate.core.Val;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.diagnostic.Diagnostic;
import org.girih.ir.op.Arithmetic;
import org.girih.ir.op.Bits;
import org.girih.ir.op.Compare;
import org.girih.ir.op.Convert;
import org.girih.ir.op.ElementaryPair;
import org.girih.ir.op.Quotient;
import org.girih.ir.op.Rounding;
import org.girih.ir.op.Select;
import org.girih.ir.source.Span;
import org.girih.ir.type.DType;

/// Operators: static ones by [StaticArithmetic], the others pointwise on arrays.
public final class Operators {
  private Operators() {}

  /// The places of an operator and its operands.
  public record Site(BinaryOp op, Span at, Span left, Span right) {}

  public static Val unary(Elaboration e, Span at, UnaryOp op, Val val, Span operandAt) {
    e.at(at);
    return switch (op) {
      case NEGATE ->
          switch (val) {
            case Val.Int(var value) -> new Val.Int(value.negate());
            case Val.Real(double value) -> new Val.Real(-value);
            case Val.Size size ->
                StaticArithmetic.binary(e, at, BinaryOp.SUBTRACT, Val.Int.of(0), size);
            case Val other -> {
              Val.Array a = Operands.array(e, other, operandAt);
              if (!a.dtype().numeric()) {
                throw badDType(e, at, "`-`", a, "`not` negates truth values");
              }
              yield Operands.pliable(
                  e,
                  keep(a, e.emit1(Arithmetic.NEGATE, a)),
                  List.of(other),
                  typed -> e.emit1(Arithmetic.NEGATE, (Val.Array) typed.getFirst()));
            }
          };
      case INVERT -> {
        if (val instanceof Val.Int(var value)) {
          yield new Val.Int(value.not());
        }
        if (val instanceof Val.Bool(boolean value)) {
          yield Val.of(!value);
        }
        Val.Array a = Operands.array(e, val, operandAt);
        if (a.dtype().inexact()) {
          throw badDType(e, at, "`~`", a, "`-x` negates numbers");
        }
        yield keep(a, e.emit1(Bits.NOT, a));
      }
      case NOT -> {
        if (val instanceof Val.Bool(boolean value)) {
          yield Val.of(!value);
        }
        Val.Array a = Operands.array(e, val, operandAt);
        if (!a.dtype().isBool()) {
          throw badDType(e, at, "`not`", a, "compare: `x == 0`");
        }
        yield e.emit1(Bits.NOT, a);
      }
    };
  }

  private static Val.Array keep(Val.Array weak, Val.Array result) {
    return new Val.Array(result.owner(), result.value(), weak.guess());
  }

  /// Reports that the operands have a dtype that the operator does not take.
  private static Fault badDType(Elaboration e, Span at, String what, Val.Array a, String help) {
    return e.fault(
        Diagnostic.error(Code.BAD_DTYPE_FOR_OP, at, what + " does not take " + a.type())
            .help(help));
  }

  public static Val binary(Elaboration e, Site site, Val a, Val b) {
    return Operands.pliable(
        e, one(e, site, a, b), List.of(a, b), x -> one(e, site, x.get(0), x.get(1)));
  }

  private static Val one(Elaboration e, Site site, Val a, Val b) {
    if (a instanceof Val.Poison || b instanceof Val.Poison) {
      throw new Fault.Poisoned();
    }
    BinaryOp op = site.op;
    if (a instanceof Val.Num x && b instanceof Val.Num y) {
      return StaticArithmetic.binary(e, site.at, op, x, y);
    }
    if (a instanceof Val.Bool(boolean x) && b instanceof Val.Bool(boolean y)) {
      return truths(e, site, x, y);
    }
    if (op == BinaryOp.ADD && a instanceof Val.Tuple(var x) && b instanceof Val.Tuple(var y)) {
      var joined = new ArrayList<>(x);
      joined.addAll(y);
      return new Val.Tuple(joined);
    }
    // Nothing but `none` equals `none`.
    boolean comparable =
        isSymbol(a) && isSymbol(b) || a instanceof Val.None || b instanceof Val.None;
    if ((op == BinaryOp.EQ || op == BinaryOp.NE) && comparable) {
      return Val.of(same(e, site, a, b) == (op == BinaryOp.EQ));
    }
    return switch (op) {
      case MATMUL -> Products.matmul(e, site, a, b);
      case AND, OR -> logic(e, site, a, b);
      case EQ, NE, LT, LE, GT, GE -> compare(e, site, a, b);
      case POWER -> PowerOperator.eval(e, site, a, b);
      case ADD, SUBTRACT, MULTIPLY, DIVIDE, FLOOR_DIVIDE, REMAINDER -> arithmetic(e, site, a, b);
      case SHIFT_LEFT, SHIFT_RIGHT, BIT_AND, BIT_XOR, BIT_OR -> bits(e, site, a, b);
    };
  }

  /// Whether two static values are equal; sizes with names in tuples leave that open.
  private static boolean same(Elaboration e, Site site, Val a, Val b) {
    if (a instanceof Val.Num x && b instanceof Val.Num y) {
      return StaticArithmetic.binary(e, site.at, BinaryOp.EQ, x, y).equals(Val.of(true));
    }
    if (!(a instanceof Val.Tuple(var x) && b instanceof Val.Tuple(var y))) {
      return a.equals(b);
    }
    boolean same = x.size() == y.size();
    Optional<Fault.Undecided> open = Optional.empty();
    for (int i = 0; same && i < x.size(); i++) {
      try {
        same = same(e, site, x.get(i), y.get(i));
      } catch (Fault.Undecided each) {
        open = Optional.of(each);
      }
    }
    if (same && open.isPresent()) {
      throw open.get();
    }
    return same;
  }

  /// Static values that are equal or not, and nothing else.
  private static boolean isSymbol(Val val) {
    return switch (val) {
      case Val.Str _, Val.None _, Val.Type _, Val.Bool _ -> true;
      case Val.Sum _ -> Trees.isStatic(val);
      case Val.Tuple _, Val.Int _, Val.Real _, Val.Dots _ -> Trees.isStatic(val);
      case Val.Array _, Val.Hole _, Val.Size _, Val.Record _, Val.Fn _ -> false;
      case Val.Namespace _, Val.Poison _ -> false;
    };
  }

  private static Val truths(Elaboration e, Site site, boolean x, boolean y) {
    return switch (site.op) {
      case AND, BIT_AND -> Val.of(x && y);
      case OR, BIT_OR -> Val.of(x || y);
      case BIT_XOR, NE -> Val.of(x != y);
      case EQ -> Val.of(x == y);
      case POWER, MATMUL, MULTIPLY, DIVIDE, FLOOR_DIVIDE, REMAINDER, ADD, SUBTRACT ->
          throw noBool(e, site);
      case SHIFT_LEFT, SHIFT_RIGHT, LT, LE, GT, GE -> throw noBool(e, site);
    };
  }

  private static Fault noBool(Elaboration e, Site site) {
    return e.fault(
        Diagnostic.error(
                Code.BAD_DTYPE_FOR_OP, site.at, "`" + site.op.text() + "` does not take bool")
            .help("convert: `i32(x)`"));
  }

  private static Operands.Unified together(Elaboration e, Site site, Val a, Val b) {
    return Operands.together(
        e,
        site.at,
        "`" + site.op.text() + "`",
        List.of(new Operands.Operand(a, site.left), new Operands.Operand(b, site.right)));
  }

  private static Val result(Operands.Unified operands, Val.Array out) {
    return new Val.Array(out.owner(), out.value(), operands.weak());
  }

  private static Val logic(Elaboration e, Site site, Val a, Val b) {
    var operands = together(e, site, a, b);
    if (!operands.arrays().getFirst().dtype().isBool()) {
      throw badDType(
          e,
          site.at,
          "`" + site.op.text() + "`",
          operands.arrays().getFirst(),
          "`&`, `|` and `^` work on the bits of integers");
    }
    return e.emit(site.op == BinaryOp.AND ? Bits.AND : Bits.OR, operands.arrays()).getFirst();
  }

  private static Val compare(Elaboration e, Site site, Val a, Val b) {
    var operands = together(e, site, a, b);
    Compare op =
        switch (site.op) {
          case EQ -> Compare.EQ;
          case NE -> Compare.NE;
          case LT -> Compare.LT;
          case LE -> Compare.LE;
          case GT -> Compare.GT;
          case GE -> Compare.GE;
          case POWER, MATMUL, MULTIPLY, DIVIDE, FLOOR_DIVIDE, REMAINDER, ADD, SUBTRACT, AND, OR ->
              throw new IllegalStateException();
          case SHIFT_LEFT, SHIFT_RIGHT, BIT_AND, BIT_XOR, BIT_OR ->
              throw new IllegalStateException();
        };
    if (operands.arrays().getFirst().dtype().complex() && op != Compare.EQ && op != Compare.NE) {
      throw badDType(
          e,
          site.at,
          "`" + site.op.text() + "`",
          operands.arrays().getFirst(),
          "complex numbers have no order; compare `abs(z)`");
    }
    return e.emit(op, operands.arrays()).getFirst();
  }

  private static Val bits(Elaboration e, Site site, Val a, Val b) {
    var operands = together(e, site, a, b);
    Val.Array first = operands.arrays().getFirst();
    boolean shift = site.op == BinaryOp.SHIFT_LEFT || site.op == BinaryOp.SHIFT_RIGHT;
    if (first.dtype().inexact() || shift && first.dtype().isBool()) {
      throw badDType(e, site.at, "`" + site.op.text() + "`", first, "bits are those of integers");
    }
    Bits op =
        switch (site.op) {
          case SHIFT_LEFT -> Bits.SHIFT_LEFT;
          case SHIFT_RIGHT -> Bits.SHIFT_RIGHT;
          case BIT_AND -> Bits.AND;
          case BIT_OR -> Bits.OR;
          case BIT_XOR -> Bits.XOR;
          case POWER, MATMUL, MULTIPLY, DIVIDE, FLOOR_DIVIDE, REMAINDER, ADD, SUBTRACT, AND, OR ->
              throw new IllegalStateException();
          case EQ, NE, LT, LE, GT, GE -> throw new IllegalStateException();
        };
    return result(operands, e.emit(op, operands.arrays()).getFirst());
  }

  private static Val arithmetic(Elaboration e, Site site, Val a, Val b) {
    var operands = together(e, site, a, b);
    Val.Array x = operands.arrays().get(0);
    Val.Array y = operands.arrays().get(1);
    if (!x.dtype().numeric()) {
      throw badDType(
          e, site.at, "`" + site.op.text() + "`", x, "convert: `i32(x)`, or use `and`, `or`, `!=`");
    }
    Val.Array out =
        switch (site.op) {
          case ADD -> e.emit1(Arithmetic.ADD, x, y);
          case SUBTRACT -> e.emit1(Arithmetic.SUBTRACT, x, y);
          case MULTIPLY -> e.emit1(Arithmetic.MULTIPLY, x, y);
          case DIVIDE -> divide(e, x, y);
          case FLOOR_DIVIDE -> floorDivide(e, site, x, y);
          case REMAINDER -> remainder(e, site, x, y);
          case POWER, MATMUL, SHIFT_LEFT, SHIFT_RIGHT, BIT_AND, BIT_XOR, BIT_OR, AND, OR ->
              throw new IllegalStateException();
          case EQ, NE, LT, LE, GT, GE -> throw new IllegalStateException();
        };
    return result(operands, out);
  }

  /// `/`: of integers `f32`.
  private static Val.Array divide(Elaboration e, Val.Array x, Val.Array y) {
    if (x.dtype().inexact()) {
      return e.emit1(Arithmetic.DIVIDE, x, y);
    }
    var convert = new Convert(DType.F32);
    return e.emit1(Arithmetic.DIVIDE, e.emit1(convert, x), e.emit1(convert, y));
  }

  /// A scalar everywhere.
  public static Val.Array fill(Elaboration e, Val.Array like, long number) {
    return Operands.stretch(
        e, Operands.constant(e, Val.Int.of(number), like.dtype(), e.here()), like.type().dims());
  }

  /// `//`: rounds down. Of floats ⌊x / y⌋ by way of the remainder, as Python, so that
  /// `x == x // y * y + x % y` holds as well as rounding lets it; NaN where x is infinite or y is
  /// 0.
  private static Val.Array floorDivide(Elaboration e, Site site, Val.Array x, Val.Array y) {
    if (x.dtype().complex()) {
      throw badDType(e, site.at, "`//`", x, "complex numbers have no order");
    }
    if (x.dtype().kind() == DType.Kind.UNSIGNED) {
      return e.emit1(new Quotient(), x, y);
    }
    Val.Array rest = e.emit1(ElementaryPair.REMAINDER, x, y);
    Val.Array differs = signsDiffer(e, rest, y);
    if (x.dtype().integer()) {
      Val.Array q = e.emit1(new Quotient(), x, y);
      return e.emit1(new Select(), differs, e.emit1(Arithmetic.SUBTRACT, q, fill(e, q, 1)), q);
    }
    Val.Array exact = e.emit1(Arithmetic.DIVIDE, e.emit1(Arithmetic.SUBTRACT, x, rest), y);
    Val.Array down = e.emit1(Arithmetic.SUBTRACT, exact, fill(e, exact, 1));
    Val.Array quotient = e.emit1(Rounding.ROUND, e.emit1(new Select(), differs, down, exact));
    Val.Array byZero = e.emit1(Compare.EQ, y, fill(e, y, 0));
    return e.emit1(new Select(), byZero, e.emit1(Arithmetic.DIVIDE, x, y), quotient);
  }

  /// `%`: the sign is the divisor's.
  private static Val.Array remainder(Elaboration e, Site site, Val.Array x, Val.Array y) {
    if (x.dtype().complex()) {
      throw badDType(e, site.at, "`%`", x, "complex numbers have no order");
    }
    Val.Array rest = e.emit1(ElementaryPair.REMAINDER, x, y);
    return x.dtype().kind() == DType.Kind.UNSIGNED
        ? rest
        : e.emit1(new Select(), signsDiffer(e, rest, y), e.emit1(Arithmetic.ADD, rest, y), rest);
  }

  /// Returns whether the remainder is not zero and has another sign than the divisor.
  private static Val.Array signsDiffer(Elaboration e, Val.Array rest, Val.Array y) {
    Val.Array zero = fill(e, rest, 0);
    Val.Array other =
        e.emit1(Bits.XOR, e.emit1(Compare.LT, rest, zero), e.emit1(Compare.LT, y, zero));
    return e.emit1(Bits.AND, other, e.emit1(Compare.NE, rest, zero));
  }

  /// Returns whether a static exponent is an integer that multiplications reach.
  static boolean smallInteger(BigInteger exponent) {
    return exponent.abs().bitLength() <= 10;
  }
}
