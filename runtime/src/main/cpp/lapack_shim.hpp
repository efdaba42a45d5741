// Factorisations of matrices by LAPACK, for compiled programs: the handler of the foreign function
// `girih.factor`. LAPACK itself is a library that is opened at run time (OpenBLAS).
//
// Arrays are row-major and hold batches of matrices; LAPACK's are column-major. Each matrix is copied
// turned, since LAPACK overwrites what it is given. A factorisation that fails, of a matrix that is
// not positive definite or whose iteration does not converge, gives NaNs, as JAX's does.
#pragma once

#include <algorithm>
#include <atomic>
#include <cmath>
#include <complex>
#include <stdexcept>

#include "ffi_shim.hpp"

namespace girih {

// The methods, by the numbers of org.girih.ir.op.Factor.Method.
enum class Method : int64_t { CHOLESKY, LU, QR, EIGH, SVD, EIG, SCHUR, HESSENBERG };

// Addresses of LAPACK's functions, by name; filled once.
struct Lapack {
  void* library = nullptr;
  std::mutex lock;

  static Lapack& get() {
    static Lapack* lapack = new Lapack();
    return *lapack;
  }

  // Returns a function of the library, whose arguments are all addresses (Fortran's).
  template <typename... Arguments>
  static void call(const char* name, Arguments... arguments) {
    auto function = reinterpret_cast<void (*)(Arguments...)>(dlsym(get().library, name));
    if (!function) throw std::runtime_error(std::string("LAPACK has no ") + name);
    function(arguments...);
  }
};

// Opens the library at the terminated `path`, for good; once.
inline int64_t lapack_open(int64_t path) {
  return guarded([&]() -> int64_t {
    Lapack& lapack = Lapack::get();
    std::unique_lock<std::mutex> hold(lapack.lock);
    if (!lapack.library) {
      lapack.library = dlopen(at<const char>(path), RTLD_NOW | RTLD_LOCAL);
      if (!lapack.library) {
        const char* why = dlerror();
        return fail(Code::FAILED_PRECONDITION, why ? why : "dlopen failed");
      }
    }
    return 0;
  });
}

// What a scalar type is called in LAPACK, its real type, and whether it is complex.
template <typename T>
struct Scalars;
template <>
struct Scalars<float> {
  using Real = float;
  static constexpr char letter = 's';
  static constexpr bool complex = false;
};
template <>
struct Scalars<double> {
  using Real = double;
  static constexpr char letter = 'd';
  static constexpr bool complex = false;
};
template <>
struct Scalars<std::complex<float>> {
  using Real = float;
  static constexpr char letter = 'c';
  static constexpr bool complex = true;
};
template <>
struct Scalars<std::complex<double>> {
  using Real = double;
  static constexpr char letter = 'z';
  static constexpr bool complex = true;
};

template <typename T>
std::string routine(const char* rest) {
  return std::string(1, Scalars<T>::letter) + rest + "_";
}

// Writes a column-major matrix, or a part of its first columns and rows, row-major.
template <typename T>
void turned(const T* from, int rows, int columns, int stride, T* to) {
  for (int i = 0; i < rows; i++) {
    for (int j = 0; j < columns; j++) to[int64_t(i) * columns + j] = from[i + int64_t(j) * stride];
  }
}

template <typename T>
void fill_nan(T* to, int64_t count) {
  using Real = typename Scalars<T>::Real;
  Real nan = std::numeric_limits<Real>::quiet_NaN();
  for (int64_t i = 0; i < count; i++) {
    if constexpr (Scalars<T>::complex) {
      to[i] = T(nan, nan);
    } else {
      to[i] = nan;
    }
  }
}

// One batch of matrices: m rows, n columns, `full` factors or the smaller ones, and whether vectors
// are asked for.
template <typename T>
struct Factorisation {
  using Real = typename Scalars<T>::Real;
  using Complex = std::complex<Real>;

  const T* input;
  std::vector<void*> results;
  int64_t batch;
  int m;
  int n;
  bool full;
  bool vectors;

  int k() const { return std::min(m, n); }

  // Asks for the size of the work space, and then does the work.
  template <typename F>
  static void worked(F&& call) {
    T size[1] = {};
    int query = -1;
    call(size, &query);
    int count = std::max(1, static_cast<int>(std::real(size[0])));
    std::vector<T> work(count);
    call(work.data(), &count);
  }

