package org.girih.passes.transform;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.girih.ir.diagnostic.CompilerBug;
import org.girih.ir.op.Broadcast;
import org.girih.ir.op.Builder;
import org.girih.ir.op.Constant;
import org.girih.ir.op.Iota;
import org.girih.ir.op.Mask;
import org.girih.ir.op.Op;
import org.girih.ir.op.Reshape;
import org.girih.ir.op.Splitting;
import org.girih.ir.op.Structured;
import org.girih.ir.op.Transform;
import org.girih.ir.op.Transforms;
import org.girih.ir.op.Transpose;
import org.girih.ir.program.Block;
import org.girih.ir.program.Equation;
import org.girih.ir.program.Func;
import org.girih.ir.type.Value;

/// Cuts a function in two: what can be computed without the unknown parameters, and the rest. Known
/// values that the rest needs are residuals; constants, what only arranges a smaller or equal
/// array, and what is cheap to get from other residuals ([Recomputing]) are computed again instead.
/// (Partial evaluation, as in Radul et al., "You Only Linearize Once", 2022.)
///
/// ```
/// func @f.jvp(%0: f32, %1: f32) -> (f32, f32) {   func @f.fwd(%0: f32) -> (f32, f32) {
///   %2: f32 = sin %0                                %1: f32 = sin %0
///   %3: f32 = cos %0                      ───▶      %2: f32 = cos %0
///   %4: f32 = multiply %1 %3                        return %1, %2
///   return %2, %4                                 }
/// }                                               func @f.lin(%0: f32, %1: f32) -> (f32) {
///                                                   %2: f32 = multiply %1 %0
///                                                   return %2
///                                                 }
/// ```
final class Split {
  private final Derivations derivations;
  private final RuleBuilder known;
  private final RuleBuilder unknown;
  private final Map<Value, Value> residuals = new LinkedHashMap<>();
  private Value[] knowns;
  private Value[] unknowns;

  Split(Derivations derivations) {
    this.derivations = derivations;
    this.known = derivations.sketch();
    this.unknown = derivations.sketch();
  }

  Transforms.Halves run(Func func, Mask isUnknown, Mask force) {
    Block block = func.block();
    knowns = new Value[block.ids()];
    unknowns = new Value[block.ids()];
    var knownParams = new ArrayList<Value>();
    var unknownParams = new ArrayList<Value>();
    var places = new LinkedHashMap<Value, Integer>();
    for (int i = 0; i < block.params().size(); i++) {
      Value param = block.params().get(i);
      if (isUnknown.at(i)) {
        unknowns[param.id()] = unknown.param(param.type());
        unknownParams.add(unknowns[param.id()]);
      } else {
        knowns[param.id()] = known.param(param.type());
        knownParams.add(knowns[param.id()]);
        places.put(knowns[param.id()], i);
      }
    }
    for (Equation equation : block.equations()) {
      known.at(equation.origin());
      unknown.at(equation.origin());
      derivations.at(
          equation.origin(),
          () -> {
            equation(equation);
            return null;
          });
    }
    var knownResults = new ArrayList<Value>();
    var unknownResults = new ArrayList<Value>();
    var out = new ArrayList<Boolean>();
    for (int i = 0; i < block.results().size(); i++) {
      Value result = block.results().get(i);
      boolean late = knowns[result.id()] == null || force.at(i);
      out.add(late);
      if (late) {
        unknownResults.add(inUnknown(result));
      } else {
        knownResults.add(knowns[result.id()]);
      }
    }
    boolean[] used = unknown.used(unknownResults);
    var needed = new ArrayList<Value>();
    residuals.forEach(
        (value, param) -> {
          if (used[param.id()]) {
            needed.add(value);
          }
        });
    var recomputing = new Recomputing(known, needed);
    var late = derivations.sketch();
    var stored = new HashMap<Value, Value>();
    var now = new HashMap<Value, Value>();
    var list = new ArrayList<Transforms.Residual>();
    var params = new ArrayList<Value>();
    for (Value value : recomputing.kept()) {
      Value param = late.param(value.type());
      stored.put(value, param);
      params.add(param);
      Integer place = places.get(value);
      if (place != null) {
        list.add(new Transforms.Residual.Param(place));
      } else {
        int at = knownResults.indexOf(value);
        if (at < 0) {
          at = knownResults.size();
          knownResults.add(value);
        }
        list.add(new Transforms.Residual.Result(at));
      }
    }
    for (Value param : unknownParams) {
      Value fresh = late.param(param.type());
      now.put(param, fresh);
      params.add(fresh);
    }
    residuals.forEach(
        (value, param) -> {
          if (used[param.id()]) {
            now.put(param, recomputing.emit(value, late, stored));
          }
        });
    unknown.replay(late, now, unknownResults);
    String base = func.ref().name().replaceFirst("\\.jvp$", "");
    return new Transforms.Halves(
        derivations.made(base + ".fwd", known, knownParams, knownResults),
        derivations.made(
            base + ".lin", late, params, unknownResults.stream().map(now::get).toList()),
        List.copyOf(list),
        new Mask(out));
  }

