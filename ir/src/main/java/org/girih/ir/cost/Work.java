package org.girih.ir.cost;

import java.util.List;
import org.girih.ir.diagnostic.CompilerBug;
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
import org.girih.ir.op.Checkpoint;
import org.girih.ir.op.Compare;
import org.girih.ir.op.ComplexPart;
import org.girih.ir.op.Concatenate;
import org.girih.ir.op.Constant;
import org.girih.ir.op.Control;
import org.girih.ir.op.Convert;
import org.girih.ir.op.Convolution;
import org.girih.ir.op.Cumulative;
import org.girih.ir.op.CumulativeSum;
import org.girih.ir.op.CustomJvp;
import org.girih.ir.op.CustomLinear;
import org.girih.ir.op.CustomVjp;
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
import org.girih.ir.op.Threefry2x32;
import org.girih.ir.op.Transform;
import org.girih.ir.op.Transpose;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.Dim;

/// The work that an op does, by one exhaustive switch over ops that are left after the passes:
/// `javac` asks for the case of a new op.
///
/// @param flops operations on elements
/// @param transcendentals one for each element that an elementary function makes, also where it
///     becomes a formula of several instructions
/// @param moves how it meets memory
record Work(double flops, double transcendentals, Moves moves) {
  /// Tells how an op meets memory.
  sealed interface Moves {
    /// It makes each element from those at its place: such neighbours share a loop, and what is
    /// between them stays in registers.
    record Pointwise() implements Moves {}

    /// A reduction, which shares the loop of what it reads.
    record Reduces() implements Moves {}

    /// Another name for what is there.
    record Renames() implements Moves {}

    /// It reads all of its operands and writes all of its results.
    record Whole() implements Moves {}

    /// This many bytes, where that is less: parts of arrays are read, or written in place.
    record Part(double bytes) implements Moves {}

    /// Its work is in the functions that it names.
    record Inside() implements Moves {}
  }

  private static final Moves POINTWISE = new Moves.Pointwise();
  private static final Moves REDUCES = new Moves.Reduces();
  private static final Moves RENAMES = new Moves.Renames();
  private static final Moves WHOLE = new Moves.Whole();

  /// Two words: key schedule 2 + 2, twenty rounds of 5, five injections of 3.
  private static final int THREEFRY = 119;

  static Work of(Op op, List<ArrayType> in, List<ArrayType> out) {
    return switch (op) {
      case Control _ -> new Work(0, 0, new Moves.Inside());
      case Op.Plain plain -> plain(plain, in, out);
      case Checkpoint _, CustomJvp _, CustomVjp _, CustomLinear _, Transform _ ->
          throw notLowered(op);
    };
  }

  private static Work plain(Op.Plain op, List<ArrayType> in, List<ArrayType> out) {
    ArrayType made = out.getFirst();
    double elements = elements(made);
    return switch (op) {
      case Arithmetic _, Convert _, Select _, Absolute _, Extremum _, Compare _ ->
          new Work(elements, 0, POINTWISE);
      case Bits _, Rounding _, Quotient _, IsFinite _ -> new Work(elements, 0, POINTWISE);
      case Elementary _ -> new Work(0, elements, POINTWISE);
      case ElementaryPair pair ->
          switch (pair) {
            case POWER, ATAN2 -> new Work(0, elements, POINTWISE);
            case REMAINDER -> new Work(elements, 0, POINTWISE);
          };
      case ComplexPart _, Bitcast _, Broadcast _, Iota _, Constant _ -> new Work(0, 0, POINTWISE);
      case Reshape _, Shard _, Barrier _ -> new Work(0, 0, RENAMES);
      case Transpose _, Concatenate _, Pad _, Reverse _ -> new Work(0, 0, WHOLE);
      case Slice _, DynamicSlice _ -> new Work(0, 0, new Moves.Part(2 * bytes(made)));
      case DynamicUpdateSlice _ -> new Work(0, 0, new Moves.Part(2 * bytes(in.get(1))));
      case Gather _ -> new Work(0, 0, new Moves.Part(bytes(in.get(1)) + 2 * bytes(made)));
      case ScatterAdd _ -> scatter(in, 1);
      case Scatter(var combine, _) -> scatter(in, combine == Scatter.Combine.SET ? 0 : 1);
      case ReduceSum _, Reduce _, ReduceBits _, ArgReduce _ ->
          new Work(Math.max(0, elements(in.getFirst()) - elements), 0, REDUCES);
      // As many passes as doublings reach over the axis.
      case CumulativeSum(int axis, _) -> new Work(elements * doublings(made, axis), 0, WHOLE);
      case Cumulative(_, int axis, _) -> new Work(elements * doublings(made, axis), 0, WHOLE);
      // Comparisons of a sort by merging.
      case Sort sort -> new Work(elements * doublings(made, sort.axis()), 0, WHOLE);
      case Threefry2x32 _ -> new Work(THREEFRY * elements, 0, WHOLE);
      case Dot dot -> new Work(2 * Products.dot(dot, in.getFirst(), made), 0, WHOLE);
      case Convolution c -> new Work(2 * Products.convolution(c, in, made), 0, WHOLE);
      case StopGradient _, IntegerPower _, AxisIndex _, AxisSum _, AxisGather _ ->
          throw notLowered(op);
      case AxisPermute _, AxisExchange _, AxisExtremum _ -> throw notLowered(op);
    };
  }

  private static Work scatter(List<ArrayType> in, int flops) {
    ArrayType updates = in.get(2);
    return new Work(
        flops * elements(updates), 0, new Moves.Part(bytes(in.get(1)) + 3 * bytes(updates)));
  }

  private static int doublings(ArrayType type, int axis) {
    long size = size(type.dim(axis));
    return size <= 1 ? 0 : 64 - Long.numberOfLeadingZeros(size - 1);
  }

  static long size(Dim dim) {
    return dim.known().orElseThrow(() -> new CompilerBug("a size is not known: " + dim));
  }

  static double elements(ArrayType type) {
    double product = 1;
    for (Dim dim : type.dims()) {
      product *= size(dim);
    }
    return product;
  }

  /// Without the padding that a device may add.
  static double bytes(ArrayType type) {
    return Math.ceil(elements(type) * type.dtype().bits() / 8);
  }

  private static CompilerBug notLowered(Op op) {
    return new CompilerBug(op.primitive() + " is left after the passes");
  }
}
