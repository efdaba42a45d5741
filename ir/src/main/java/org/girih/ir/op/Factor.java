package org.girih.ir.op;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.DType;
import org.girih.ir.type.Dim;
import org.girih.ir.type.Value;

/// Factors of each matrix of a batch, as LAPACK computes them. What cannot be factored, since it is
/// not positive definite or an iteration does not converge, gives NaNs.
///
/// Of `a: [...b, m, n]`, with k the smaller of m and n, and a real dtype r and a complex one c of
/// the same precision:
///
/// | method | of | results |
/// |---|---|---|
/// | `cholesky` | m = n | l `[n, n]`: a = l lᴴ, lower; the upper triangle of a is not read |
/// | `lu` | any | l and u in one `[m, n]`, pivots `i32[k]`, the order of the rows `i32[m]` |
/// | `qr` | any | q `[m, k]`, r `[k, n]`; with `full` `[m, m]` and `[m, n]` |
/// | `eigh` | m = n, Hermitian | w `r[n]` ascending, and with `vectors` v `[n, n]`; the lower
/// triangle is read |
/// | `svd` | any | with `vectors` u `[m, k]`, s `r[k]` descending, vᴴ `[k, n]`, with `full` `[m,
/// m]` and `[n, n]`; else s |
/// | `eig` | m = n | w `c[n]`, and with `vectors` the left and the right ones `c[n, n]` |
/// | `schur` | m = n | t `[n, n]`, z `[n, n]`: a = z t zᴴ |
/// | `hessenberg` | m = n | h `[n, n]`, q `[n, n]`: a = q h qᴴ |
///
/// It has no derivative of its own: those of the factors are rules (`@jvp`) of the functions of the
/// library that it is in, where they read as in the books.
///
/// ```
/// %1: f32[3], %2: f32[3, 3] = factor %0 {method = eigh, full = false, vectors = true}
/// ```
///
/// - (C1) one operand
/// - (C2) floats or complex numbers of 32 bits a number or more
/// - (C3) a rank of at least 2
/// - (C4) square matrices, where the method asks for them
/// - (C5) sizes of matrices that are numbers, `full` only of `qr` and `svd`, and `vectors` only of
/// `eigh`, `eig`
///   and `svd`
public record Factor(Method method, boolean full, boolean vectors) implements Custom {
  /// The shim knows them by their numbers.
  public enum Method {
    CHOLESKY,
    LU,
    QR,
    EIGH,
    SVD,
    EIG,
    SCHUR,
    HESSENBERG
  }

  @Override
  public List<ArrayType> infer(Inference cx, List<ArrayType> in) {
    cx.c(1).count(in, 1);
    ArrayType a = in.getFirst();
    cx.c(2)
        .require(
            a.dtype().inexact() && a.dtype().bits() >= 32,
            "expected an inexact dtype of 32 bits or more, got %s",
            a);
    int rank = a.rank();
    cx.c(3).require(rank >= 2, "expected a matrix, got %s", a);
    Dim m = a.dim(rank - 2);
    Dim n = a.dim(rank - 1);
    boolean square =
        switch (method) {
          case CHOLESKY, EIGH, EIG, SCHUR, HESSENBERG -> true;
          case LU, QR, SVD -> false;
        };
    if (square) {
      cx.c(4).equal(m, n, "the sides of the matrix");
    }
    cx.c(5)
        .require(
            !full || method == Method.QR || method == Method.SVD, "full factors of %s", method);
    cx.c(5)
        .require(
            !vectors || method == Method.EIGH || method == Method.EIG || method == Method.SVD,
            "vectors of %s",
            method);
    Dim k = square ? n : m.min(n);
    DType real = a.dtype().real();
    DType complex = real == DType.F64 ? DType.C128 : DType.C64;
    return switch (method) {
      case CHOLESKY -> List.of(a);
      case LU -> List.of(a, of(a, DType.I32, k), of(a, DType.I32, m));
      case QR -> List.of(of(a, a.dtype(), m, full ? m : k), of(a, a.dtype(), full ? m : k, n));
      case EIGH -> vectors ? List.of(of(a, real, n), a) : List.of(of(a, real, n));
      case SVD ->
          vectors
              ? List.of(
                  of(a, a.dtype(), m, full ? m : k),
                  of(a, real, k),
                  of(a, a.dtype(), full ? n : k, n))
              : List.of(of(a, real, k));
      case EIG ->
          vectors
              ? List.of(of(a, complex, n), a.withDType(complex), a.withDType(complex))
              : List.of(of(a, complex, n));
      case SCHUR, HESSENBERG -> List.of(a, a);
    };
  }

  /// Returns the type of a result: these sizes behind those of the batch.
  private static ArrayType of(ArrayType a, DType dtype, Dim... sizes) {
    var dims = new ArrayList<>(a.dims().subList(0, a.rank() - 2));
    dims.addAll(List.of(sizes));
    return a.withDType(dtype).withDims(dims);
  }

  /// Counts what LAPACK's documents state for the leading term, of n × n matrices.
  @Override
  public Work work(List<ArrayType> in, List<ArrayType> out) {
    ArrayType a = in.getFirst();
    double n = Math.max(Work.size(a.dim(a.rank() - 2)), Work.size(a.dim(a.rank() - 1)));
    double each =
        switch (method) {
          case CHOLESKY -> 1 / 3.0;
          case LU -> 2 / 3.0;
          case QR -> 8 / 3.0;
          case EIGH -> vectors ? 9 : 4 / 3.0;
          case SVD -> vectors ? 22 : 8 / 3.0;
          case EIG, SCHUR -> vectors ? 27 : 25;
          case HESSENBERG -> 14 / 3.0;
        };
    return Work.whole(Math.round(each * n * Work.elements(a)));
  }

  /// Says that factors overflow nowhere, but a matrix that cannot be factored has NaNs.
  @Override
  public NanSource nanSource() {
    return NanSource.WHOLE;
  }

  /// Refuses: where a rule of the library ends, after three orders, or a function lacks one.
  @Override
  public List<Optional<Value>> jvp(
      Builder b, List<Value> xs, List<Value> ys, List<Optional<Value>> ts) {
    throw new Refusal(
        Code.BAD_RULE,
        "a factorisation of a matrix (`"
            + method.name().toLowerCase(Locale.ROOT)
            + "`) has no"
            + " derivative here",
        "functions of `linalg` have derivatives up to the third order, where JAX's have any");
  }

  @Override
  public Batched batch(Builder b, BatchAxis axis, List<Value> xs, Mask batched) {
    return Batched.all(b.emit(this, xs));
  }
}
