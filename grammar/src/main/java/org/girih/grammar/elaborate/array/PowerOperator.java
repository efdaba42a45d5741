package org.girih.grammar.elaborate.array;

import java.util.List;
import org.girih.grammar.elaborate.core.Elaboration;
import org.girih.grammar.elaborate.core.Fault;
import org.girih.grammar.elaborate.core.Val;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.diagnostic.Diagnostic;
import org.girih.ir.op.ElementaryPair;
import org.girih.ir.op.IntegerPower;

/// `**` of arrays: `integer_power` where the exponent is a static integer, else `power`.
public final class PowerOperator {
  private PowerOperator() {}

  public static Val eval(Elaboration e, Operators.Site site, Val a, Val b) {
    if (a instanceof Val.Array x && b instanceof Val.Int(var exponent)) {
      if (!x.dtype().numeric()) {
        throw notBool(e, site);
      }
      if (exponent.signum() < 0 && !x.dtype().inexact()) {
        throw e.fault(
            Diagnostic.error(
                    Code.BAD_DTYPE_FOR_OP,
                    site.at(),
                    "`**` of " + x.type() + " with the negative exponent " + exponent)
                .help("convert the base: `f32(x)`"));
      }
      if (Operators.smallInteger(exponent)) {
        Val.Array out = e.emit1(new IntegerPower(exponent.intValueExact()), x);
        return new Val.Array(out.owner(), out.value(), x.guess());
      }
    }
    var operands =
        Operands.together(
            e,
            site.at(),
            "`**`",
            List.of(new Operands.Operand(a, site.left()), new Operands.Operand(b, site.right())));
    if (!operands.arrays().getFirst().dtype().numeric()) {
      throw notBool(e, site);
    }
    Val.Array out = e.emit(ElementaryPair.POWER, operands.arrays()).getFirst();
    return new Val.Array(out.owner(), out.value(), operands.weak());
  }

  private static Fault notBool(Elaboration e, Operators.Site site) {
    return e.fault(
        Diagnostic.error(Code.BAD_DTYPE_FOR_OP, site.at(), "`**` does not take bool")
            .help("convert: `i32(x)`"));
  }
}
