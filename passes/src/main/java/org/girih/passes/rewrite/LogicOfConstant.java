package org.girih.passes.rewrite;

import java.util.Optional;
import org.girih.ir.op.Bits;
import org.girih.ir.program.Equation;
import org.girih.ir.type.DType;
import org.girih.ir.type.Literal;
import org.girih.ir.type.Value;

/// `x and true`, `x or false`, `x xor 0` are `x`; `x and 0` is the zero, `x or` all ones the ones.
/// Of integers bitwise: each bit by itself obeys these laws.
///
/// ```
/// %1: bool = constant {value = bool true}
/// %2: bool = and %0 %1                                 ───▶  %0
/// ```
final class LogicOfConstant implements Rewrite {
  @Override
  public Optional<Step> apply(Equation equation, Context context) {
    if (equation.op() instanceof Bits op && op.compareTo(Bits.XOR) <= 0) {
      for (int i = 0; i < 2; i++) {
        Value other = equation.operands().get(1 - i);
        var splat = context.splat(equation.operands().get(i));
        boolean zero = splat.isPresent() && Splats.isNumber(splat.get(), 0);
        boolean ones = splat.isPresent() && isOnes(splat.get());
        if (op == Bits.AND ? ones : zero) {
          return Rewrite.is(other);
        }
        if (op == Bits.AND && zero || op == Bits.OR && ones) {
          return Rewrite.is(equation.operands().get(i));
        }
      }
    }
    return Optional.empty();
  }

  private static boolean isOnes(Literal literal) {
    long ones =
        switch (literal.type().dtype()) {
          case BOOL -> 1;
          case I4, I8, I16, I32, I64 -> -1;
          case U4 -> 15;
          case U8 -> 0xff;
          case U16 -> 0xffff;
          case U32 -> 0xffff_ffffL;
          case U64 -> -1;
          case F8E4M3FN, F8E5M2, F8E4M3B11FNUZ, F8E4M3FNUZ, F8E5M2FNUZ, F16, BF16 -> 0;
          case F32, F64, C64, C128 -> 0;
        };
    return literal.type().dtype() != DType.U64
        ? Splats.isNumber(literal, ones)
        : java.util.Arrays.equals(
            literal.element(0), org.girih.ir.type.Elements.of(DType.U64, ones));
  }
}
