package org.girih.grammar.elaborate.core;

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
/// the array. Its ids are provisional; [#finish] renumbers.
public final class FunctionTrace {
  private final Inference inference;
  private final SequencedMap<Val.Array, Value> captures = new LinkedHashMap<>();
  private final List<Value> params = new ArrayList<>();
  private final List<Equation> equations = new ArrayList<>();
  private final Map<Value, Shard> placements = new HashMap<>();
  private final Map<Integer, Equation> definitions = new HashMap<>();
  private final Map<Integer, Val.Array> outer = new HashMap<>();
  private final Map<Integer, Affine> meanings = new HashMap<>();
  private final Map<Integer, Val.Array> arguments = new HashMap<>();
  private final int number;
  private final List<Symbol.Iteration> iterations;
  private final List<Side> sides;
  private int next;

  /// One of several things of which one is done.
  ///
  /// @param choice identifies the choice
  /// @param depth how many loops and mapped functions it is in
  public record Side(Choice choice, int branch, int depth) {}

  /// @param number later ones have greater numbers
  /// @param iterations the loops and mapped functions that it is in
  /// @param sides the branches that it is in
  FunctionTrace(
      Inference inference, int number, List<Symbol.Iteration> iterations, List<Side> sides) {
    this.inference = inference;
    this.number = number;
    this.iterations = List.copyOf(iterations);
    this.sides = List.copyOf(sides);
  }

  public int number() {
    return number;
  }

  /// Returns how many loops and mapped functions it is in.
  public int depth() {
    return iterations.size();
  }

  /// Returns the loops and mapped functions around, from the outermost on.
  public List<Symbol.Iteration> iterations() {
    return iterations;
  }

  /// Returns the branches that it is in, from the outermost on.
  public List<Side> sides() {
    return sides;
  }

  /// Records what a parameter is.
  public void means(Val.Array param, Affine value) {
    meanings.put(param.value().id(), value);
  }

  /// Returns what a parameter is, as far as it is known.
  Optional<Affine> meaning(Value param) {
    return Optional.ofNullable(meanings.get(param.id()));
  }

  /// Records what the first call passes for the parameters of code that is shared.
  public void arguments(List<Val.Array> parameters, List<Val.Array> given) {
    for (int i = 0; i < given.size(); i++) {
      arguments.put(parameters.get(i).value().id(), given.get(i));
    }
  }

  /// Returns what the first call passes for a parameter, if this is code that is shared.
  Optional<Val.Array> argument(Value param) {
    return Optional.ofNullable(arguments.get(param.id()));
  }

  /// The equation that computes a value.
  Optional<Equation> definition(Value value) {
    return Optional.ofNullable(definitions.get(value.id()));
  }

  /// The array that a value of this function is: its own, or the one that was captured.
  Val.Array array(Value value) {
    Val.Array captured = outer.get(value.id());
    return captured == null ? new Val.Array(this, value, false) : captured;
  }

  private Value fresh(ArrayType type) {
    return new Value(next++, type);
  }

  public Val.Array param(ArrayType type, boolean weak) {
    Value value = fresh(type);
    params.add(value);
    return new Val.Array(this, value, weak);
  }

  /// Returns a parameter for what the hole represents.
  public Val.Array param(Val.Hole hole) {
    Val.Array array = param(hole.type(), hole.weak());
    return hole.key() ? array.as(KeyUse.param(this, hole.type())) : array;
  }

  /// The array as a value of this function, captured if it is another's.
  public Value lift(Val.Array array) {
    if (array.owner() == this) {
      return array.value();
    }
    Value inner = captures.computeIfAbsent(array, a -> fresh(a.type()));
    outer.put(inner.id(), array);
    return inner;
  }

  /// Returns what was captured so far, in the order of the leading parameters.
  public List<Val.Array> captures() {
    return List.copyOf(captures.sequencedKeySet());
  }

  /// Returns how a value was placed where it was made, if it was.
  Optional<Shard> placement(Value value) {
    return Optional.ofNullable(placements.get(value));
  }

  /// Returns what was emitted so far.
  public List<Equation> equations() {
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
    var equation = new Equation(results, op, values, origin);
    equations.add(equation);
    results.forEach(result -> definitions.put(result.id(), equation));
    if (op instanceof Shard shard) {
      placements.put(results.getFirst(), shard);
    }
    return arrays;
  }

  /// The function whose parameters are `leading` (arrays of other functions, captured here or not),
  /// then the parameters; all that was captured must be among `leading`.
  public Func finish(FuncRef ref, List<Val.Array> leading, List<Val.Array> results) {
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
