package org.girih.grammar.elaborate.intrinsic;

import java.util.List;
import java.util.Locale;
import org.girih.grammar.elaborate.array.Statics;
import org.girih.grammar.elaborate.core.Elaboration;
import org.girih.grammar.elaborate.core.Intrinsic;
import org.girih.grammar.elaborate.core.Val;
import org.girih.ir.op.Factor;
import org.girih.ir.op.Fft;
import org.girih.ir.op.TriangularSolve;

/// What `linalg` is built on.
final class LinearAlgebraIntrinsics {
  private LinearAlgebraIntrinsics() {}

  static List<Intrinsic> all() {
    return List.of(
        Intrinsic.of(
                "solve_triangle(a, b, left, lower, transposed, unit)",
                LinearAlgebraIntrinsics::solve)
            .inLibrary(),
        Intrinsic.of(
                "factor(a, method, full = false, vectors = false)", LinearAlgebraIntrinsics::factor)
            .inLibrary());
  }

  /// What `fft` is built on.
  static List<Intrinsic> transforms() {
    return List.of(
        Intrinsic.of("fourier(x, kind, lengths)", LinearAlgebraIntrinsics::fourier).inLibrary());
  }

  /// Returns the factors of each matrix: one array, or a tuple.
  private static Val factor(Elaboration e, Intrinsic.Args args) {
    var method = Factor.Method.valueOf(Statics.text(e, args, "method").toUpperCase(Locale.ROOT));
    var op = new Factor(method, Statics.flag(e, args, "full"), Statics.flag(e, args, "vectors"));
    e.at(args.at());
    List<Val.Array> out = e.emit(op, List.of(Statics.array(e, args, "a")));
    return out.size() == 1 ? out.getFirst() : new Val.Tuple(List.copyOf(out));
  }

  /// Returns the transform of the last axes.
  private static Val fourier(Elaboration e, Intrinsic.Args args) {
    var kind = Fft.Kind.valueOf(Statics.text(e, args, "kind").toUpperCase(Locale.ROOT));
    var op = new Fft(kind, Statics.shape(e, args, "lengths"));
    e.at(args.at());
    return e.emit(op, List.of(Statics.array(e, args, "x"))).getFirst();
  }

  private static Val solve(Elaboration e, Intrinsic.Args args) {
    var op =
        new TriangularSolve(
            Statics.flag(e, args, "left"),
            Statics.flag(e, args, "lower"),
            Statics.flag(e, args, "unit"),
            Statics.flag(e, args, "transposed"));
    e.at(args.at());
    return e.emit(op, List.of(Statics.array(e, args, "a"), Statics.array(e, args, "b"))).getFirst();
  }
}
