package org.girih.passes.interpreter;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.girih.ir.op.ArgReduce;
import org.girih.ir.op.Cumulative;
import org.girih.ir.op.CumulativeSum;
import org.girih.ir.op.Dot;
import org.girih.ir.op.Reduce;
import org.girih.ir.op.ReduceBits;
import org.girih.ir.op.Sort;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.DType;
import org.girih.passes.scalar.Scalar;
import org.girih.passes.scalar.Scalar.Complex;
import org.girih.passes.scalar.Scalar.Real;
import org.girih.passes.scalar.Scalar.Whole;

/// Ops that take many elements to one, along axes.
final class Reductions {
  private Reductions() {}

  /// What elements are combined with.
  private enum Monoid {
    SUM,
    PROD,
    MAX,
    MIN,
    AND,
    OR,
    XOR
  }

  static Tensor sum(List<Integer> axes, ArrayType type, Tensor x) {
    return reduce(Monoid.SUM, axes, type, x);
  }

  static Tensor reduce(Reduce op, ArrayType type, Tensor x) {
    return reduce(Monoid.valueOf(op.monoid().name()), op.axes(), type, x);
  }

  static Tensor bits(ReduceBits op, ArrayType type, Tensor x) {
    return reduce(Monoid.valueOf(op.monoid().name()), op.axes(), type, x);
  }

  static Tensor cumulativeSum(CumulativeSum op, Tensor x) {
    return cumulate(Monoid.SUM, op.axis(), op.reverse(), x);
  }

  static Tensor cumulate(Cumulative op, Tensor x) {
    return cumulate(Monoid.valueOf(op.monoid().name()), op.axis(), op.reverse(), x);
  }

  private static Scalar neutral(Monoid monoid, DType dtype) {
    return switch (dtype.kind()) {
      case COMPLEX -> new Complex(monoid == Monoid.PROD ? 1 : 0, 0);
      case FLOAT ->
          new Real(
              switch (monoid) {
                case PROD -> 1;
                case MAX -> Double.NEGATIVE_INFINITY;
                case MIN -> Double.POSITIVE_INFINITY;
                case SUM, AND, OR, XOR -> 0;
              });
      case BOOL, SIGNED, UNSIGNED -> {
        boolean signed = dtype.kind() == DType.Kind.SIGNED;
        long least = signed ? -1L << (dtype.bits() - 1) : 0;
        yield switch (monoid) {
          case PROD -> new Whole(1);
          case MAX -> Scalar.whole(dtype, least);
          case MIN -> Scalar.whole(dtype, signed ? ~least : -1);
          case AND -> Scalar.whole(dtype, -1);
          case SUM, OR, XOR -> new Whole(0);
        };
      }
    };
  }

  /// Not yet rounded, so that a sum of many is rounded once.
  private static Scalar combine(Monoid monoid, DType dtype, Scalar a, Scalar b) {
    return switch (a) {
      case Whole(long x) -> whole(monoid, dtype, x, ((Whole) b).bits());
      case Real(double x) -> {
        double y = ((Real) b).value();
        yield new Real(
            switch (monoid) {
              case SUM -> x + y;
              case PROD -> x * y;
              case MAX -> Math.max(x, y);
              case MIN -> Math.min(x, y);
              case AND, OR, XOR -> throw new AssertionError(monoid);
            });
      }
      case Complex x -> {
        Complex y = (Complex) b;
        yield monoid == Monoid.PROD
            ? ComplexFunctions.times(x, y)
            : new Complex(x.real() + y.real(), x.imaginary() + y.imaginary());
      }
    };
  }

  private static Scalar whole(Monoid monoid, DType dtype, long x, long y) {
    boolean less = dtype.kind() == DType.Kind.SIGNED ? x < y : Long.compareUnsigned(x, y) < 0;
    return Scalar.whole(
        dtype,
        switch (monoid) {
          case SUM -> x + y;
          case PROD -> x * y;
          case MAX -> less ? y : x;
          case MIN -> less ? x : y;
          case AND -> x & y;
          case OR -> x | y;
          case XOR -> x ^ y;
        });
  }

  private static Scalar rounded(DType dtype, Scalar element) {
    return switch (element) {
      case Whole _ -> element;
      case Real(double x) -> Scalar.real(dtype, x);
      case Complex(double x, double y) -> Scalar.complex(dtype, x, y);
    };
  }

  private static Tensor reduce(Monoid monoid, List<Integer> axes, ArrayType type, Tensor x) {
    DType dtype = type.dtype();
    Tensor out = Tensor.of(type, _ -> neutral(monoid, dtype));
    for (int i = 0; i < x.elements().length; i++) {
      int[] index = Tensor.index(x.type(), i);
      int[] left = IntStream.range(0, x.rank()).filter(a -> !axes.contains(a)).toArray();
      int to = out.position(Arrays.stream(left).map(a -> index[a]).toArray());
      out.elements()[to] = combine(monoid, dtype, out.elements()[to], x.elements()[i]);
    }
    return Tensor.of(type, i -> rounded(dtype, out.elements()[i]));
  }