  std::vector<T> column_major(int64_t b) const {
    std::vector<T> a(std::max<int64_t>(1, int64_t(m) * n));
    const T* from = input + b * m * n;
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) a[i + int64_t(j) * m] = from[int64_t(i) * n + j];
    }
    return a;
  }

  template <typename R>
  R* result(int number, int64_t b, int64_t size) const {
    return static_cast<R*>(results[number]) + b * size;
  }

  void cholesky(int64_t b) {
    auto a = column_major(b);
    int info = 0;
    char lower = 'L';
    Lapack::call(routine<T>("potrf").c_str(), &lower, &n, a.data(), &n, &info);
    T* out = result<T>(0, b, int64_t(n) * n);
    if (info != 0) fill_nan(a.data(), int64_t(n) * n);
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) out[int64_t(i) * n + j] = j <= i ? a[i + int64_t(j) * n] : T(0);
    }
  }

  void lu(int64_t b) {
    auto a = column_major(b);
    int info = 0;
    int* pivots = result<int>(1, b, k());
    Lapack::call(routine<T>("getrf").c_str(), &m, &n, a.data(), &m, pivots, &info);
    turned(a.data(), m, n, m, result<T>(0, b, int64_t(m) * n));
    int* order = result<int>(2, b, m);
    for (int i = 0; i < m; i++) order[i] = i;
    for (int i = 0; i < k(); i++) {
      pivots[i]--;
      std::swap(order[i], order[pivots[i]]);
    }
  }

  void qr(int64_t b) {
    int rank = k();
    int columns = full ? m : rank;
    auto a = column_major(b);
    std::vector<T> tau(std::max(1, rank));
    int info = 0;
    worked([&](T* work, int* count) {
      Lapack::call(routine<T>("geqrf").c_str(), &m, &n, a.data(), &m, tau.data(), work, count, &info);
    });
    T* r = result<T>(1, b, int64_t(columns) * n);
    for (int i = 0; i < columns; i++) {
      for (int j = 0; j < n; j++) r[int64_t(i) * n + j] = i <= j ? a[i + int64_t(j) * m] : T(0);
    }
    std::vector<T> q(std::max<int64_t>(1, int64_t(m) * columns));
    std::copy(a.begin(), a.begin() + int64_t(m) * std::min(columns, n), q.begin());
    worked([&](T* work, int* count) {
      Lapack::call(routine<T>(Scalars<T>::complex ? "ungqr" : "orgqr").c_str(), &m, &columns, &rank,
                   q.data(), &m, tau.data(), work, count, &info);
    });
    turned(q.data(), m, columns, m, result<T>(0, b, int64_t(m) * columns));
  }

  void eigh(int64_t b) {
    auto a = column_major(b);
    char job = vectors ? 'V' : 'N';
    char lower = 'L';
    int info = 0;
    Real* w = result<Real>(0, b, n);
    // LAPACK is asked for the sizes of all work spaces at once.
    T size[1] = {};
    Real real_size[1] = {};
    int int_size = 0;
    int query = -1;
    auto call = [&](T* work, int* count, Real* rwork, int* rcount, int* iwork, int* icount) {
      if constexpr (Scalars<T>::complex) {
        Lapack::call(routine<T>("heevd").c_str(), &job, &lower, &n, a.data(), &n, w, work, count, rwork,
                     rcount, iwork, icount, &info);
      } else {
        Lapack::call(routine<T>("syevd").c_str(), &job, &lower, &n, a.data(), &n, w, work, count, iwork,
                     icount, &info);
      }
    };
    call(size, &query, real_size, &query, &int_size, &query);
    int count = std::max(1, static_cast<int>(std::real(size[0])));
    int real_count = std::max(1, static_cast<int>(real_size[0]));
    int int_count = std::max(1, int_size);
    std::vector<T> work(count);
    std::vector<Real> rwork(real_count);
    std::vector<int> iwork(int_count);
    call(work.data(), &count, rwork.data(), &real_count, iwork.data(), &int_count);
    if (info != 0) fill_nan(w, n);
    if (!vectors) return;
    T* v = result<T>(1, b, int64_t(n) * n);
    if (info != 0) {
      fill_nan(v, int64_t(n) * n);
    } else {
      turned(a.data(), n, n, n, v);
    }
  }

  void svd(int64_t b) {
    auto a = column_major(b);
    int rank = k();
    int columns = full ? m : rank;  // of u
    int rows = full ? n : rank;     // of vh
    char job = vectors ? (full ? 'A' : 'S') : 'N';
    std::vector<T> u(vectors ? std::max<int64_t>(1, int64_t(m) * columns) : 1);
    std::vector<T> vh(vectors ? std::max<int64_t>(1, int64_t(rows) * n) : 1);
    Real* s = result<Real>(vectors ? 1 : 0, b, rank);
    std::vector<int> iwork(std::max(1, 8 * rank));
    int most = std::max(m, n);
    int64_t real_size = vectors ? std::max<int64_t>(int64_t(5) * rank * rank + 5 * rank,
                                                    int64_t(2) * most * rank + int64_t(2) * rank * rank + rank)
                                : int64_t(7) * rank;
    std::vector<Real> rwork(Scalars<T>::complex ? std::max<int64_t>(1, real_size) : 1);
    int info = 0;
    int u_stride = std::max(1, m);
    int v_stride = std::max(1, vectors ? rows : 1);
    worked([&](T* work, int* count) {
      if constexpr (Scalars<T>::complex) {
        Lapack::call(routine<T>("gesdd").c_str(), &job, &m, &n, a.data(), &m, s, u.data(), &u_stride,
                     vh.data(), &v_stride, work, count, rwork.data(), iwork.data(), &info);
      } else {
        Lapack::call(routine<T>("gesdd").c_str(), &job, &m, &n, a.data(), &m, s, u.data(), &u_stride,
                     vh.data(), &v_stride, work, count, iwork.data(), &info);
      }
    });
    if (info != 0) fill_nan(s, rank);
    if (!vectors) return;
    T* left = result<T>(0, b, int64_t(m) * columns);
    T* right = result<T>(2, b, int64_t(rows) * n);
    if (info != 0) {
      fill_nan(left, int64_t(m) * columns);
      fill_nan(right, int64_t(rows) * n);
    } else {
      turned(u.data(), m, columns, m, left);
      turned(vh.data(), rows, n, rows, right);
    }
  }

  // Of real matrices LAPACK gives pairs of conjugate vectors as their real and imaginary parts.
  void spread(const std::vector<T>& from, const std::vector<Real>& imaginary, Complex* to) const {
    for (int j = 0; j < n; j++) {
      bool pair = imaginary[j] != 0 && j + 1 < n;
      for (int i = 0; i < n; i++) {
        Real re = std::real(from[i + int64_t(j) * n]);
        Real im = pair ? std::real(from[i + int64_t(j + 1) * n]) : 0;
        to[int64_t(i) * n + j] = Complex(re, im);
        if (pair) to[int64_t(i) * n + j + 1] = Complex(re, -im);
      }
      if (pair) j++;
    }
  }

  void eig(int64_t b) {
    auto a = column_major(b);
    char job = vectors ? 'V' : 'N';
    int info = 0;
    int64_t square = int64_t(n) * n;
    std::vector<T> left(vectors ? std::max<int64_t>(1, square) : 1);
    std::vector<T> right(left.size());
    int stride = std::max(1, vectors ? n : 1);
    int a_stride = std::max(1, n);
    Complex* w = result<Complex>(0, b, n);
    std::vector<Real> re(std::max(1, n)), im(std::max(1, n));
    std::vector<Real> rwork(std::max(1, 2 * n));
    std::vector<T> values(std::max(1, n));
    // What is not finite has no eigenvalues, and LAPACK may not end on it.
    bool finite = std::all_of(a.begin(), a.begin() + square, [](T x) {
      return std::isfinite(std::real(x)) && std::isfinite(std::imag(x));
    });
    if (finite) {
      worked([&](T* work, int* count) {
        if constexpr (Scalars<T>::complex) {
          Lapack::call(routine<T>("geev").c_str(), &job, &job, &n, a.data(), &a_stride, values.data(),
                       left.data(), &stride, right.data(), &stride, work, count, rwork.data(), &info);
        } else {
          Lapack::call(routine<T>("geev").c_str(), &job, &job, &n, a.data(), &a_stride, re.data(),
                       im.data(), left.data(), &stride, right.data(), &stride, work, count, &info);
        }
      });
    }
    bool good = finite && info == 0;
    if (!good) {
      fill_nan(w, n);
    } else {
      for (int i = 0; i < n; i++) {
        if constexpr (Scalars<T>::complex) {
          w[i] = values[i];
        } else {
          w[i] = Complex(re[i], im[i]);
        }
      }
    }
    if (!vectors) return;
    Complex* vl = result<Complex>(1, b, square);
    Complex* vr = result<Complex>(2, b, square);
    if (!good) {
      fill_nan(vl, square);
      fill_nan(vr, square);
    } else if constexpr (Scalars<T>::complex) {
      turned(left.data(), n, n, n, vl);
      turned(right.data(), n, n, n, vr);
    } else {
      spread(left, im, vl);
      spread(right, im, vr);
    }
  }

  void schur(int64_t b) {
    auto a = column_major(b);
    int info = 0;
    int64_t square = int64_t(n) * n;
    char job = 'V';
    char sort = 'N';
    int sorted = 0;
    int stride = std::max(1, n);
    void* none = nullptr;
    std::vector<T> z(std::max<int64_t>(1, square)), values(std::max(1, n));
    std::vector<Real> re(std::max(1, n)), im(std::max(1, n));
    std::vector<int> bwork(std::max(1, n));
    bool finite = std::all_of(a.begin(), a.begin() + square, [](T x) {
      return std::isfinite(std::real(x)) && std::isfinite(std::imag(x));
    });
    if (finite) {
      worked([&](T* work, int* count) {
        if constexpr (Scalars<T>::complex) {
          Lapack::call(routine<T>("gees").c_str(), &job, &sort, none, &n, a.data(), &stride, &sorted,
                       values.data(), z.data(), &stride, work, count, re.data(), bwork.data(), &info);
        } else {
          Lapack::call(routine<T>("gees").c_str(), &job, &sort, none, &n, a.data(), &stride, &sorted,
                       re.data(), im.data(), z.data(), &stride, work, count, bwork.data(), &info);
        }
      });
    }
    T* t = result<T>(0, b, square);
    T* vectors_out = result<T>(1, b, square);
    if (!finite || info != 0) {
      fill_nan(t, square);
      fill_nan(vectors_out, square);
    } else {
      turned(a.data(), n, n, n, t);
      turned(z.data(), n, n, n, vectors_out);
    }
  }

  void hessenberg(int64_t b) {
    auto a = column_major(b);
    int info = 0;
    int first = 1;
    int stride = std::max(1, n);
    std::vector<T> tau(std::max(1, n - 1));
    worked([&](T* work, int* count) {
      Lapack::call(routine<T>("gehrd").c_str(), &n, &first, &n, a.data(), &stride, tau.data(), work, count,
                   &info);
    });
    T* h = result<T>(0, b, int64_t(n) * n);
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) h[int64_t(i) * n + j] = i <= j + 1 ? a[i + int64_t(j) * n] : T(0);
    }
    worked([&](T* work, int* count) {
      Lapack::call(routine<T>(Scalars<T>::complex ? "unghr" : "orghr").c_str(), &n, &first, &n, a.data(),
                   &stride, tau.data(), work, count, &info);
    });
    turned(a.data(), n, n, n, result<T>(1, b, int64_t(n) * n));
  }

  void run(Method method) {
    for (int64_t b = 0; b < batch; b++) {
      switch (method) {
        case Method::CHOLESKY: cholesky(b); break;
        case Method::LU: lu(b); break;
        case Method::QR: qr(b); break;
        case Method::EIGH: eigh(b); break;
        case Method::SVD: svd(b); break;
        case Method::EIG: eig(b); break;
        case Method::SCHUR: schur(b); break;
        case Method::HESSENBERG: hessenberg(b); break;
      }
    }
  }
};

