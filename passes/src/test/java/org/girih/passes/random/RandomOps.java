package org.girih.passes.random;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.LongFunction;
import java.util.stream.IntStream;
import org.girih.ir.op.Absolute;
import org.girih.ir.op.ArgReduce;
import org.girih.ir.op.Arithmetic;
import org.girih.ir.op.Bitcast;
import org.girih.ir.op.Bits;
import org.girih.ir.op.Broadcast;
import org.girih.ir.op.Compare;
import org.girih.ir.op.ComplexPart;
import org.girih.ir.op.Concatenate;
import org.girih.ir.op.Convert;
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
import org.girih.ir.op.ScatterAdd;
import org.girih.ir.op.Select;
import org.girih.ir.op.Slice;
import org.girih.ir.op.Sort;
import org.girih.ir.op.TopK;
import org.girih.ir.op.Transpose;
import org.girih.ir.op.Windows;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.DType;
import org.girih.ir.type.Dim;

/// Ops by chance, for a first operand of a given type; they may still not fit it.
final class RandomOps {
  private RandomOps() {}

  static Op op(Random random, ArrayType type) {
    int rank = type.rank();
    int axis = rank == 0 ? 0 : random.nextInt(rank);
    List<Integer> axes = axes(random, rank);
    return switch (random.nextInt(34)) {
      case 0, 1, 2 -> pick(random, Arithmetic.values());
      case 3 -> pick(random, Elementary.values());
      case 4 -> pick(random, ElementaryPair.values());
      case 5 -> pick(random, Compare.values());
      case 6 -> pick(random, Bits.values());
      case 7 -> pick(random, Rounding.values());
      case 8 -> pick(random, Extremum.values());
      case 9 -> random.nextBoolean() ? new Quotient() : new IntegerPower(random.nextInt(-3, 5));
      case 10 -> new IsFinite();
      case 11 -> new Absolute();
      case 12 -> pick(random, ComplexPart.values());
      case 13 -> new Convert(pick(random, DType.values()));
      case 14 -> new Bitcast(pick(random, new DType[] {DType.I32, DType.U8, DType.I64}));
      case 15 -> new Select();
      case 16 -> new Reshape(shuffled(random, type.dims()));
      case 17 -> new Transpose(shuffled(random, IntStream.range(0, rank).boxed().toList()));
      case 18 -> broadcast(random, type);
      case 19 -> new Reverse(axes);
      case 20 -> slice(random, type);
      case 21 -> new Concatenate(axis);
      case 22 -> new Pad(low(random, rank), low(random, rank), interior(random, rank));
      case 23 -> new DynamicSlice(each(type, n -> random.nextLong(n + 1)));
      case 24 -> new DynamicUpdateSlice();
      case 25 -> new ReduceSum(axes);
      case 26 -> new Reduce(pick(random, Reduce.Monoid.values()), axes);
      case 27 -> new ReduceBits(pick(random, ReduceBits.Monoid.values()), axes);
      case 28 -> new ArgReduce(pick(random, ArgReduce.Which.values()), axis);
      case 29 -> new CumulativeSum(axis, random.nextBoolean());
      case 30 -> new Cumulative(pick(random, Reduce.Monoid.values()), axis, random.nextBoolean());
      case 31 ->
          random.nextBoolean()
              ? new Sort(axis, random.nextBoolean())
              : new TopK(Dim.of(random.nextInt(4)));
      case 32 -> new Dot(List.of(), List.of(), List.of(axis), List.of(axis));
      default ->
          random.nextBoolean()
              ? new ScatterAdd(rows())
              : new Gather(rows(), type.rank() == 0 ? List.of() : row(type));
    };
  }

  private static Windows rows() {
    return new Windows(List.of(0), List.of(0), List.of(1));
  }

  private static List<Dim> row(ArrayType type) {
    var dims = new ArrayList<>(type.dims());
    dims.set(0, Dim.of(1));
    return dims;
  }

