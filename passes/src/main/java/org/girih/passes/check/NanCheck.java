package org.girih.passes.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.girih.ir.op.Bits;
import org.girih.ir.op.Builder;
import org.girih.ir.op.Compare;
import org.girih.ir.op.ComplexPart;
import org.girih.ir.op.IsFinite;
import org.girih.ir.op.NanSource;
import org.girih.ir.op.ReduceBits;
import org.girih.ir.program.Equation;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.DType;
import org.girih.ir.type.Value;

/// Finds NaNs and infinities in the result of an equation whose op can make them; in the first of
/// several, which a factorisation that fails fills with them.
record NanCheck(NanSource source) {
  /// Returns nothing for an equation that can make none: its op cannot ([NanSource#NONE]), or its
  /// result has no floats or too many to count.
  static Optional<NanCheck> of(Equation equation) {
    ArrayType type = equation.results().isEmpty() ? null : equation.results().getFirst().type();
    boolean computes =
        type != null
            && type.dtype().inexact()
            && type.elements().known().orElse(0) > 0
            && type.elements().known().orElse(0) <= Integer.MAX_VALUE
            && equation.op().nanSource() != NanSource.NONE;
    return computes ? Optional.of(new NanCheck(equation.op().nanSource())) : Optional.empty();
  }

  /// Returns which elements of the result are a NaN, or an infinity where the operands are finite:
  /// at its place, or all of them.
  Value bad(Builder b, Value result, List<Value> operands) {
    Value y = comparable(b, result);
    Value clean = null;
    for (Value operand : operands) {
      if (operand.type().dtype().inexact()) {
        Value finite = finite(b, comparable(b, operand));
        clean = clean == null ? whole(b, finite) : b.emit1(Bits.AND, clean, whole(b, finite));
      }
    }
    Value notFinite = b.emit1(Bits.NOT, finite(b, y));
    if (clean == null) {
      return notFinite;
    }
    Value everywhere = b.broadcast(clean, y.type().dims(), places(clean));
    Value made = b.emit1(Bits.OR, b.compare(Compare.NE, y, y), everywhere);
    return b.emit1(Bits.AND, notFinite, made);
  }

  private Value whole(Builder b, Value finite) {
    if (source == NanSource.POINTWISE || finite.type().isScalar()) {
      return finite;
    }
    var axes = IntStream.range(0, finite.type().rank()).boxed().toList();
    return b.emit1(new ReduceBits(ReduceBits.Monoid.AND, axes), finite);
  }

  private static List<Integer> places(Value x) {
    return IntStream.range(0, x.type().rank()).boxed().toList();
  }

  /// Returns small floats as `f32`, so that no device has to compare them.
  private static Value comparable(Builder b, Value x) {
    return x.type().dtype().bits() < 16 ? b.convert(x, DType.F32) : x;
  }

  private static Value finite(Builder b, Value x) {
    return x.type().dtype().complex()
        ? b.emit1(
            Bits.AND,
            b.emit1(new IsFinite(), b.emit1(ComplexPart.REAL, x)),
            b.emit1(new IsFinite(), b.emit1(ComplexPart.IMAG, x)))
        : b.emit1(new IsFinite(), x);
  }

  /// Returns the values that a record shows: the result's and, where they tell how it came about,
  /// the operands'.
  List<Value> shown(Value result, List<Value> operands) {
    var out = new ArrayList<>(List.of(result));
    if (source == NanSource.POINTWISE
        && width(result) + operands.stream().mapToInt(NanCheck::width).sum() <= Checked.SHOWN) {
      out.addAll(operands);
    }
    return out;
  }

  private static int width(Value x) {
    return x.type().dtype().complex() ? 2 : 1;
  }
}