  private void equation(Equation equation) {
    Mask mask =
        Mask.where(
            equation.operands().size(), i -> knowns[equation.operands().get(i).id()] == null);
    if (!mask.any()) {
      List<Value> results =
          known.emit(equation.op(), equation.operands().stream().map(o -> knowns[o.id()]).toList());
      for (int i = 0; i < results.size(); i++) {
        knowns[equation.results().get(i).id()] = results.get(i);
      }
      return;
    }
    switch (equation.op()) {
      case Op.Plain op -> {
        List<Value> results =
            unknown.emit(op, equation.operands().stream().map(this::inUnknown).toList());
        for (int i = 0; i < results.size(); i++) {
          unknowns[equation.results().get(i).id()] = results.get(i);
        }
      }
      case Structured op -> op.split(derivations, new Halving(equation, mask));
      case Transform op -> throw new CompilerBug(op.primitive() + " in a function that is split");
    }
  }

  /// Returns a value of the function in the unknown half.
  private Value inUnknown(Value original) {
    Value value = unknowns[original.id()];
    return value != null ? value : residual(knowns[original.id()]);
  }

  /// Returns a value of the known half in the unknown one.
  private Value residual(Value value) {
    Value before = residuals.get(value);
    if (before != null) {
      return before;
    }
    Equation made = known.definition(value);
    if (made != null) {
      switch (made.op()) {
        case Constant _, Iota _, Broadcast _, Reshape _, Transpose _ -> {
          return unknown
              .emit(made.op(), made.operands().stream().map(this::residual).toList())
              .getFirst();
        }
        case Op _ -> {}
      }
    }
    Value param = unknown.param(value.type());
    residuals.put(value, param);
    return param;
  }

  private final class Halving implements Splitting {
    private final Equation equation;
    private final Mask mask;

    Halving(Equation equation, Mask mask) {
      this.equation = equation;
      this.mask = mask;
    }

    @Override
    public Builder known() {
      return known;
    }

    @Override
    public Builder unknown() {
      return unknown;
    }

    @Override
    public Mask mask() {
      return mask;
    }

    @Override
    public Value known(int operand) {
      return knowns[equation.operands().get(operand).id()];
    }

    @Override
    public Value unknown(int operand) {
      return inUnknown(equation.operands().get(operand));
    }

    @Override
    public Value residual(Value value) {
      return Split.this.residual(value);
    }

    @Override
    public void knownResult(int result, Value value) {
      knowns[equation.results().get(result).id()] = value;
    }

    @Override
    public void unknownResult(int result, Value value) {
      unknowns[equation.results().get(result).id()] = value;
    }
  }
}