  private static Tensor cumulate(Monoid monoid, int axis, boolean reverse, Tensor x) {
    DType dtype = x.type().dtype();
    return Tensor.of(
        x.type(),
        i -> {
          int[] index = Tensor.index(x.type(), i);
          int last = index[axis];
          Scalar sum = neutral(monoid, dtype);
          int from = reverse ? last : 0;
          int to = reverse ? x.size(axis) - 1 : last;
          for (int at = from; at <= to; at++) {
            index[axis] = at;
            sum = combine(monoid, dtype, sum, x.at(index));
          }
          return rounded(dtype, sum);
        });
  }

  static Tensor argReduce(ArgReduce op, ArrayType type, Tensor x) {
    return Tensor.of(
        type,
        i -> {
          var index = new ArrayList<Integer>();
          Arrays.stream(Tensor.index(type, i)).forEach(index::add);
          index.add(op.axis(), 0);
          int[] at = index.stream().mapToInt(n -> n).toArray();
          int best = 0;
          Scalar found = x.at(at);
          for (int n = 1; n < x.size(op.axis()); n++) {
            at[op.axis()] = n;
            int order = order(x.type().dtype(), x.at(at), found);
            boolean better =
                !isNaN(found)
                    && (isNaN(x.at(at))
                        || (op.which() == ArgReduce.Which.MAX ? order > 0 : order < 0));
            if (better) {
              best = n;
              found = x.at(at);
            }
          }
          return new Whole(best);
        });
  }

  private static boolean isNaN(Scalar element) {
    return element instanceof Real(double x) && Double.isNaN(x);
  }

  /// NaN above all, −0 equal to 0.
  private static int order(DType dtype, Scalar a, Scalar b) {
    if (a instanceof Real(double x) && b instanceof Real(double y)) {
      return x == y ? 0 : Double.compare(x, y);
    }
    long x = ((Whole) a).bits();
    long y = ((Whole) b).bits();
    return dtype.kind() == DType.Kind.SIGNED ? Long.compare(x, y) : Long.compareUnsigned(x, y);
  }

  static List<Tensor> sort(Sort sort, List<Tensor> in) {
    Tensor key = in.getFirst();
    var sorted = in.stream().map(t -> new Tensor(t.type(), t.elements().clone())).toList();
    for (int i = 0; i < key.elements().length; i++) {
      int[] index = Tensor.index(key.type(), i);
      if (index[sort.axis()] != 0) {
        continue;
      }
      var line = new ArrayList<Integer>();
      for (int n = 0; n < key.size(sort.axis()); n++) {
        index[sort.axis()] = n;
        line.add(key.position(index));
      }
      Comparator<Integer> order =
          (a, b) -> order(key.type().dtype(), key.elements()[a], key.elements()[b]);
      var from = new ArrayList<>(line);
      from.sort(sort.descending() ? order.reversed() : order);
      for (int n = 0; n < line.size(); n++) {
        for (int k = 0; k < in.size(); k++) {
          sorted.get(k).elements()[line.get(n)] = in.get(k).elements()[from.get(n)];
        }
      }
    }
    return sorted;
  }

  /// By its definition: the first positions of a sort.
  static Tensor topK(ArrayType type, Tensor x) {
    int last = x.rank() - 1;
    ArrayType places = x.type().withDType(DType.I32);
    Tensor numbers = Tensor.of(places, i -> new Whole(Tensor.index(places, i)[last]));
    Tensor sorted = sort(new Sort(last, true), List.of(x, numbers)).getLast();
    return Tensor.of(type, i -> sorted.at(Tensor.index(type, i)));
  }

  static Tensor dot(Dot dot, ArrayType type, Tensor left, Tensor right) {
    DType dtype = type.dtype();
    List<Integer> leftFree = free(left.rank(), dot.leftBatch(), dot.leftContract());
    List<Integer> rightFree = free(right.rank(), dot.rightBatch(), dot.rightContract());
    int[] sizes = dot.leftContract().stream().mapToInt(left::size).toArray();
    ArrayType inner = ArrayType.of(DType.I32, Arrays.stream(sizes).mapToLong(n -> n).toArray());
    int count = Arrays.stream(sizes).reduce(1, (a, b) -> a * b);
    return Tensor.of(
        type,
        i -> {
          int[] to = Tensor.index(type, i);
          int[] a = new int[left.rank()];
          int[] b = new int[right.rank()];
          int next = 0;
          for (int n = 0; n < dot.leftBatch().size(); n++) {
            a[dot.leftBatch().get(n)] = to[next];
            b[dot.rightBatch().get(n)] = to[next++];
          }
          for (int axis : leftFree) {
            a[axis] = to[next++];
          }
          for (int axis : rightFree) {
            b[axis] = to[next++];
          }
          Scalar sum = neutral(Monoid.SUM, dtype);
          for (int k = 0; k < count; k++) {
            int[] at = Tensor.index(inner, k);
            for (int n = 0; n < at.length; n++) {
              a[dot.leftContract().get(n)] = at[n];
              b[dot.rightContract().get(n)] = at[n];
            }
            Scalar product = combine(Monoid.PROD, dtype, left.at(a), right.at(b));
            sum = combine(Monoid.SUM, dtype, sum, product);
          }
          return rounded(dtype, sum);
        });
  }

  private static List<Integer> free(int rank, List<Integer> batch, List<Integer> contract) {
    return IntStream.range(0, rank)
        .boxed()
        .filter(axis -> !batch.contains(axis) && !contract.contains(axis))
        .toList();
  }
}
