package org.girih.passes.interpreter;

import java.util.List;
import org.girih.ir.op.Arithmetic;
import org.girih.ir.op.Convolution;
import org.girih.ir.op.Extremum;
import org.girih.ir.op.Gather;
import org.girih.ir.op.Op;
import org.girih.ir.op.Scatter;
import org.girih.ir.op.Sliding;
import org.girih.ir.op.Windows;
import org.girih.ir.type.ArrayType;
import org.girih.passes.scalar.Scalar;

/// Gather, scatter and convolution.
final class Windowed {
  private Windowed() {}

  static Tensor gather(Gather gather, ArrayType type, Tensor array, Tensor indices) {
    int[] block = gather.sizes().stream().mapToInt(d -> (int) d.known().orElseThrow()).toArray();
    return gather(gather.windows(), block, type, array, indices);
  }

  static Tensor scatterAdd(Windows windows, ArrayType type, List<Tensor> in) {
    return scatter(windows, in, (old, update) -> combine(Arithmetic.ADD, type, old, update));
  }

  static Tensor scatter(Scatter scatter, ArrayType type, List<Tensor> in) {
    return scatter(
        scatter.windows(),
        in,
        switch (scatter.combine()) {
          case SET -> (_, update) -> update;
          case MULTIPLY -> (old, update) -> combine(Arithmetic.MULTIPLY, type, old, update);
          case MAX -> (old, update) -> combine(Extremum.MAXIMUM, type, old, update);
          case MIN -> (old, update) -> combine(Extremum.MINIMUM, type, old, update);
        });
  }

  /// By its definition: for each element of the result all places of the window and all features.
  static Tensor convolution(Convolution op, ArrayType type, Tensor x, Tensor kernel) {
    int features = kernel.size(op.kernel().get(1));
    int outputs = kernel.size(op.kernel().get(0));
    int batch = type.rank() == 0 ? 0 : x.size(op.x().get(0)) / op.batches();
    return Tensor.of(
        type,
        i -> {
          int[] to = Tensor.index(type, i);
          int output = to[op.out().get(1)];
          int group = output / (outputs / Math.max(op.features(), op.batches()));
          double sum = 0;
          for (int p = 0; p < kernel.elements().length; p++) {
            int[] k = Tensor.index(kernel.type(), p);
            if (k[op.kernel().get(0)] != output) {
              continue;
            }
            int[] from = new int[to.length];
            from[op.x().get(0)] = to[op.out().get(0)] + (op.batches() > 1 ? group * batch : 0);
            from[op.x().get(1)] =
                k[op.kernel().get(1)] + (op.features() > 1 ? group * features : 0);
            boolean inside = true;
            for (int s = 0; s < op.window().size(); s++) {
              Sliding w = op.window().get(s);
              long at =
                  to[op.out().get(s + 2)] * w.stride()
                      + k[op.kernel().get(s + 2)] * w.window()
                      - w.low();
              inside &= at >= 0 && at % w.base() == 0 && at / w.base() < x.size(op.x().get(s + 2));
              from[op.x().get(s + 2)] = (int) (at / w.base());
            }
            if (inside) {
              sum += x.real(x.position(from)) * kernel.real(p);
            }
          }
          return Scalar.real(type.dtype(), sum);
        });
  }

  private interface Combine {
    Scalar of(Scalar old, Scalar update);
  }

  private static Scalar combine(Op.Plain op, ArrayType type, Scalar x, Scalar y) {
    ArrayType one = ArrayType.scalar(type.dtype());
    var in = List.of(Tensor.of(one, _ -> x), Tensor.of(one, _ -> y));
    return Pointwise.apply(op, List.of(one), in).elements()[0];
  }

  private static Tensor gather(
      Windows windows, int[] block, ArrayType type, Tensor array, Tensor indices) {
    return Tensor.of(
        type,
        i -> {
          int[] to = Tensor.index(type, i);
          long[] start = start(windows, to, indices, array.rank());
          int[] from = inBlock(windows, to, array.rank());
          for (int axis = 0; axis < from.length; axis++) {
            from[axis] += Math.clamp(start[axis], 0, array.size(axis) - block[axis]);
          }
          return array.at(from);
        });
  }

  private static Tensor scatter(Windows windows, List<Tensor> in, Combine combine) {
    Tensor array = in.get(0);
    Tensor updates = in.get(2);
    Scalar[] elements = array.elements().clone();
    for (int i = 0; i < updates.elements().length; i++) {
      int[] from = Tensor.index(updates.type(), i);
      long[] start = start(windows, from, in.get(1), array.rank());
      int[] last = new int[from.length];
      for (int axis : windows.offset()) {
        last[axis] = updates.size(axis) - 1;
      }
      int[] end = inBlock(windows, last, array.rank());
      int[] to = inBlock(windows, from, array.rank());
      boolean inside = true;
      for (int axis = 0; axis < to.length; axis++) {
        inside &= start[axis] >= 0 && start[axis] + end[axis] < array.size(axis);
        to[axis] += (int) start[axis];
      }
      if (inside) {
        int position = array.position(to);
        elements[position] = combine.of(elements[position], updates.elements()[i]);
      }
    }
    return new Tensor(array.type(), elements);
  }

  /// Where the block of a result's (or update's) index begins in the array.
  private static long[] start(Windows windows, int[] index, Tensor indices, int rank) {
    int[] at = new int[indices.rank()];
    int next = 0;
    for (int axis = 0; axis < index.length; axis++) {
      if (!windows.offset().contains(axis)) {
        at[next++] = index[axis];
      }
    }
    long[] start = new long[rank];
    for (int j = 0; j < windows.indexed().size(); j++) {
      at[at.length - 1] = j;
      start[windows.indexed().get(j)] = indices.whole(indices.position(at));
    }
    return start;
  }

  /// The index within the block.
  private static int[] inBlock(Windows windows, int[] index, int rank) {
    int[] inside = new int[rank];
    int next = 0;
    for (int axis = 0; axis < rank; axis++) {
      if (!windows.collapsed().contains(axis)) {
        inside[axis] = index[windows.offset().get(next++)];
      }
    }
    return inside;
  }
}
