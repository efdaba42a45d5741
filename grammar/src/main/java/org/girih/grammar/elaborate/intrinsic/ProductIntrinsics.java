package org.girih.grammar.elaborate.intrinsic;

import java.util.List;
import org.girih.grammar.ast.Expr.BinaryOp;
import org.girih.grammar.elaborate.array.Operands;
import org.girih.grammar.elaborate.array.Operators;
import org.girih.grammar.elaborate.array.Products;
import org.girih.grammar.elaborate.array.Statics;
import org.girih.grammar.elaborate.core.Elaboration;
import org.girih.grammar.elaborate.core.Intrinsic;
import org.girih.grammar.elaborate.core.Val;
import org.girih.ir.op.Dot;

/// Products: `dot`, `matmul`, `einsum`, `conv`.
final class ProductIntrinsics {
  private ProductIntrinsics() {}

  static List<Intrinsic> all() {
    return List.of(
        Intrinsic.of(
            "matmul(x, y)",
            (e, args) -> Products.matmul(e, site(args), args.get("x"), args.get("y"))),
        Intrinsic.of("dot(x, y)", ProductIntrinsics::dot),
        Intrinsic.of(Convolutions.SIGNATURE, Convolutions::eval),
        Intrinsic.of("einsum(formula, *operands)", Einsum::eval));
  }

  private static Operators.Site site(Intrinsic.Args args) {
    return new Operators.Site(BinaryOp.MATMUL, args.at(), args.span("x"), args.span("y"));
  }

  /// NumPy's `dot`: the product with a scalar, else the sum over the last axis of x and the last
  /// but one of y, without batch axes.
  private static Val dot(Elaboration e, Intrinsic.Args args) {
    Val.Array x = Statics.array(e, args, "x");
    Val.Array y = Statics.array(e, args, "y");
    if (x.rank() == 0 || y.rank() == 0) {
      return Operators.binary(
          e,
          new Operators.Site(BinaryOp.MULTIPLY, args.at(), args.span("x"), args.span("y")),
          args.get("x"),
          args.get("y"));
    }
    if (x.rank() <= 2 && y.rank() <= 2 || y.rank() == 1) {
      return Products.matmul(e, site(args), args.get("x"), args.get("y"));
    }
    var unified =
        Operands.unify(
            e,
            args.at(),
            "`dot`",
            List.of(
                new Operands.Operand(x, args.span("x")), new Operands.Operand(y, args.span("y"))));
    return e.emit(
            new Dot(List.of(), List.of(), List.of(x.rank() - 1), List.of(y.rank() - 2)),
            unified.arrays())
        .getFirst();
  }
}
