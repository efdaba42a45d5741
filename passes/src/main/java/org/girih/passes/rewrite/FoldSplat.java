package org.girih.passes.rewrite;

import java.util.Optional;
import org.girih.ir.op.Broadcast;
import org.girih.ir.op.Constant;
import org.girih.ir.op.DynamicSlice;
import org.girih.ir.op.Op;
import org.girih.ir.op.Reshape;
import org.girih.ir.op.Reverse;
import org.girih.ir.op.Slice;
import org.girih.ir.op.Transpose;
import org.girih.ir.program.Equation;
import org.girih.ir.type.Literal;

/// Turns what only moves elements, of an array that holds the same one everywhere, into such an
/// array; a reshape of any literal is the literal with other dims, since both are row-major.
///
/// ```
/// %1: f32 = constant {value = f32 1.0}
/// %2: f32[3] = broadcast %1 {dims = [3], axes = []}
///   ───▶  %2: f32[3] = constant {value = f32[3] splat 1.0}
/// ```
final class FoldSplat implements Rewrite {
  @Override
  public Optional<Step> apply(Equation equation, Context context) {
    if (!moves(equation.op())) {
      return Optional.empty();
    }
    return context
        .literal(equation.operands().getFirst())
        .filter(literal -> literal.isSplat() || equation.op() instanceof Reshape)
        .flatMap(literal -> Rewrite.becomes(new Constant(shaped(equation, literal))));
  }

  private static boolean moves(Op op) {
    return op instanceof Broadcast
        || op instanceof Reshape
        || op instanceof Transpose
        || op instanceof Reverse
        || op instanceof Slice
        || op instanceof DynamicSlice;
  }

  private static Literal shaped(Equation equation, Literal literal) {
    var type = equation.result().type();
    if (literal.isSplat()) {
      return Literal.splat(type, literal.element(0));
    }
    byte[] bytes = new byte[literal.bytes().remaining()];
    literal.bytes().get(bytes);
    return Literal.dense(type, bytes);
  }
}
