package org.girih.passes.interpreter;

import java.util.Arrays;
import java.util.List;
import org.girih.ir.op.Arithmetic;
import org.girih.ir.op.TriangularSolve;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.DType;
import org.girih.passes.scalar.Conversions;
import org.girih.passes.scalar.Scalar;

/// Systems of equations.
final class LinearAlgebra {
  private LinearAlgebra() {}

  /// By substitution, in 64 bits.
  static Tensor solve(TriangularSolve op, Tensor matrix, Tensor rhs) {
    ArrayType type = rhs.type();
    DType wide = type.dtype().complex() ? DType.C128 : DType.F64;
    ArrayType one = ArrayType.scalar(wide);
    int rank = type.rank();
    int n = matrix.size(rank - 1);
    int unknown = op.left() ? rank - 2 : rank - 1;
    var x = new Scalar[rhs.elements().length];
    Arrays.setAll(x, i -> Conversions.convert(type.dtype(), wide, rhs.elements()[i]));
    // X a = b is aᵀ Xᵀ = bᵀ.
    boolean turned = op.left() == op.transposed();
    boolean forward = op.lower() != turned;
    for (int column = 0; column < x.length; column++) {
      int[] at = Tensor.index(type, column);
      if (at[unknown] > 0) {
        continue;
      }
      for (int step = 0; step < n; step++) {
        int i = forward ? step : n - 1 - step;
        int place = place(rhs, at, unknown, i);
        for (int before = 0; before < step; before++) {
          int j = forward ? before : n - 1 - before;
          Scalar product =
              pair(
                  Arithmetic.MULTIPLY,
                  one,
                  element(matrix, at, turned ? j : i, turned ? i : j, wide),
                  x[place(rhs, at, unknown, j)]);
          x[place] = pair(Arithmetic.SUBTRACT, one, x[place], product);
        }
        if (!op.unit()) {
          x[place] = pair(Arithmetic.DIVIDE, one, x[place], element(matrix, at, i, i, wide));
        }
      }
    }
    return Tensor.of(type, i -> Conversions.convert(wide, type.dtype(), x[i]));
  }

  private static int place(Tensor rhs, int[] at, int axis, int i) {
    int[] index = at.clone();
    index[axis] = i;
    return rhs.position(index);
  }

  private static Scalar element(Tensor matrix, int[] at, int row, int column, DType wide) {
    int[] index = at.clone();
    index[index.length - 2] = row;
    index[index.length - 1] = column;
    return Conversions.convert(matrix.type().dtype(), wide, matrix.at(index));
  }

  private static Scalar pair(Arithmetic op, ArrayType type, Scalar x, Scalar y) {
    var in = List.of(Tensor.of(type, _ -> x), Tensor.of(type, _ -> y));
    return Pointwise.apply(op, List.of(type), in).elements()[0];
  }
}
