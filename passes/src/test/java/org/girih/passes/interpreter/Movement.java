package org.girih.passes.interpreter;

import java.util.List;
import org.girih.ir.op.Pad;
import org.girih.ir.op.Slice;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.DType;
import org.girih.ir.type.Dim;
import org.girih.passes.scalar.Scalar;

/// Ops that move elements: each says where the element at an index of the result comes from.
final class Movement {
  private Movement() {}

  static Tensor iota(ArrayType type, int axis) {
    DType dtype = type.dtype();
    return Tensor.of(
        type,
        i -> {
          int n = Tensor.index(type, i)[axis];
          return switch (dtype.kind()) {
            case BOOL, SIGNED, UNSIGNED -> Scalar.whole(dtype, n);
            case FLOAT -> Scalar.real(dtype, n);
            case COMPLEX -> Scalar.complex(dtype, n, 0);
          };
        });
  }

  static Tensor transpose(ArrayType type, List<Integer> permutation, Tensor x) {
    return moved(
        type,
        x,
        (to, from) -> {
          for (int i = 0; i < to.length; i++) {
            from[permutation.get(i)] = to[i];
          }
        });
  }

  static Tensor broadcast(ArrayType type, List<Integer> axes, Tensor x) {
    return moved(
        type,
        x,
        (to, from) -> {
          for (int i = 0; i < from.length; i++) {
            from[i] = to[axes.get(i)];
          }
        });
  }

  static Tensor slice(ArrayType type, Slice slice, Tensor x) {
    return moved(
        type,
        x,
        (to, from) -> {
          for (int i = 0; i < to.length; i++) {
            int stride = Math.toIntExact(slice.stride().get(i));
            from[i] = known(slice.start().get(i)) + stride * to[i];
          }
        });
  }

  static Tensor reverse(ArrayType type, List<Integer> axes, Tensor x) {
    return moved(
        type,
        x,
        (to, from) -> {
          for (int i = 0; i < to.length; i++) {
            from[i] = axes.contains(i) ? x.size(i) - 1 - to[i] : to[i];
          }
        });
  }

  static Tensor dynamicSlice(ArrayType type, Tensor x, List<Tensor> positions) {
    int[] start = starts(x, type, positions);
    return moved(
        type,
        x,
        (to, from) -> {
          for (int i = 0; i < to.length; i++) {
            from[i] = start[i] + to[i];
          }
        });
  }

  /// Fills in the operand's index for an index of the result.
  private interface Origin {
    void fill(int[] to, int[] from);
  }

  private static Tensor moved(ArrayType type, Tensor operand, Origin origin) {
    return Tensor.of(
        type,
        i -> {
          int[] from = new int[operand.rank()];
          origin.fill(Tensor.index(type, i), from);
          return operand.at(from);
        });
  }

  private static int known(Dim dim) {
    return Math.toIntExact(dim.known().orElseThrow());
  }

  /// Starts, clamped so that the block lies inside.
  private static int[] starts(Tensor array, ArrayType block, List<Tensor> starts) {
    int[] clamped = new int[starts.size()];
    for (int i = 0; i < clamped.length; i++) {
      int room = array.size(i) - known(block.dim(i));
      clamped[i] = Math.clamp(starts.get(i).whole(0), 0, room);
    }
    return clamped;
  }

  static Tensor update(Tensor array, Tensor block, List<Tensor> positions) {
    int[] start = starts(array, block.type(), positions);
    Scalar[] elements = array.elements().clone();
    for (int i = 0; i < block.elements().length; i++) {
      int[] index = Tensor.index(block.type(), i);
      for (int axis = 0; axis < index.length; axis++) {
        index[axis] += start[axis];
      }
      elements[array.position(index)] = block.elements()[i];
    }
    return new Tensor(array.type(), elements);
  }

  static Tensor concatenate(ArrayType type, int axis, List<Tensor> in) {
    return Tensor.of(
        type,
        i -> {
          int[] index = Tensor.index(type, i);
          int which = 0;
          while (index[axis] >= in.get(which).size(axis)) {
            index[axis] -= in.get(which++).size(axis);
          }
          return in.get(which).at(index);
        });
  }

  static Tensor pad(ArrayType type, Pad pad, Tensor array, Tensor filler) {
    return Tensor.of(
        type,
        i -> {
          int[] index = Tensor.index(type, i);
          for (int axis = 0; axis < index.length; axis++) {
            int at = index[axis] - known(pad.low().get(axis));
            int step = Math.toIntExact(pad.interior().get(axis)) + 1;
            if (at < 0 || at % step != 0 || at / step >= array.size(axis)) {
              return filler.elements()[0];
            }
            index[axis] = at / step;
          }
          return array.at(index);
        });
  }
}
