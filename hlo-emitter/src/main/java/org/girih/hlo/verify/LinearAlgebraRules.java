package org.girih.hlo.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.girih.hlo.proto.FftType;
import org.girih.hlo.proto.PrimitiveType;
import org.girih.hlo.proto.RandomAlgorithm;
import org.girih.hlo.proto.TriangularSolveOptions;

/// Whole algorithms. Rules: XLA's operation semantics, "Cholesky", "TriangularSolve", "Fft",
/// "RngBitGenerator".
final class LinearAlgebraRules {
  private LinearAlgebraRules() {}

  static void addTo(Map<String, Rule> rules) {
    rules.put("cholesky", Rule.of(LinearAlgebraRules::cholesky, Field.CHOLESKY));
    rules.put(
        "triangular-solve", Rule.of(LinearAlgebraRules::triangularSolve, Field.TRIANGULAR_SOLVE));
    rules.put("fft", Rule.of(LinearAlgebraRules::fft, Field.FFT));
    rules.put("rng-bit-generator", Rule.of(LinearAlgebraRules::randomBits, Field.RNG_ALGORITHM));
  }

  private static void square(Site s, HloShape.Array a) {
    int rank = a.rank();
    s.require(rank >= 2 && a.dim(rank - 1) == a.dim(rank - 2), "%s holds no square matrices", a);
    s.require(Types.inexact(a.type()) && Types.bits(a.type()) >= 32, "matrices of %s", a.type());
  }

  private static void cholesky(Site s) {
    s.count(1);
    HloShape.Array a = s.operand(0);
    square(s, a);
    s.require(
        s.proto().getCholeskyOptions().getUnknownFields().isEmpty(), "options that Girih lacks");
    s.gives(a);
  }

  private static void triangularSolve(Site s) {
    s.count(2);
    HloShape.Array a = s.operand(0);
    HloShape.Array b = s.operand(1);
    square(s, a);
    TriangularSolveOptions options = s.proto().getTriangularSolveOptions();
    s.require(options.getUnknownFields().isEmpty(), "options that Girih lacks");
    s.require(
        switch (options.getTransposeA()) {
          case NO_TRANSPOSE, TRANSPOSE, ADJOINT -> true;
          case TRANSPOSE_INVALID, UNRECOGNIZED -> false;
        },
        "transpose_a %s",
        options.getTransposeAValue());
    int rank = a.rank();
    s.require(b.rank() == rank && b.type() == a.type(), "%s and %s", a, b);
    s.require(
        a.dims().subList(0, rank - 2).equals(b.dims().subList(0, rank - 2))
            && b.dim(options.getLeftSide() ? rank - 2 : rank - 1) == a.dim(rank - 1),
        "%s and %s",
        a,
        b);
    s.gives(b);
  }

  /// Checks an `fft` over the last one to three dimensions; RFFT halves the last one, IRFFT doubles
  /// it.
  private static void fft(Site s) {
    s.count(1);
    HloShape.Array x = s.operand(0);
    List<Long> lengths = s.proto().getFftLengthList();
    int count = lengths.size();
    s.require(count >= 1 && count <= 3 && count <= x.rank(), "lengths %s of %s", lengths, x);
    FftType type = s.proto().getFftType();
    boolean toReal = type == FftType.IRFFT;
    boolean fromReal = type == FftType.RFFT;
    s.require(type != FftType.UNRECOGNIZED, "fft type %d", s.proto().getFftTypeValue());
    s.require(
        fromReal
            ? x.type() == PrimitiveType.F32 || x.type() == PrimitiveType.F64
            : Types.complex(x.type()),
        "%s of %s",
        type,
        x);
    var dims = new ArrayList<>(x.dims());
    for (int i = 0; i < count; i++) {
      int axis = x.rank() - count + i;
      long length = lengths.get(i);
      boolean last = i == count - 1;
      s.require(length >= 1, "lengths %s", lengths);
      s.require(
          x.dim(axis) == (last && toReal ? length / 2 + 1 : length),
          "lengths %s of %s",
          lengths,
          x);
      dims.set(axis, last && fromReal ? length / 2 + 1 : length);
    }
    PrimitiveType to =
        toReal
            ? Types.part(x.type())
            : fromReal
                ? x.type() == PrimitiveType.F32 ? PrimitiveType.C64 : PrimitiveType.C128
                : x.type();
    s.gives(to, dims);
  }

  /// Checks random bits: a state to the next state and an array of bits. Threefry's state is
  /// `u64[2]`, Philox's that or `u64[3]`.
  private static void randomBits(Site s) {
    s.count(1);
    HloShape.Array state = s.operand(0);
    RandomAlgorithm algorithm = s.proto().getRngAlgorithm();
    boolean two = state.dims().equals(List.of(2L));
    boolean three = state.dims().equals(List.of(3L));
    s.require(
        state.type() == PrimitiveType.U64
            && (algorithm == RandomAlgorithm.RNG_THREE_FRY && two
                || algorithm == RandomAlgorithm.RNG_PHILOX && (two || three)),
        "state %s of %s",
        state,
        algorithm);
    s.require(
        s.shape() instanceof HloShape.Tuple(var elements)
            && elements.size() == 2
            && elements.getFirst().equals(state)
            && Types.unsigned(elements.getLast().type())
            && Types.bits(elements.getLast().type()) >= 8,
        "shape %s",
        s.shape());
  }
}
