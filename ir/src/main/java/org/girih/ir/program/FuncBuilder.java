package org.girih.ir.program;

import java.util.ArrayList;
import java.util.List;
import org.girih.ir.diagnostic.CompilerBug;
import org.girih.ir.op.Builder;
import org.girih.ir.op.FuncRef;
import org.girih.ir.op.IllTyped;
import org.girih.ir.op.Inference;
import org.girih.ir.op.Op;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.Value;

/// Builds one function: parameters first, then equations in order. It infers the types, numbers the
/// values and stamps the current origin.
public final class FuncBuilder implements Builder {
  private final FuncRef ref;
  private final Inference inference;
  private final List<Value> params = new ArrayList<>();
  private final List<Equation> equations = new ArrayList<>();
  private Origin origin = Origin.NONE;
  private int next;

  /// @param inference knows the functions that will be named
  public FuncBuilder(FuncRef ref, Inference inference) {
    this.ref = ref;
    this.inference = inference;
  }

  public FuncRef ref() {
    return ref;
  }

  /// Returns a further parameter.
  ///
  /// @throws CompilerBug after the first equation
  public Value param(ArrayType type) {
    if (!equations.isEmpty()) {
      throw new CompilerBug("a parameter of " + ref + " after its equations began");
    }
    Value value = new Value(next++, type);
    params.add(value);
    return value;
  }

  /// Sets where the equations that follow come from.
  public void at(Origin where) {
    origin = where;
  }

  public Origin origin() {
    return origin;
  }

  /// Returns how many equations there are.
  public int size() {
    return equations.size();
  }

  /// Appends an equation and returns its results.
  ///
  /// @throws IllTyped if the operands do not fit the op
  @Override
  public List<Value> emit(Op op, List<Value> operands) {
    List<ArrayType> types = op.infer(inference, operands.stream().map(Value::type).toList());
    var results = new ArrayList<Value>(types.size());
    for (ArrayType type : types) {
      results.add(new Value(next++, type));
    }
    var equation = new Equation(results, op, operands, origin);
    equations.add(equation);
    return equation.results();
  }

  /// Returns the function, complete.
  public Func finish(List<Value> results) {
    return new Func(ref, new Block(params, equations, results));
  }
}
