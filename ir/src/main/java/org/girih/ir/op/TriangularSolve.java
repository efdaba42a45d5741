package org.girih.ir.op;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.DType;
import org.girih.ir.type.Dim;
import org.girih.ir.type.Value;

/// Solves a X = b, or X a = b where `left` is false, for X, with the triangle of `a` that `lower`
/// chooses; what is beside the triangle is not read. With `transposed`, `a` is its transpose, the
/// triangle still being that of `a` itself. With `unit`, the diagonal counts as ones. (XLA's
/// TriangularSolve, LAPACK's `trsm`.)
///
/// `a: [...b, n, n]` and `b: [...b, n, k]`, or `[...b, k, n]` where `left` is false, are floats or
/// complex numbers of at least 32 bits; the result has the type of `b`. A zero on the diagonal
/// gives infinities and NaNs, which of them depends on the device.
///
/// ```
/// %2: f32[2, 1] = triangular_solve %0 %1 {left = true, lower = true, unit = false, transposed =
/// false}
/// ```
///
/// - (C1) two operands
/// - (C2) equal dtypes, floats or complex numbers of at least 32 bits
/// - (C3) equal ranks of at least 2
/// - (C4) `a` is square
/// - (C5) as many rows of `b` as of `a`, or columns where `left` is false
/// - (C6) equal batch sizes
public record TriangularSolve(boolean left, boolean lower, boolean unit, boolean transposed)
    implements Linear {
  @Override
  public List<ArrayType> infer(Inference cx, List<ArrayType> in) {
    cx.c(1).count(in, 2);
    ArrayType a = in.get(0);
    ArrayType rhs = in.get(1);
    cx.c(2)
        .require(
            a.dtype() == rhs.dtype() && a.dtype().inexact() && a.dtype().bits() >= 32,
            "expected equal inexact dtypes of 32 bits or more, got %s and %s",
            a,
            rhs);
    int rank = a.rank();
    cx.c(3)
        .require(
            rank >= 2 && rhs.rank() == rank,
            "expected matrices of equal rank, got %s and %s",
            a,
            rhs);
    cx.c(4).equal(a.dim(rank - 2), a.dim(rank - 1), "the sides of the triangle");
    cx.c(5).equal(a.dim(rank - 1), rhs.dim(left ? rank - 2 : rank - 1), "the sizes of both");
    for (int i = 0; i < rank - 2; i++) {
      cx.c(6).equal(a.dim(i), rhs.dim(i), "batch sizes");
    }
    return List.of(rhs);
  }

  /// Counts a multiplication and an addition for each element of the triangle and each column.
  @Override
  public Work work(List<ArrayType> in, List<ArrayType> out) {
    ArrayType a = in.getFirst();
    return Work.whole(Work.elements(out.getFirst()) * Work.size(a.dim(a.rank() - 1)));
  }

  @Override
  public List<List<Integer>> groups(int operands) {
    return List.of(List.of(1));
  }

  /// Solves, of a X = b, a dX = db − da X, with the triangle of da alone.
  @Override
  public Optional<Value> tangent(Builder b, List<Value> xs, Value y, List<Optional<Value>> ts) {
    Optional<Value> product = ts.get(0).map(t -> product(b, triangle(b, t), y));
    Optional<Value> rhs =
        product.isEmpty()
            ? ts.get(1)
            : Optional.of(
                ts.get(1)
                    .map(t -> b.emit1(Arithmetic.SUBTRACT, t, product.get()))
                    .orElseGet(() -> b.emit1(Arithmetic.NEGATE, product.get())));
    return rhs.map(t -> b.emit1(this, xs.get(0), t));
  }

  /// Returns the elements of `a` that are read, zero elsewhere.
  private Value triangle(Builder b, Value a) {
    int rank = a.type().rank();
    List<Dim> dims = a.type().dims();
    Value row = b.iota(DType.I32, dims, rank - 2);
    Value column = b.iota(DType.I32, dims, rank - 1);
    Compare order = lower ? (unit ? Compare.GT : Compare.GE) : unit ? Compare.LT : Compare.LE;
    return b.select(b.compare(order, row, column), a, b.fill(a, 0));
  }

  /// Returns the matrix, or its transpose, by X, or X by it.
  private Value product(Builder b, Value a, Value x) {
    int rank = a.type().rank();
    var batch = IntStream.range(0, rank - 2).boxed().toList();
    var of = List.of(left == transposed ? rank - 2 : rank - 1);
    return left
        ? b.emit1(new Dot(batch, batch, of, List.of(rank - 2)), a, x)
        : b.emit1(new Dot(batch, batch, List.of(rank - 1), of), x, a);
  }

  @Override
  public void transpose(Builder b, TransposedOperands in, Value ct, Cotangents out) {
    out.add(1, b.emit1(new TriangularSolve(left, lower, unit, !transposed), in.get(0), ct));
  }

  /// Makes lanes of right sides alone more columns, and lanes of matrices a batch axis more.
  @Override
  public Batched batch(Builder b, BatchAxis lanes, List<Value> xs, Mask batched) {
    if (batched.at(0) || xs.getFirst().type().rank() > 2) {
      return Batched.all(b.emit(this, Batched.spread(b, lanes, xs, batched)));
    }
    Value rhs = left ? b.moveAxis(xs.get(1), 0, 1) : xs.get(1);
    List<Dim> dims = rhs.type().dims();
    int columns = left ? 1 : 0;
    var merged = new ArrayList<>(dims);
    merged.set(columns, dims.get(columns).times(dims.get(columns + 1)));
    merged.remove(columns + 1);
    Value solved = b.reshape(b.emit1(this, xs.get(0), b.reshape(rhs, merged)), dims);
    return Batched.all(left ? b.moveAxis(solved, 1, 0) : solved);
  }
}
