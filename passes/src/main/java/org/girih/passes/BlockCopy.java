package org.girih.passes;

import java.util.ArrayList;
import java.util.List;
import org.girih.ir.op.Op;
import org.girih.ir.program.Block;
import org.girih.ir.program.Equation;
import org.girih.ir.type.Value;

/// A block that is being copied with changes: parameters as they were, then the equations that are
/// kept, their values numbered afresh. It knows for each old value what stands for it now.
final class BlockCopy {
  private final Block from;
  private final Value[] now;
  private final List<Equation> equations;
  private int next;

  BlockCopy(Block from) {
    this.from = from;
    this.now = new Value[from.ids()];
    this.equations = new ArrayList<>(from.equations().size());
    for (Value param : from.params()) {
      now[param.id()] = param;
    }
    this.next = from.params().size();
  }

  /// What stands for an old value.
  Value now(Value old) {
    return now[old.id()];
  }

  List<Value> now(List<Value> old) {
    var values = new ArrayList<Value>(old.size());
    for (Value value : old) {
      values.add(now(value));
    }
    return values;
  }

  /// Lets a new value stand for an old one.
  void replace(Value old, Value by) {
    now[old.id()] = by;
  }

  /// Appends an old equation with this op and these new operands; its results have the types that
  /// they had.
  Equation keep(Equation old, Op op, List<Value> operands) {
    var results = new ArrayList<Value>(old.results().size());
    for (Value result : old.results()) {
      Value fresh = result.id() == next ? result : new Value(next, result.type());
      next++;
      now[result.id()] = fresh;
      results.add(fresh);
    }
    var equation = new Equation(results, op, operands, old.origin());
    equations.add(equation);
    return equation;
  }

  /// The copy, whose results are what stands for the old ones.
  Block finish() {
    return new Block(from.params(), equations, now(from.results()));
  }
}
