package org.girih.grammar.elaborate.intrinsic;

import java.util.List;
import org.girih.grammar.elaborate.array.Statics;
import org.girih.grammar.elaborate.core.Elaboration;
import org.girih.grammar.elaborate.core.Intrinsic;
import org.girih.grammar.elaborate.core.Val;
import org.girih.ir.op.TriangularSolve;

/// What `linalg` is built on.
final class LinearAlgebraIntrinsics {
  private LinearAlgebraIntrinsics() {}

  static List<Intrinsic> all() {
    return List.of(
        Intrinsic.of(
                "solve_triangle(a, b, left, lower, transposed, unit)",
                LinearAlgebraIntrinsics::solve)
            .inLibrary());
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