template <typename T>
void factor_of(ffi::Frame* frame, Method method, bool full, bool vectors) {
  const ffi::Buffer& a = *frame->arguments.buffers[0];
  Factorisation<T> of{static_cast<const T*>(a.data), {}, 1, 0, 0, full, vectors};
  for (int64_t i = 0; i < a.rank - 2; i++) of.batch *= a.dims[i];
  of.m = static_cast<int>(a.dims[a.rank - 2]);
  of.n = static_cast<int>(a.dims[a.rank - 1]);
  for (int64_t i = 0; i < frame->results.size; i++) of.results.push_back(frame->results.buffers[i]->data);
  of.run(method);
}

// The handler of `girih.factor`: one operand, a batch of matrices with at least one element.
// Attributes: `full`, `method` and `vectors`, numbers.
inline ffi::Error* factor(ffi::Frame* frame) {
  if (told_version(frame)) return nullptr;
  try {
    int64_t full = 0;
    int64_t method = 0;
    int64_t vectors = 0;
    for (int64_t i = 0; i < frame->attributes.size; i++) {
      std::string name(frame->attributes.names[i]->data, frame->attributes.names[i]->length);
      int64_t value =
          *static_cast<int64_t*>(static_cast<ffi::Scalar*>(frame->attributes.values[i])->value);
      (name == "full" ? full : name == "method" ? method : vectors) = value;
    }
    Method which = static_cast<Method>(method);
    switch (frame->arguments.buffers[0]->type) {
      case ffi::Type::F32: factor_of<float>(frame, which, full, vectors); break;
      case ffi::Type::F64: factor_of<double>(frame, which, full, vectors); break;
      case ffi::Type::C64: factor_of<std::complex<float>>(frame, which, full, vectors); break;
      case ffi::Type::C128: factor_of<std::complex<double>>(frame, which, full, vectors); break;
      default: return refuse(frame, "a factorisation of other numbers than floats of 32 and 64 bits");
    }
    return nullptr;
  } catch (const std::bad_alloc&) {
    return refuse(frame, "no memory for a factorisation");
  } catch (const std::exception& e) {
    return refuse(frame, e.what());
  }
}

// Registers all handlers with a plugin, for its platform's name (terminated).
inline int64_t handlers_register(int64_t api, int64_t platform) {
  return guarded([&]() -> int64_t {
    const Api* table = at<const Api>(api);
    const char* name = at<const char>(platform);
    int64_t failure = register_handler(table, "girih.print", name, print);
    return failure ? failure : register_handler(table, "girih.factor", name, factor);
  });
}

}  // namespace girih
