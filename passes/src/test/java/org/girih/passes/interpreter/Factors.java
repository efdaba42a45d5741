package org.girih.passes.interpreter;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.girih.ir.op.Factor;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.DType;
import org.girih.passes.scalar.Scalar;
import org.girih.passes.scalar.Scalar.Complex;
import org.girih.passes.scalar.Scalar.Real;
import org.girih.passes.scalar.Scalar.Whole;

/// Factors of matrices by textbook methods, in pairs of 64-bit numbers: Cholesky's, Gauss',
/// Householder's, and Jacobi's for eigenvalues and singular values. Vectors, and what is not
/// Hermitian, are left to the laws of the library: their signs and order are LAPACK's own.
final class Factors {
  private Factors() {}

  /// A matrix of complex numbers.
  private record Matrix(int rows, int columns, double[] re, double[] im) {
    Matrix(int rows, int columns) {
      this(rows, columns, new double[rows * columns], new double[rows * columns]);
    }

    double re(int i, int j) {
      return re[i * columns + j];
    }

    double im(int i, int j) {
      return im[i * columns + j];
    }

    void set(int i, int j, double real, double imaginary) {
      re[i * columns + j] = real;
      im[i * columns + j] = imaginary;
    }

    /// Subtracts f times row `from` from row `to`, from a column on.
    void subtract(int to, int from, double fr, double fi, int first) {
      for (int j = first; j < columns; j++) {
        set(
            to,
            j,
            re(to, j) - fr * re(from, j) + fi * im(from, j),
            im(to, j) - fr * im(from, j) - fi * re(from, j));
      }
    }
  }

  static List<Tensor> of(Factor op, List<ArrayType> types, Tensor a) {
    int rank = a.rank();
    int m = a.size(rank - 2);
    int n = a.size(rank - 1);
    int batch = m * n == 0 ? 0 : a.elements().length / (m * n);
    var out = new ArrayList<Scalar[]>();
    types.forEach(t -> out.add(new Scalar[Math.toIntExact(t.elements().known().orElseThrow())]));
    for (int b = 0; b < batch; b++) {
      var matrix = new Matrix(m, n);
      for (int i = 0; i < m * n; i++) {
        Scalar x = a.elements()[b * m * n + i];
        matrix.re[i] = x instanceof Complex c ? c.real() : ((Real) x).value();
        matrix.im[i] = x instanceof Complex c ? c.imaginary() : 0;
      }
      one(op, matrix, types, b, out);
    }
    if (batch == 0) {
      nothing(op, types, out);
    }
    var tensors = new ArrayList<Tensor>();
    for (int i = 0; i < types.size(); i++) {
      tensors.add(new Tensor(types.get(i), out.get(i)));
    }
    return tensors;
  }

  private static void one(Factor op, Matrix a, List<ArrayType> types, int b, List<Scalar[]> out) {
    switch (op.method()) {
      case CHOLESKY -> put(cholesky(a), types.getFirst(), b, out.getFirst());
      case LU -> {
        int[] order = lu(a, b, out.get(1));
        put(a, types.get(0), b, out.get(0));
        for (int i = 0; i < a.rows; i++) {
          out.get(2)[b * a.rows + i] = new Whole(order[i]);
        }
      }
      case QR -> {
        Matrix q = qr(a, op.full() ? a.rows : Math.min(a.rows, a.columns));
        put(q, types.get(0), b, out.get(0));
        put(first(a, q.columns), types.get(1), b, out.get(1));
      }
      case EIGH -> put(eigenvalues(hermitian(a)), types.getFirst(), b, out.getFirst());
      case SVD -> {
        double[] squares = eigenvalues(a.rows < a.columns ? gram(a, false) : gram(a, true));
        double[] values = new double[squares.length];
        for (int i = 0; i < values.length; i++) {
          values[i] = Math.sqrt(Math.max(0, squares[values.length - 1 - i]));
        }
        put(values, types.getFirst(), b, out.getFirst());
      }
      case EIG, SCHUR, HESSENBERG ->
          throw new AssertionError(op.method() + " is asked for its laws, by the library's");
    }
  }

  private static void nothing(Factor op, List<ArrayType> types, List<Scalar[]> out) {
    for (int i = 0; i < types.size(); i++) {
      ArrayType type = types.get(i);
      for (int e = 0; e < out.get(i).length; e++) {
        int[] at = Tensor.index(type, e);
        boolean diagonal = at.length > 1 && at[at.length - 1] == at[at.length - 2];
        out.get(i)[e] =
            op.method() == Factor.Method.LU
                ? new Whole(at[at.length - 1])
                : type.dtype().complex()
                    ? new Complex(diagonal ? 1 : 0, 0)
                    : new Real(diagonal ? 1 : 0);
      }
    }
  }

  private static void put(Matrix a, ArrayType type, int b, Scalar[] out) {
    for (int i = 0; i < a.re.length; i++) {
      out[b * a.re.length + i] = scalar(type.dtype(), a.re[i], a.im[i]);
    }
  }

