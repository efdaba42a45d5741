package org.girih.passes.check;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.girih.ir.op.Absolute;
import org.girih.ir.op.ArgReduce;
import org.girih.ir.op.Arithmetic;
import org.girih.ir.op.AxisExchange;
import org.girih.ir.op.AxisExtremum;
import org.girih.ir.op.AxisGather;
import org.girih.ir.op.AxisIndex;
import org.girih.ir.op.AxisPermute;
import org.girih.ir.op.AxisSum;
import org.girih.ir.op.Barrier;
import org.girih.ir.op.Bitcast;
import org.girih.ir.op.Bits;
import org.girih.ir.op.Broadcast;
import org.girih.ir.op.Builder;
import org.girih.ir.op.Compare;
import org.girih.ir.op.ComplexPart;
import org.girih.ir.op.Concatenate;
import org.girih.ir.op.Constant;
import org.girih.ir.op.Convert;
import org.girih.ir.op.Convolution;
import org.girih.ir.op.Cumulative;
import org.girih.ir.op.CumulativeSum;
import org.girih.ir.op.Dot;
import org.girih.ir.op.DynamicSlice;
import org.girih.ir.op.DynamicUpdateSlice;
import org.girih.ir.op.Elementary;
import org.girih.ir.op.ElementaryPair;
import org.girih.ir.op.Extremum;
import org.girih.ir.op.Gather;
import org.girih.ir.op.IntegerPower;
import org.girih.ir.op.Iota;
import org.girih.ir.op.IsFinite;
import org.girih.ir.op.Op;
import org.girih.ir.op.Pad;
import org.girih.ir.op.Quotient;
import org.girih.ir.op.Reduce;
import org.girih.ir.op.ReduceBits;
import org.girih.ir.op.ReduceSum;
import org.girih.ir.op.Reshape;
import org.girih.ir.op.Reverse;
import org.girih.ir.op.Rounding;
import org.girih.ir.op.Scatter;
import org.girih.ir.op.ScatterAdd;
import org.girih.ir.op.Select;
import org.girih.ir.op.Shard;
import org.girih.ir.op.Slice;
import org.girih.ir.op.Sort;
import org.girih.ir.op.StopGradient;
import org.girih.ir.op.Structured;
import org.girih.ir.op.Threefry2x32;
import org.girih.ir.op.Transform;
import org.girih.ir.op.Transpose;
import org.girih.ir.program.Equation;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.DType;
import org.girih.ir.type.Value;

/// Tells which equations can make a NaN or an infinity. Those that compute can; those that move,
/// choose or make constants only pass on what was there.
enum Suspicion {
  NONE,
  /// Each element is made of the operands' elements at its place.
  POINTWISE,
  /// Each element may be made of any of the operands'.
  WHOLE;

  static Suspicion of(Equation equation) {
    ArrayType type = equation.results().isEmpty() ? null : equation.results().getFirst().type();
    boolean computes =
        type != null
            && type.dtype().inexact()
            && type.elements().known().orElse(0) > 0
            && type.elements().known().orElse(0) <= Integer.MAX_VALUE;
    return computes ? of(equation.op()) : NONE;
  }

  private static Suspicion of(Op op) {
    return switch (op) {
      case Arithmetic a -> a == Arithmetic.NEGATE ? NONE : POINTWISE;
      case Elementary _, ElementaryPair _, Absolute _, Convert _ -> POINTWISE;
      case ReduceSum _, CumulativeSum _, Dot _, Convolution _, AxisSum _, ScatterAdd _ -> WHOLE;
      case Reduce r -> r.monoid() == Reduce.Monoid.PROD ? WHOLE : NONE;
      case Cumulative c -> c.monoid() == Reduce.Monoid.PROD ? WHOLE : NONE;
      case Scatter s -> s.combine() == Scatter.Combine.MULTIPLY ? WHOLE : NONE;
      case Extremum _, AxisExtremum _, Rounding _, ComplexPart _, Sort _, Select _ -> NONE;
      case Reshape _, Transpose _, Broadcast _, Concatenate _, Slice _, Pad _, Reverse _ -> NONE;
      case DynamicSlice _, DynamicUpdateSlice _, Gather _, AxisGather _, Barrier _ -> NONE;
      case AxisPermute _, AxisExchange _, Shard _ -> NONE;
      case Constant _, Iota _, Compare _, Bits _, Quotient _, IsFinite _, ArgReduce _ -> NONE;
      case ReduceBits _, Bitcast _, Threefry2x32 _, StopGradient _, IntegerPower _, AxisIndex _ ->
          NONE;
      case Structured _, Transform _ -> NONE;
    };
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
    if (this == POINTWISE || finite.type().isScalar()) {
      return finite;
    }
    var axes = IntStream.range(0, finite.type().rank()).boxed().toList();
    return b.emit1(new ReduceBits(ReduceBits.Monoid.AND, axes), finite);
  }

  private static List<Integer> places(Value x) {
    return IntStream.range(0, x.type().rank()).boxed().toList();
  }

  /// Small floats as `f32`, so that no device has to compare them.
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

  /// The values that a record shows: the result's and, where they tell how it came about, the
  /// operands'.
  List<Value> shown(Value result, List<Value> operands) {
    var out = new ArrayList<>(List.of(result));
    if (this == POINTWISE
        && width(result) + operands.stream().mapToInt(Suspicion::width).sum() <= Checked.SHOWN) {
      out.addAll(operands);
    }
    return out;
  }

  private static int width(Value x) {
    return x.type().dtype().complex() ? 2 : 1;
  }
}
