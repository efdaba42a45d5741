package org.girih.ir.op;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.Dim;
import org.girih.ir.type.Value;

/// XLA's convolution: at each place of the window the products of what lies under it with the
/// kernel, summed over window and input features. (It is a correlation: the kernel is not turned.)
///
/// The axes are named by lists, as in JAX's `ConvDimensionNumbers`: `x` begins with the batch and
/// the feature axis of the first operand, `kernel` with the output and the input feature axis of
/// the second, `out` with the batch and the feature axis of the result; the spatial axes follow.
///
/// With `features` groups the input features are cut into that many parts, and each part of the
/// kernel's outputs sees one; with `batches` groups the batch is cut instead. One of the two is 1.
///
/// ```
/// %2: f32[8, 6, 6, 4] = convolution %0 %1 {x = [0, 3, 1, 2], kernel = [3, 2, 0, 1], out = [0, 3,
/// 1, 2], …}
/// ```
///
/// - (C1) two operands
/// - (C2) equal floating dtypes of at least 16 bits
/// - (C3) both operands, `x`, `kernel` and `out` have the rank of the window and two
/// - (C4) `x`, `kernel` and `out` name each axis once
/// - (C5) `features` and `batches` are at least 1, and one of them is 1
/// - (C6) `features` times the kernel's input features are those of the first operand
/// - (C7) `features` or `batches` divides the output features, `batches` the batch
/// - (C8) strides and dilations are at least 1
/// - (C9) the kernel's window is not empty
/// - (C10) no padded size is negative
public record Convolution(
    List<Integer> x,
    List<Integer> kernel,
    List<Integer> out,
    List<Sliding> window,
    int features,
    int batches)
    implements Linear {
  @Override
  public List<ArrayType> infer(Inference cx, List<ArrayType> in) {
    cx.c(1).count(in, 2);
    ArrayType a = in.get(0);
    ArrayType k = in.get(1);
    cx.c(2)
        .require(
            a.dtype() == k.dtype() && a.dtype().floating() && a.dtype().bits() >= 16,
            "expected equal floating dtypes of 16 bits or more, got %s and %s",
            a,
            k);
    int rank = window.size() + 2;
    cx.c(3)
        .require(
            IntStream.of(a.rank(), k.rank(), x.size(), kernel.size(), out.size())
                .allMatch(n -> n == rank),
            "expected rank %d, got %s and %s, or lists of another length",
            rank,
            a,
            k);
    cx.c(4).axes(a, x);
    cx.c(4).axes(k, kernel);
    cx.c(4).axes(a, out);
    cx.c(5)
        .require(
            features >= 1 && batches >= 1 && (features == 1 || batches == 1),
            "expected groups of features or of batches, got %d and %d",
            features,
            batches);
    Dim outputs = k.dim(kernel.get(0));
    cx.c(6).equal(a.dim(x.get(1)), k.dim(kernel.get(1)).times(features), "input features");
    divides(cx.c(7), Math.max(features, batches), outputs, "output features");
    divides(cx.c(7), batches, a.dim(x.get(0)), "the batch");
    var dims = new Dim[rank];
    dims[out.get(0)] = batches == 1 ? a.dim(x.get(0)) : a.dim(x.get(0)).floorDiv(Dim.of(batches));
    dims[out.get(1)] = outputs;
    for (int i = 0; i < window.size(); i++) {
      Sliding s = window.get(i);
      cx.c(8).require(s.moves(), "expected a stride and dilations of at least 1, got %s", s);
      cx.c(9).atLeast(k.dim(kernel.get(i + 2)), Dim.of(1), "the window");
      cx.c(10)
          .atLeast(
              Sliding.dilated(a.dim(x.get(i + 2)), s.base()).plus(s.low()).plus(s.high()),
              Dim.of(0),
              "a padded size");
      dims[out.get(i + 2)] = s.places(a.dim(x.get(i + 2)), k.dim(kernel.get(i + 2)));
    }
    return List.of(a.withDims(List.of(dims)));
  }

  @Override
  public Work work(List<ArrayType> in, List<ArrayType> out) {
    return Work.whole(2 * products(in, out.getFirst()));
  }

  private static void divides(Inference cx, int groups, Dim size, String what) {
    if (groups > 1) {
      cx.equal(size.floorMod(Dim.of(groups)), Dim.of(0), what + " modulo " + groups);
    }
  }

  @Override
  public List<List<Integer>> groups(int operands) {
    return List.of(List.of(0), List.of(1));
  }

  @Override
  public Optional<Value> tangent(Builder b, List<Value> xs, Value y, List<Optional<Value>> ts) {
    return Tangents.sum(
        b,
        ts.get(0).map(t -> b.emit1(this, t, xs.get(1))),
        ts.get(1).map(t -> b.emit1(this, xs.get(0), t)));
  }

  /// Transposes as JAX does: a convolution of the cotangent with the turned kernel, its features
  /// exchanged; a convolution of the input with the cotangent, batch and features exchanged.
  @Override
  public void transpose(Builder b, TransposedOperands in, Value ct, Cotangents sums) {
    if (in.linear(0)) {
      sums.add(0, input(b, ct, in.get(1), in.type(0)));
    } else {
      sums.add(1, weights(b, ct, in.get(0), in.type(1)));
    }
  }

  private Value input(Builder b, Value ct, Value k, ArrayType a) {
    Value turned = turned(b, k);
    var slides = new ArrayList<Sliding>();
    for (int i = 0; i < window.size(); i++) {
      Sliding s = window.get(i);
      long width = size(Sliding.dilated(k.type().dim(kernel.get(i + 2)), s.window()));
      long whole = size(Sliding.dilated(a.dim(x.get(i + 2)), s.base()));
      long covered = size(Sliding.dilated(ct.type().dim(out.get(i + 2)), s.stride()));
      long low = width - s.low() - 1;
      long high = whole + width - 1 - covered - low;
      slides.add(new Sliding(s.base(), low, high, s.stride(), s.window()));
    }
    var back = new Convolution(out, kernel, x, slides, batches > 1 ? batches : features, 1);
    Value result = b.emit1(back, ct, turned);
    return batches == 1
        ? result
        : merged(b, outof(b, result, x.get(1), batches), x.get(1), x.get(0));
  }

  /// Returns the kernel with its features exchanged and its window reversed. The reversal comes
  /// last: XLA's GPU compiler knows the derivative of a convolution by the reversal that its kernel
  /// comes from.
  private Value turned(Builder b, Value k) {
    int outputs = kernel.get(0);
    int inputs = kernel.get(1);
    Value parts = k;
    if (features > 1 || batches > 1) {
      parts = merged(b, outof(b, k, outputs, Math.max(features, batches)), outputs, inputs);
    }
    var order = new ArrayList<>(IntStream.range(0, kernel.size()).boxed().toList());
    order.set(outputs, inputs);
    order.set(inputs, outputs);
    Value exchanged = b.transpose(parts, order);
    return b.emit1(new Reverse(kernel.subList(2, kernel.size())), exchanged);
  }

  private Value weights(Builder b, Value ct, Value a, ArrayType k) {
    var slides = new ArrayList<Sliding>();
    for (int i = 0; i < window.size(); i++) {
      Sliding s = window.get(i);
      long width = size(Sliding.dilated(k.dim(kernel.get(i + 2)), s.window()));
      long whole = size(Sliding.dilated(a.type().dim(x.get(i + 2)), s.base()));
      long covered = size(Sliding.dilated(ct.type().dim(out.get(i + 2)), s.stride()));
      long high = covered - whole + width - s.low() - 1;
      slides.add(new Sliding(s.window(), s.low(), high, s.base(), s.stride()));
    }
    var back =
        new Convolution(exchanged(x), exchanged(out), exchanged(kernel), slides, batches, features);
    return b.emit1(back, a, ct);
  }

  private static long size(Dim dim) {
    return dim.known().orElseThrow();
  }

  private static List<Integer> exchanged(List<Integer> axes) {
    var out = new ArrayList<>(axes);
    out.set(0, axes.get(1));
    out.set(1, axes.get(0));
    return out;
  }

  /// Returns the axis split in two, the first of that size.
  private static Value outof(Builder b, Value v, int axis, long size) {
    return outof(b, v, axis, Dim.of(size));
  }

  private static Value outof(Builder b, Value v, int axis, Dim size) {
    var dims = new ArrayList<>(v.type().dims());
    dims.set(axis, dims.get(axis).floorDiv(size));
    dims.add(axis, size);
    return b.reshape(v, dims);
  }

  /// Returns the axis `from` merged into axis `to` of what is left without it, as its outer part.
  private static Value merged(Builder b, Value v, int from, int to) {
    var order = new ArrayList<>(IntStream.range(0, v.type().rank()).boxed().toList());
    order.remove((Integer) from);
    order.add(to, from);
    Value moved = b.transpose(v, order);
    var dims = new ArrayList<>(moved.type().dims());
    Dim outer = dims.remove(to);
    dims.set(to, dims.get(to).times(outer));
    return b.reshape(moved, dims);
  }

  /// Joins lanes to the batch (of inputs), the outputs (of kernels) or the groups (of both).
  @Override
  public Batched batch(Builder b, BatchAxis axis, List<Value> xs, Mask batched) {
    Value a = xs.get(0);
    Value k = xs.get(1);
    int lanes = Math.toIntExact(size(axis.size()));
    if (lanes == 0) {
      return none(b, a, k, batched);
    }
    if (batched.at(0) && batched.at(1)) {
      boolean byBatch = batches > 1;
      Value wide = merged(b, a, 0, x.get(byBatch ? 0 : 1));
      Value kernels = merged(b, k, 0, kernel.get(0));
      var op =
          new Convolution(
              x,
              kernel,
              out,
              window,
              byBatch ? 1 : features * lanes,
              byBatch ? batches * lanes : 1);
      Value result = b.emit1(op, wide, kernels);
      return front(b, outof(b, result, out.get(1), lanes), out.get(1));
    }
    if (batched.at(0)) {
      Value wide = batches == 1 ? merged(b, a, 0, x.get(0)) : inside(b, a, x.get(0), batches);
      Value result = b.emit1(this, wide, k);
      return front(b, outof(b, result, out.get(0), lanes), out.get(0));
    }
    int groups = Math.max(features, batches);
    if (groups == 1) {
      Value result = b.emit1(this, a, merged(b, k, 0, kernel.get(0)));
      return front(b, outof(b, result, out.get(1), lanes), out.get(1));
    }
    Value result = b.emit1(this, a, inside(b, k, kernel.get(0), groups));
    // Features are now groups, lanes, the rest.
    Value split = outof(b, outof(b, result, out.get(1), groups), out.get(1) + 1, lanes);
    Value front = b.moveAxis(split, out.get(1) + 1, 0);
    var dims = new ArrayList<>(front.type().dims());
    Dim outer = dims.remove(out.get(1) + 1);
    dims.set(out.get(1) + 1, dims.get(out.get(1) + 1).times(outer));
    return Batched.all(b.reshape(front, dims));
  }

  /// Returns the result of no lanes: no convolution either, since XLA has none with that many
  /// groups.
  private Batched none(Builder b, Value a, Value k, Mask batched) {
    Value one = b.zeros(batched.at(0) ? rest(a) : a.type());
    Value other = b.zeros(batched.at(1) ? rest(k) : k.type());
    ArrayType type = b.emit1(this, one, other).type();
    return Batched.all(b.zeros(Batched.type(Dim.of(0), type)));
  }

  private static ArrayType rest(Value v) {
    return v.type().withDims(v.type().dims().subList(1, v.type().rank()));
  }

  private static Batched front(Builder b, Value v, int axis) {
    return Batched.all(b.moveAxis(v, axis, 0));
  }

  /// Merges lanes, which are axis 0, into an axis behind its groups.
  private static Value inside(Builder b, Value v, int axis, int groups) {
    Value split = outof(b, v, axis + 1, groups);
    Value within = merged(b, split, 0, axis + 1);
    var dims = new ArrayList<>(within.type().dims());
    Dim outer = dims.remove(axis);
    dims.set(axis, dims.get(axis).times(outer));
    return b.reshape(within, dims);
  }

  /// Counts the products of an element of the input with one of the kernel; those with padding, or
  /// with what lies between elements that are spread apart, are none.
  private double products(List<ArrayType> in, ArrayType made) {
    ArrayType a = in.get(0);
    ArrayType k = in.get(1);
    double products =
        (double) size(made.dim(out.get(0)))
            * size(made.dim(out.get(1)))
            * size(k.dim(kernel.get(1)));
    for (int i = 0; i < window.size(); i++) {
      products *=
          window
              .get(i)
              .pairs(
                  size(a.dim(x.get(i + 2))),
                  size(k.dim(kernel.get(i + 2))),
                  size(made.dim(out.get(i + 2))));
    }
    return products;
  }
}
