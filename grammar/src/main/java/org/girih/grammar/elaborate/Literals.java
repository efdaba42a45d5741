package org.girih.grammar.elaborate;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.girih.ir.op.Constant;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.DType;
import org.girih.ir.type.Elements;
import org.girih.ir.type.Literal;

/// Arrays of literals become one constant, not a concatenation: `[1.0, 2.0]`.
final class Literals {
  private Literals() {}

  /// The constant, if all items are static numbers, or all are static truth values.
  static Optional<Val.Array> of(Elaboration e, List<Operands.Operand> items) {
    boolean numbers =
        items.stream().allMatch(i -> i.val() instanceof Val.Int || i.val() instanceof Val.Real);
    boolean truths = items.stream().allMatch(i -> i.val() instanceof Val.Bool);
    if (!numbers && !truths) {
      return Optional.empty();
    }
    boolean real = items.stream().anyMatch(i -> i.val() instanceof Val.Real);
    DType dtype = truths ? DType.BOOL : real ? DType.F32 : DType.I32;
    var bytes = ByteBuffer.allocate(items.size() * dtype.bytes());
    for (var item : items) {
      Number number =
          switch (item.val()) {
            case Val.Int(var value) -> value;
            case Val.Real(double value) -> value;
            case Val.Bool(boolean value) -> value ? 1 : 0;
            case Val other -> throw new IllegalStateException(Trees.describe(other));
          };
      if (!truths && !Operands.fits(number, dtype)) {
        return Optional.empty(); // the general way says what is wrong
      }
      bytes.put(Elements.of(dtype, number));
    }
    var type = ArrayType.of(dtype, items.size());
    return Optional.of(e.emit1(new Constant(Literal.dense(type, bytes.array()))));
  }
}
