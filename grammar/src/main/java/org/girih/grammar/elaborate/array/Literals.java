package org.girih.grammar.elaborate.array;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.girih.grammar.ast.Expr;
import org.girih.grammar.elaborate.core.Elaboration;
import org.girih.grammar.elaborate.core.Trees;
import org.girih.grammar.elaborate.core.Val;
import org.girih.ir.op.Constant;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.DType;
import org.girih.ir.type.Elements;
import org.girih.ir.type.Literal;

/// Arrays of literals become one constant, not a concatenation: `[1.0, 2.0]`.
public final class Literals {
  private Literals() {}

  /// The constant, if all items are static numbers, or all are static truth values.
  static Optional<Val.Array> of(Elaboration e, List<Operands.Operand> items) {
    boolean numbers =
        items.stream().allMatch(i -> i.val() instanceof Val.Int || i.val() instanceof Val.Real);
    boolean truths = items.stream().allMatch(i -> i.val() instanceof Val.Bool);
    if (!numbers && !truths) {
      return Optional.empty();
    }
    boolean real = items.stream().anyMatch(i -> i.val() instanceof Val.Real);
    DType dtype = truths ? DType.BOOL : real ? DType.F32 : DType.I32;
    var bytes = ByteBuffer.allocate(items.size() * dtype.bytes());
    for (var item : items) {
      Number number =
          switch (item.val()) {
            case Val.Int(var value) -> value;
            case Val.Real(double value) -> value;
            case Val.Bool(boolean value) -> value ? 1 : 0;
            case Val other -> throw new IllegalStateException(Trees.describe(other));
          };
      if (!truths && !Operands.fits(number, dtype)) {
        return Optional.empty(); // the general way says what is wrong
      }
      bytes.put(Elements.of(dtype, number));
    }
    var type = ArrayType.of(dtype, items.size());
    return Optional.of(e.emit1(new Constant(Literal.dense(type, bytes.array()))));
  }

  /// `f64([[1.1, 2.2], [3.3, 4.4]])`: the literals take the dtype at once, and are not rounded to
  /// another before. Empty unless all items are number literals of one shape.
  public static Optional<Val.Array> typed(Elaboration e, Expr.ArrayExpr array, DType dtype) {
    var numbers = new ArrayList<Number>();
    var dims = new ArrayList<Long>();
    if (!dtype.numeric() || !collect(array, dtype, 0, dims, numbers)) {
      return Optional.empty();
    }
    var bytes = ByteBuffer.allocate(numbers.size() * dtype.bytes());
    numbers.forEach(n -> bytes.put(Elements.of(dtype, n)));
    e.at(array.span());
    var type = ArrayType.of(dtype, dims.stream().mapToLong(Long::longValue).toArray());
    return Optional.of(e.emit1(new Constant(Literal.dense(type, bytes.array()))));
  }

  private static boolean collect(
      Expr expr, DType dtype, int depth, List<Long> dims, List<Number> numbers) {
    if (expr instanceof Expr.ArrayExpr(_, var items)) {
      if (dims.size() == depth) {
        if (!numbers.isEmpty()) {
          return false;
        }
        dims.add((long) items.size());
      }
      return depth < dims.size()
          && !items.isEmpty()
          && dims.get(depth) == items.size()
          && items.stream().allMatch(i -> collect(i, dtype, depth + 1, dims, numbers));
    }
    Optional<Number> number = number(expr);
    if (depth != dims.size() || number.isEmpty() || !Operands.fits(number.get(), dtype)) {
      return false;
    }
    numbers.add(number.get());
    return true;
  }

  private static Optional<Number> number(Expr expr) {
    return switch (expr) {
      case Expr.IntLit(_, var value) -> Optional.of(value);
      case Expr.FloatLit(_, String text) -> Optional.of(Double.parseDouble(text.replace("_", "")));
      case Expr.Unary(_, Expr.UnaryOp op, Expr operand) when op == Expr.UnaryOp.NEGATE ->
          number(operand)
              .map(n -> n instanceof BigInteger i ? i.negate() : (Number) (-n.doubleValue()));
      case Expr other -> Optional.empty();
    };
  }
}
