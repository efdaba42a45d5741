package org.girih.grammar.elaborate.array;

import java.util.ArrayList;
import java.util.List;
import org.girih.grammar.elaborate.core.Elaboration;
import org.girih.grammar.elaborate.core.Val;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.diagnostic.Diagnostic;
import org.girih.ir.op.Concatenate;
import org.girih.ir.op.Reshape;
import org.girih.ir.source.Span;
import org.girih.ir.type.Condition;
import org.girih.ir.type.Dim;

/// Puts arrays of one type together to one array.
public final class Stacking {
  private Stacking() {}

  /// Arrays of one type under a new leading axis.
  public static Val.Array stack(Elaboration e, Span at, List<Operands.Operand> items) {
    var literal = Literals.of(e, items);
    if (literal.isPresent()) {
      return literal.get();
    }
    var unified = Operands.unify(e, at, "an array", items);
    var first = unified.arrays().getFirst();
    var rows = new ArrayList<Val.Array>();
    for (int i = 0; i < items.size(); i++) {
      var row = unified.arrays().get(i);
      if (row.rank() != first.rank() || !sameDims(e, row, first)) {
        throw e.fault(
            Diagnostic.error(
                    Code.SIZES_DIFFER,
                    items.get(i).at(),
                    "items of " + first.type() + " and " + row.type() + " in one array")
                .label(items.getFirst().at(), first.type().toString()));
      }
      var dims = new ArrayList<>(row.type().dims());
      dims.addFirst(Dim.of(1));
      rows.add(e.emit1(new Reshape(dims), row));
    }
    Val.Array out = e.emit(new Concatenate(0), rows).getFirst();
    return new Val.Array(out.owner(), out.value(), unified.weak());
  }

  private static boolean sameDims(Elaboration e, Val.Array a, Val.Array b) {
    for (int i = 0; i < a.rank(); i++) {
      switch (a.type().dim(i).equalTo(b.type().dim(i))) {
        case YES -> {}
        case NO -> {
          return false;
        }
        case UNKNOWN -> e.condition(Condition.equal(a.type().dim(i), b.type().dim(i)));
      }
    }
    return true;
  }
}
