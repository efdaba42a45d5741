package org.girih.grammar.elaborate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.girih.ir.op.FuncRef;
import org.girih.ir.op.Inference;
import org.girih.ir.op.Op;
import org.girih.ir.op.Shard;
import org.girih.ir.program.Equation;
import org.girih.ir.program.Func;
import org.girih.ir.program.FuncBuilder;
import org.girih.ir.program.Origin;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.Value;

/// A function under construction. Unlike [FuncBuilder] it may find out late that it needs an array
/// of another function: that becomes a captured parameter, and whoever calls the function passes
/// the array. Its ids are provisional; [#finish] numbers anew.
final class Trace {
  private final Inference inference;
  private final SequencedMap<Val.Array, Value> captures = new LinkedHashMap<>();
  private final List<Value> params = new ArrayList<>();
  private final List<Equation> equations = new ArrayList<>();
  private final Map<Value, Shard> placements = new HashMap<>();
  private final int number;
  private final int depth;
  private int next;

  /// @param number later ones have greater numbers
  /// @param depth how many loops and mapped functions it stands in
  Trace(Inference inference, int number, int depth) {
    this.inference = inference;
    this.number = number;
    this.depth = depth;
  }

  int number() {
    return number;
  }

  int depth() {
    return depth;
  }

  private Value fresh(ArrayType type) {
    return new Value(next++, type);
  }

  Val.Array param(ArrayType type, boolean weak) {
    Value value = fresh(type);
    params.add(value);
    return new Val.Array(this, value, weak);
  }

  /// A parameter for what the hole stands for.
  Val.Array param(Val.Hole hole) {
    Val.Array array = param(hole.type(), hole.weak());
    return hole.key() ? array.as(KeyUse.in(this)) : array;
  }

  /// The array as a value of this function, captured if it is another's.
  Value lift(Val.Array array) {
    return array.owner() == this
        ? array.value()
        : captures.computeIfAbsent(array, a -> fresh(a.type()));
  }

  /// What was captured so far, in the order of the leading parameters.
  List<Val.Array> captures() {
    return List.copyOf(captures.sequencedKeySet());
  }

  /// How a value was placed where it was made, if it was.
  Optional<Shard> placement(Value value) {
    return Optional.ofNullable(placements.get(value));
  }

  /// What was emitted so far.
  List<Equation> equations() {
    return java.util.Collections.unmodifiableList(equations);
  }

  /// @throws org.girih.ir.op.IllTyped if the operands do not fit
  List<Val.Array> emit(Op op, List<Val.Array> operands, Origin origin) {
    var values = new ArrayList<Value>(operands.size());
    for (Val.Array operand : operands) {
      values.add(lift(operand));
    }
    List<ArrayType> types = op.infer(inference, values.stream().map(Value::type).toList());
    var results = new ArrayList<Value>(types.size());
    var arrays = new ArrayList<Val.Array>(types.size());
    for (ArrayType type : types) {
      Value result = fresh(type);
      results.add(result);
      arrays.add(new Val.Array(this, result, false));
    }
    equations.add(new Equation(results, op, values, origin));
    if (op instanceof Shard shard) {
      placements.put(results.getFirst(), shard);
    }
    return arrays;
  }

  /// The function whose parameters are `leading` (arrays of other functions, captured here or not),
  /// then the parameters; all that was captured must be among `leading`.
  Func finish(FuncRef ref, List<Val.Array> leading, List<Val.Array> results) {
    var out = new ArrayList<Value>();
    results.forEach(r -> out.add(lift(r)));
    var builder = new FuncBuilder(ref, inference);
    Value[] renamed = new Value[next];
    for (Val.Array array : leading) {
      Value param = builder.param(array.type());
      Value inner = captures.get(array);
      if (inner != null) {
        renamed[inner.id()] = param;
      }
    }
    for (Value param : params) {
      renamed[param.id()] = builder.param(param.type());
    }
    for (Equation equation : equations) {
      builder.at(equation.origin());
      List<Value> values =
          builder.emit(
              equation.op(), equation.operands().stream().map(o -> renamed[o.id()]).toList());
      for (int i = 0; i < values.size(); i++) {
        renamed[equation.results().get(i).id()] = values.get(i);
      }
    }
    return builder.finish(out.stream().map(r -> renamed[r.id()]).toList());
  }
}