  private static void put(double[] values, ArrayType type, int b, Scalar[] out) {
    for (int i = 0; i < values.length; i++) {
      out[b * values.length + i] = scalar(type.dtype(), values[i], 0);
    }
  }

  private static Scalar scalar(DType dtype, double re, double im) {
    boolean narrow = dtype.real() == DType.F32;
    double r = narrow ? (float) re : re;
    return dtype.complex() ? new Complex(r, narrow ? (float) im : im) : new Real(r);
  }

  private static Matrix cholesky(Matrix a) {
    var l = new Matrix(a.rows, a.rows);
    for (int j = 0; j < a.rows; j++) {
      double d = a.re(j, j);
      for (int k = 0; k < j; k++) {
        d -= l.re(j, k) * l.re(j, k) + l.im(j, k) * l.im(j, k);
      }
      if (!(d > 0)) {
        for (int r = 0; r < a.rows; r++) {
          for (int c = 0; c <= r; c++) {
            l.set(r, c, Double.NaN, Double.NaN);
          }
        }
        return l;
      }
      double root = Math.sqrt(d);
      l.set(j, j, root, 0);
      for (int i = j + 1; i < a.rows; i++) {
        double re = a.re(i, j);
        double im = a.im(i, j);
        for (int k = 0; k < j; k++) {
          re -= l.re(i, k) * l.re(j, k) + l.im(i, k) * l.im(j, k);
          im -= l.im(i, k) * l.re(j, k) - l.re(i, k) * l.im(j, k);
        }
        l.set(i, j, re / root, im / root);
      }
    }
    return l;
  }

  /// Replaces the matrix by its factors; returns the order of the rows.
  private static int[] lu(Matrix a, int b, Scalar[] pivots) {
    int k = Math.min(a.rows, a.columns);
    int[] order = new int[a.rows];
    Arrays.setAll(order, i -> i);
    for (int j = 0; j < k; j++) {
      int pivot = j;
      for (int i = j + 1; i < a.rows; i++) {
        // LAPACK compares |re| + |im|.
        if (size(a, i, j) > size(a, pivot, j)) {
          pivot = i;
        }
      }
      pivots[b * k + j] = new Whole(pivot);
      swap(a, order, j, pivot);
      for (int i = j + 1; i < a.rows; i++) {
        double d = a.re(j, j) * a.re(j, j) + a.im(j, j) * a.im(j, j);
        if (d == 0) {
          continue;
        }
        double fr = (a.re(i, j) * a.re(j, j) + a.im(i, j) * a.im(j, j)) / d;
        double fi = (a.im(i, j) * a.re(j, j) - a.re(i, j) * a.im(j, j)) / d;
        a.set(i, j, fr, fi);
        a.subtract(i, j, fr, fi, j + 1);
      }
    }
    return order;
  }

  private static double size(Matrix a, int i, int j) {
    return Math.abs(a.re(i, j)) + Math.abs(a.im(i, j));
  }

  private static void swap(Matrix a, int[] order, int i, int j) {
    int place = order[i];
    order[i] = order[j];
    order[j] = place;
    for (int c = 0; c < a.columns; c++) {
      double re = a.re(i, c);
      double im = a.im(i, c);
      a.set(i, c, a.re(j, c), a.im(j, c));
      a.set(j, c, re, im);
    }
  }

  /// Replaces the matrix by its right factor; returns the first columns of the left one. The signs
  /// are Householder's, which make the diagonal's real part negative where it was positive.
  private static Matrix qr(Matrix a, int columns) {
    var q = new Matrix(a.rows, a.rows);
    for (int i = 0; i < a.rows; i++) {
      q.set(i, i, 1, 0);
    }
    for (int j = 0; j < Math.min(a.rows, a.columns); j++) {
      double below = 0;
      for (int i = j + 1; i < a.rows; i++) {
        below += a.re(i, j) * a.re(i, j) + a.im(i, j) * a.im(i, j);
      }
      double re = a.re(j, j);
      double im = a.im(j, j);
      if (below == 0 && im == 0) {
        continue;
      }
      double beta = -Math.copySign(Math.sqrt(re * re + im * im + below), re);
      double tr = (beta - re) / beta;
      double ti = -im / beta;
      // v = [1, x / (alpha - beta)]
      double dr = re - beta;
      double d = dr * dr + im * im;
      double[] vr = new double[a.rows];
      double[] vi = new double[a.rows];
      vr[j] = 1;
      for (int i = j + 1; i < a.rows; i++) {
        vr[i] = (a.re(i, j) * dr + a.im(i, j) * im) / d;
        vi[i] = (a.im(i, j) * dr - a.re(i, j) * im) / d;
      }
      reflect(a, vr, vi, tr, -ti);
      reflectColumns(q, vr, vi, tr, ti);
    }
    for (int i = 0; i < a.rows; i++) {
      for (int j = 0; j < Math.min(i, a.columns); j++) {
        a.set(i, j, 0, 0);
      }
    }
    var out = new Matrix(a.rows, columns);
    for (int i = 0; i < a.rows; i++) {
      for (int j = 0; j < columns; j++) {
        out.set(i, j, q.re(i, j), q.im(i, j));
      }
    }
    return out;
  }

