package org.girih.passes;

import java.util.ArrayList;
import java.util.List;
import org.girih.ir.op.FuncRef;
import org.girih.ir.program.Block;
import org.girih.ir.program.Equation;
import org.girih.ir.program.Func;
import org.girih.ir.type.Value;

/// A function made anew from an old one: equations are taken over with their values renamed, so
/// that ids stay dense.
final class Rewriting {
  private final FuncRef ref;
  private final Value[] renamed;
  private final List<Value> params = new ArrayList<>();
  private final List<Equation> equations = new ArrayList<>();
  private int next;

  Rewriting(Func func) {
    this.ref = func.ref();
    this.renamed = new Value[func.block().ids()];
    for (Value param : func.block().params()) {
      Value value = new Value(next++, param.type());
      params.add(value);
      renamed[param.id()] = value;
    }
  }

  /// An old value's new name.
  Value value(Value old) {
    return renamed[old.id()];
  }

  List<Value> values(List<Value> old) {
    return old.stream().map(this::value).toList();
  }

  /// An old value is the same as a new one.
  void alias(Value old, Value same) {
    renamed[old.id()] = same;
  }

  /// Takes an equation over.
  Equation keep(Equation old) {
    var results = new ArrayList<Value>(old.results().size());
    for (Value result : old.results()) {
      Value value = new Value(next++, result.type());
      results.add(value);
      renamed[result.id()] = value;
    }
    var equation = new Equation(results, old.op(), values(old.operands()), old.origin());
    equations.add(equation);
    return equation;
  }

  Func finish(List<Value> results) {
    return new Func(ref, new Block(params, equations, values(results)));
  }
}