  /// The types of the further operands, as far as the op has any.
  static List<ArrayType> others(Random random, Op op, ArrayType type) {
    ArrayType position = ArrayType.scalar(DType.I32);
    return switch (op) {
      case Arithmetic a -> a == Arithmetic.NEGATE ? List.of() : List.of(type);
      case Bits b -> b == Bits.NOT || b.compareTo(Bits.SHIFT_RIGHT) > 0 ? List.of() : List.of(type);
      case ElementaryPair _ -> List.of(type);
      case Compare _ -> List.of(type);
      case Extremum _ -> List.of(type);
      case Quotient _ -> List.of(type);
      case Select _ -> List.of(type);
      case Dot _ -> List.of(type);
      case ComplexPart part -> part == ComplexPart.COMPLEX ? List.of(type) : List.of();
      case Concatenate _ -> Collections.nCopies(random.nextInt(3), type);
      case Sort _ -> Collections.nCopies(random.nextInt(2), type);
      case Pad _ -> List.of(ArrayType.scalar(type.dtype()));
      case DynamicSlice _ -> Collections.nCopies(type.rank(), position);
      case DynamicUpdateSlice _ -> {
        var types = new ArrayList<ArrayType>();
        types.add(type.withDims(each(type, n -> random.nextLong(n + 1))));
        types.addAll(Collections.nCopies(type.rank(), position));
        yield types;
      }
      case Gather _ -> List.of(ArrayType.of(DType.I32, 2, 1));
      case ScatterAdd _ -> {
        var dims = new ArrayList<>(type.dims());
        if (!dims.isEmpty()) {
          dims.set(0, Dim.of(2));
        }
        yield List.of(ArrayType.of(DType.I32, 2, 1), type.withDims(dims));
      }
      case Op _ -> List.of();
    };
  }

  private static <T> T pick(Random random, T[] all) {
    return all[random.nextInt(all.length)];
  }

  private static <T> List<T> shuffled(Random random, List<T> all) {
    var copy = new ArrayList<>(all);
    Collections.shuffle(copy, random);
    return copy;
  }

  private static List<Integer> axes(Random random, int rank) {
    return IntStream.range(0, rank).filter(_ -> random.nextBoolean()).boxed().toList();
  }

  private static List<Dim> each(ArrayType type, LongFunction<Long> size) {
    return type.dims().stream().map(d -> Dim.of(size.apply(d.known().orElseThrow()))).toList();
  }

  private static Op broadcast(Random random, ArrayType type) {
    var dims = new ArrayList<>(type.dims());
    var axes = new ArrayList<>(IntStream.range(0, type.rank()).boxed().toList());
    int at = random.nextInt(type.rank() + 1);
    dims.add(at, Dim.of(random.nextInt(3)));
    axes.replaceAll(axis -> axis >= at ? axis + 1 : axis);
    return new Broadcast(dims, axes);
  }

  private static Op slice(Random random, ArrayType type) {
    var start = new ArrayList<Dim>();
    var limit = new ArrayList<Dim>();
    var stride = new ArrayList<Long>();
    for (Dim dim : type.dims()) {
      long size = dim.known().orElseThrow();
      long from = random.nextInt(3) == 0 ? random.nextLong(size + 1) : 0;
      start.add(Dim.of(from));
      limit.add(Dim.of(random.nextBoolean() ? size : from + random.nextLong(size - from + 1)));
      stride.add(1 + random.nextLong(2));
    }
    return new Slice(start, limit, stride);
  }

  private static List<Dim> low(Random random, int rank) {
    return IntStream.range(0, rank).mapToObj(_ -> Dim.of(random.nextInt(-1, 2))).toList();
  }

  private static List<Long> interior(Random random, int rank) {
    return IntStream.range(0, rank).mapToObj(_ -> (long) random.nextInt(2)).toList();
  }
}
