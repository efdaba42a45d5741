package org.girih.grammar.elaborate.array;

import java.util.List;
import java.util.Map;
import org.girih.grammar.elaborate.core.Elaboration;
import org.girih.grammar.elaborate.core.Given;
import org.girih.grammar.elaborate.core.Trees;
import org.girih.grammar.elaborate.core.Val;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.diagnostic.Diagnostic;
import org.girih.ir.op.ComplexPart;
import org.girih.ir.op.Convert;
import org.girih.ir.source.Span;
import org.girih.ir.type.DType;

/// `f32(x)`: conversion, of each array of a tree.
public final class Casts {
  private Casts() {}

  public static Val cast(
      Elaboration e, Span at, DType dtype, List<Given> positional, Map<String, Given> named) {
    var given =
        Binding.bind(
            e,
            at,
            dtype.text() + "(x)",
            List.of(new Binding.Param("x", false, false)),
            positional,
            named);
    var arg = given.getFirst().orElseThrow();
    return Trees.map(arg.val(), leaf -> one(e, at, dtype, leaf, arg.at()));
  }

  public static Val.Array one(Elaboration e, Span at, DType dtype, Val val, Span valAt) {
    return switch (val) {
      case Val.Num number when number instanceof Val.Int && dtype.numeric() ->
          Operands.constant(e, number, dtype, valAt);
      case Val.Num number when number instanceof Val.Real && dtype.inexact() ->
          Operands.constant(e, number, dtype, valAt);
      case Val other -> {
        Val.Array array = Operands.array(e, other, valAt);
        e.at(at);
        yield convert(e, at, dtype, array);
      }
    };
  }

  static Val.Array convert(Elaboration e, Span at, DType dtype, Val.Array array) {
    if (array.dtype() == dtype) {
      return new Val.Array(array.owner(), array.value(), false);
    }
    if (array.dtype().complex() && !dtype.complex()) {
      throw e.fault(
          Diagnostic.error(
                  Code.BAD_DTYPE_FOR_OP, at, array.type() + " does not convert to " + dtype.text())
              .help("take a part: `real(z)`, `imag(z)`, `abs(z)`"));
    }
    if (dtype.complex() && !array.dtype().complex()) {
      Val.Array real = e.emit1(new Convert(dtype.real()), array);
      return e.emit1(ComplexPart.COMPLEX, real, Operators.fill(e, real, 0));
    }
    return e.emit1(new Convert(dtype), array);
  }
}
