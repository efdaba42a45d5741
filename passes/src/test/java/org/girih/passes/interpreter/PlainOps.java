package org.girih.passes.interpreter;

import java.util.List;
import org.girih.ir.op.Absolute;
import org.girih.ir.op.ArgReduce;
import org.girih.ir.op.Arithmetic;
import org.girih.ir.op.Assert;
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
import org.girih.ir.op.Factor;
import org.girih.ir.op.Fft;
import org.girih.ir.op.Gather;
import org.girih.ir.op.IntegerPower;
import org.girih.ir.op.Iota;
import org.girih.ir.op.IsFinite;
import org.girih.ir.op.Op;
import org.girih.ir.op.Pad;
import org.girih.ir.op.Print;
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
import org.girih.ir.op.Threefry2x32;
import org.girih.ir.op.TopK;
import org.girih.ir.op.Transpose;
import org.girih.ir.op.TriangularSolve;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.Literal;

/// The ops that name no function, by one exhaustive switch: `javac` asks for the case of a new one.
final class PlainOps {
  private PlainOps() {}

  static List<Tensor> apply(Op.Plain op, List<ArrayType> types, List<Tensor> in) {
    return switch (op) {
      case StopGradient _, Barrier _, Shard _ -> in;
      case Threefry2x32 _ -> Threefry.apply(in);
      case Sort sort -> Reductions.sort(sort, in);
      case Factor factor -> Factors.of(factor, types, in.getFirst());
      case Op.Plain _ -> List.of(one(op, types, in));
    };
  }

  private static Tensor one(Op.Plain op, List<ArrayType> types, List<Tensor> in) {
    ArrayType type = types.getFirst();
    return switch (op) {
      case Constant(var literal) -> Tensor.of(literal);
      case Arithmetic _, Elementary _, ElementaryPair _, Compare _, Bits _, Rounding _ ->
          Pointwise.apply(op, types, in);
      case Extremum _, Quotient _, IsFinite _, Absolute _, ComplexPart _ ->
          Pointwise.apply(op, types, in);
      case Select _, Convert _, Bitcast _ -> Pointwise.apply(op, types, in);
      case IntegerPower(int exponent) -> power(in.getFirst(), exponent);
      case Reshape _ -> new Tensor(type, in.getFirst().elements());
      case Iota(_, _, int axis) -> Movement.iota(type, axis);
      case Transpose(var permutation) -> Movement.transpose(type, permutation, in.getFirst());
      case Broadcast(_, var axes) -> Movement.broadcast(type, axes, in.getFirst());
      case Slice slice -> Movement.slice(type, slice, in.getFirst());
      case Reverse(var axes) -> Movement.reverse(type, axes, in.getFirst());
      case DynamicSlice _ -> Movement.dynamicSlice(type, in.getFirst(), in.subList(1, in.size()));
      case DynamicUpdateSlice _ -> Movement.update(in.get(0), in.get(1), in.subList(2, in.size()));
      case Concatenate(int axis) -> Movement.concatenate(type, axis, in);
      case Pad pad -> Movement.pad(type, pad, in.get(0), in.get(1));
      case Gather gather -> Windowed.gather(gather, type, in.get(0), in.get(1));
      case ScatterAdd(var windows) -> Windowed.scatterAdd(windows, type, in);
      case Scatter scatter -> Windowed.scatter(scatter, type, in);
      case Convolution convolution -> Windowed.convolution(convolution, type, in.get(0), in.get(1));
      case ReduceSum(var axes) -> Reductions.sum(axes, type, in.getFirst());
      case Reduce reduce -> Reductions.reduce(reduce, type, in.getFirst());
      case ReduceBits reduce -> Reductions.bits(reduce, type, in.getFirst());
      case CumulativeSum cumulative -> Reductions.cumulativeSum(cumulative, in.getFirst());
      case Cumulative cumulative -> Reductions.cumulate(cumulative, in.getFirst());
      case TopK _ -> Reductions.topK(type, in.getFirst());
      case ArgReduce arg -> Reductions.argReduce(arg, type, in.getFirst());
      case Dot dot -> Reductions.dot(dot, type, in.getFirst(), in.getLast());
      case Print _ -> in.getLast();
      case Assert _ -> in.getFirst();
      case Fft fft -> Fourier.of(fft, type, in.getFirst());
      case TriangularSolve solve -> LinearAlgebra.solve(solve, in.get(0), in.get(1));
      case StopGradient _, Barrier _, Shard _, Threefry2x32 _, Sort _, Factor _ ->
          throw new AssertionError(op.primitive() + " has results of its own number");
      case AxisIndex _, AxisSum _, AxisGather _, AxisPermute _, AxisExchange _, AxisExtremum _ ->
          throw new AssertionError(op.primitive() + " is erased before programs run");
    };
  }

  private static Tensor power(Tensor x, int exponent) {
    ArrayType type = x.type();
    Tensor one = Tensor.of(Literal.of(type, 1));
    Tensor out = null;
    Tensor square = x;
    for (int left = Math.abs(exponent); left > 0; left >>= 1) {
      if (left % 2 == 1) {
        out = out == null ? square : pair(Arithmetic.MULTIPLY, out, square);
      }
      square = pair(Arithmetic.MULTIPLY, square, square);
    }
    return exponent == 0 ? one : exponent < 0 ? pair(Arithmetic.DIVIDE, one, out) : out;
  }

  private static Tensor pair(Arithmetic op, Tensor x, Tensor y) {
    return Pointwise.apply(op, List.of(x.type()), List.of(x, y));
  }
}