  /// a := (1 - t v vᴴ) a
  private static void reflect(Matrix a, double[] vr, double[] vi, double tr, double ti) {
    for (int c = 0; c < a.columns; c++) {
      double sr = 0;
      double si = 0;
      for (int i = 0; i < a.rows; i++) {
        sr += vr[i] * a.re(i, c) + vi[i] * a.im(i, c);
        si += vr[i] * a.im(i, c) - vi[i] * a.re(i, c);
      }
      double fr = tr * sr - ti * si;
      double fi = tr * si + ti * sr;
      for (int i = 0; i < a.rows; i++) {
        a.set(i, c, a.re(i, c) - vr[i] * fr + vi[i] * fi, a.im(i, c) - vr[i] * fi - vi[i] * fr);
      }
    }
  }

  /// q := q (1 - t v vᴴ)
  private static void reflectColumns(Matrix q, double[] vr, double[] vi, double tr, double ti) {
    for (int r = 0; r < q.rows; r++) {
      double sr = 0;
      double si = 0;
      for (int i = 0; i < q.columns; i++) {
        sr += q.re(r, i) * vr[i] - q.im(r, i) * vi[i];
        si += q.re(r, i) * vi[i] + q.im(r, i) * vr[i];
      }
      double fr = tr * sr - ti * si;
      double fi = tr * si + ti * sr;
      for (int i = 0; i < q.columns; i++) {
        q.set(r, i, q.re(r, i) - fr * vr[i] - fi * vi[i], q.im(r, i) - fi * vr[i] + fr * vi[i]);
      }
    }
  }

  private static Matrix first(Matrix a, int rows) {
    var out = new Matrix(rows, a.columns);
    System.arraycopy(a.re, 0, out.re, 0, out.re.length);
    System.arraycopy(a.im, 0, out.im, 0, out.im.length);
    return out;
  }

  /// The Hermitian matrix of the lower triangle.
  private static Matrix hermitian(Matrix a) {
    var out = new Matrix(a.rows, a.rows);
    for (int i = 0; i < a.rows; i++) {
      for (int j = 0; j <= i; j++) {
        out.set(i, j, a.re(i, j), i == j ? 0 : a.im(i, j));
        out.set(j, i, a.re(i, j), i == j ? 0 : -a.im(i, j));
      }
    }
    return out;
  }

  /// aᴴ a, or a aᴴ.
  private static Matrix gram(Matrix a, boolean columns) {
    int n = columns ? a.columns : a.rows;
    int inner = columns ? a.rows : a.columns;
    var out = new Matrix(n, n);
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        double re = 0;
        double im = 0;
        for (int k = 0; k < inner; k++) {
          double xr = columns ? a.re(k, i) : a.re(i, k);
          double xi = columns ? -a.im(k, i) : a.im(i, k);
          double yr = columns ? a.re(k, j) : a.re(j, k);
          double yi = columns ? a.im(k, j) : -a.im(j, k);
          re += xr * yr - xi * yi;
          im += xr * yi + xi * yr;
        }
        out.set(i, j, re, im);
      }
    }
    return out;
  }

  /// Ascending, by Jacobi's rotations of the real matrix twice as large, which has each twice.
  private static double[] eigenvalues(Matrix h) {
    int n = h.rows;
    int size = 2 * n;
    double[][] a = new double[size][size];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        a[i][j] = h.re(i, j);
        a[i + n][j + n] = h.re(i, j);
        a[i][j + n] = -h.im(i, j);
        a[i + n][j] = h.im(i, j);
      }
    }
    for (int sweep = 0; sweep < 60; sweep++) {
      for (int p = 0; p < size; p++) {
        for (int q = p + 1; q < size; q++) {
          rotate(a, p, q);
        }
      }
    }
    double[] all = new double[size];
    Arrays.setAll(all, i -> a[i][i]);
    Arrays.sort(all);
    double[] out = new double[n];
    Arrays.setAll(out, i -> all[2 * i]);
    return out;
  }

  private static void rotate(double[][] a, int p, int q) {
    if (a[p][q] == 0) {
      return;
    }
    double theta = (a[q][q] - a[p][p]) / (2 * a[p][q]);
    double t = Math.copySign(1, theta) / (Math.abs(theta) + Math.hypot(theta, 1));
    double c = 1 / Math.hypot(t, 1);
    double s = t * c;
    for (double[] row : a) {
      double x = row[p];
      double y = row[q];
      row[p] = c * x - s * y;
      row[q] = s * x + c * y;
    }
    for (int k = 0; k < a.length; k++) {
      double x = a[p][k];
      double y = a[q][k];
      a[p][k] = c * x - s * y;
      a[q][k] = s * x + c * y;
    }
  }
}
