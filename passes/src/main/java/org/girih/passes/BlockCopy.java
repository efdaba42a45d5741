package org.girih.passes;

import java.util.ArrayList;
import java.util.List;
import org.girih.ir.op.Mask;
import org.girih.ir.op.Op;
import org.girih.ir.program.Block;
import org.girih.ir.program.Equation;
import org.girih.ir.type.Value;

/// A block that is being copied with changes: all or some parameters, then the equations that are
/// kept, their values numbered afresh. It knows for each old value what stands for it now.
final class BlockCopy {
  private final Block from;
  private final Value[] now;
  private final List<Equation> equations;
  private final List<Value> params = new ArrayList<>();
  private int next;

  BlockCopy(Block from) {
    this(from, Mask.all(from.params().size()));
  }

  /// @param kept which parameters it still has
  BlockCopy(Block from, Mask kept) {
    this.from = from;
    this.now = new Value[from.ids()];
    this.equations = new ArrayList<>(from.equations().size());
    for (Value param : kept.pick(from.params())) {
      params.add(fresh(param));
    }
  }

  private Value fresh(Value old) {
    Value fresh = old.id() == next ? old : new Value(next, old.type());
    next++;
    now[old.id()] = fresh;
    return fresh;
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
    return keep(old, op, operands, old.results());
  }

  /// The same with some of the results.
  Equation keep(Equation old, Op op, List<Value> operands, List<Value> kept) {
    var results = new ArrayList<Value>(kept.size());
    for (Value result : kept) {
      results.add(fresh(result));
    }
    var equation = new Equation(results, op, operands, old.origin());
    equations.add(equation);
    return equation;
  }

  /// The copy, whose results are what stands for the old ones.
  Block finish() {
    return finish(from.results());
  }

  /// The copy with some of the results.
  Block finish(List<Value> kept) {
    return new Block(params, equations, now(kept));
  }
}
