package org.girih.passes.transform;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.girih.ir.op.Builder;
import org.girih.ir.op.FuncRef;
import org.girih.ir.op.Inference;
import org.girih.ir.op.Op;
import org.girih.ir.program.Block;
import org.girih.ir.program.Equation;
import org.girih.ir.program.Func;
import org.girih.ir.program.Origin;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.Value;
import org.girih.passes.rebuild.Effects;

/// A function under construction by rules. Parameters may come late, equal equations are emitted
/// once, and what nothing uses is left out in the end (effects are neither); so rules state what
/// they need as often as they like, and derivatives of derivatives do not grow by what repeats. Ids
/// are provisional until [#finish].
final class RuleBuilder implements Builder {
  private record Key(Op op, List<Value> operands) {}

  private final Inference inference;
  private final Effects effects;
  private final List<Equation> equations = new ArrayList<>();
  private final Map<Key, List<Value>> known = new HashMap<>();
  private final Map<Integer, Equation> definitions = new HashMap<>();
  private Origin origin = Origin.NONE;
  private int next;

  /// @param effects of the functions that there are
  RuleBuilder(Inference inference, Effects effects) {
    this.inference = inference;
    this.effects = effects;
  }

  Value param(ArrayType type) {
    return new Value(next++, type);
  }

  /// Sets where the equations that follow come from.
  void at(Origin where) {
    origin = where;
  }

  Origin origin() {
    return origin;
  }

  /// Returns the equation that defines a value; null for a parameter.
  Equation definition(Value value) {
    return definitions.get(value.id());
  }

  @Override
  public List<Value> once(Op op, List<Value> operands) {
    List<Value> before = known.get(new Key(op, List.copyOf(operands)));
    return before != null ? before : emit(op, operands);
  }

  @Override
  public List<Value> emit(Op op, List<Value> operands) {
    var key = new Key(op, List.copyOf(operands));
    List<Value> before = known.get(key);
    if (before != null && !effects.in(op)) {
      return before;
    }
    List<ArrayType> types = op.infer(inference, operands.stream().map(Value::type).toList());
    var results = new ArrayList<Value>(types.size());
    for (ArrayType type : types) {
      results.add(new Value(next++, type));
    }
    var equation = new Equation(results, op, operands, origin);
    equations.add(equation);
    equation.results().forEach(r -> definitions.put(r.id(), equation));
    known.put(key, equation.results());
    return equation.results();
  }

  /// Returns which values the results need, by id.
  boolean[] used(List<Value> results) {
    var used = new boolean[next];
    results.forEach(r -> used[r.id()] = true);
    for (Equation equation : equations.reversed()) {
      if (isUsed(used, equation)) {
        equation.operands().forEach(o -> used[o.id()] = true);
      }
    }
    return used;
  }

  /// Emits into another sketch what the results need.
  ///
  /// @param now what represents the parameters there, by id; those of the results are added
  void replay(RuleBuilder to, Map<Value, Value> now, List<Value> results) {
    boolean[] used = used(results);
    for (Equation equation : equations) {
      if (isUsed(used, equation)) {
        to.at(equation.origin());
        List<Value> made =
            to.emit(equation.op(), equation.operands().stream().map(now::get).toList());
        for (int i = 0; i < made.size(); i++) {
          now.put(equation.results().get(i), made.get(i));
        }
      }
    }
  }

  private boolean isUsed(boolean[] used, Equation equation) {
    if (effects.in(equation.op())) {
      return true;
    }
    for (Value result : equation.results()) {
      if (used[result.id()]) {
        return true;
      }
    }
    return false;
  }

  /// Returns the function of these parameters, which are all that were made and are used.
  Func finish(FuncRef ref, List<Value> params, List<Value> results) {
    boolean[] used = used(results);
    var renamed = new Value[next];
    int id = 0;
    var leading = new ArrayList<Value>(params.size());
    for (Value param : params) {
      renamed[param.id()] = new Value(id++, param.type());
      leading.add(renamed[param.id()]);
    }
    var kept = new ArrayList<Equation>();
    for (Equation equation : equations) {
      if (isUsed(used, equation)) {
        var fresh = new ArrayList<Value>(equation.results().size());
        for (Value result : equation.results()) {
          renamed[result.id()] = new Value(id++, result.type());
          fresh.add(renamed[result.id()]);
        }
        kept.add(
            new Equation(
                fresh,
                equation.op(),
                equation.operands().stream().map(o -> renamed[o.id()]).toList(),
                equation.origin()));
      }
    }
    return new Func(
        ref, new Block(leading, kept, results.stream().map(r -> renamed[r.id()]).toList()));
  }
}
