package org.girih.passes.transform;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.girih.ir.diagnostic.CompilerBug;
import org.girih.ir.op.Custom;
import org.girih.ir.op.Discrete;
import org.girih.ir.op.Linear;
import org.girih.ir.op.Mask;
import org.girih.ir.op.Smooth;
import org.girih.ir.op.Structured;
import org.girih.ir.op.Transform;
import org.girih.ir.op.Transforms;
import org.girih.ir.program.Block;
import org.girih.ir.program.Equation;
import org.girih.ir.program.Func;
import org.girih.ir.program.Origin.Derivative;
import org.girih.ir.type.Value;

/// Forward mode: from a function the one that returns tangents too, equation by equation. A tangent
/// that is zero is not a value at all; integers have none.
///
/// ```
/// func @f(%0: f32) -> (f32) {        func @f.jvp(%0: f32, %1: f32) -> (f32, f32) {
///   %1: f32 = sin %0                   %2: f32 = sin %0
///   return %1                 ───▶     %3: f32 = cos %0
/// }                                    %4: f32 = multiply %1 %3
///                                      return %2, %4
///                                    }
/// ```
final class Forward {
  private final Derivations derivations;

  Forward(Derivations derivations) {
    this.derivations = derivations;
  }

  Transforms.Made run(Func func, Mask nonzero, Mask instantiate) {
    Block block = func.block();
    RuleBuilder sketch = derivations.sketch();
    var primals = new Value[block.ids()];
    var tangents = new Value[block.ids()];
    var params = new ArrayList<Value>();
    for (Value param : block.params()) {
      primals[param.id()] = sketch.param(param.type());
      params.add(primals[param.id()]);
    }
    for (int i : nonzero.positions()) {
      Value param = block.params().get(i);
      tangents[param.id()] = sketch.param(param.type());
      params.add(tangents[param.id()]);
    }
    for (Equation equation : block.equations()) {
      sketch.at(equation.origin());
      var xs = equation.operands().stream().map(o -> primals[o.id()]).toList();
      var ts =
          equation.operands().stream().map(o -> Optional.ofNullable(tangents[o.id()])).toList();
      var duals =
          ts.stream().anyMatch(Optional::isPresent)
              ? derivations.at(equation.origin(), () -> duals(sketch, equation, xs, ts))
              : new Structured.Duals(sketch.emit(equation.op(), xs), none(equation));
      for (int i = 0; i < equation.results().size(); i++) {
        int id = equation.results().get(i).id();
        primals[id] = duals.results().get(i);
        tangents[id] = duals.tangents().get(i).orElse(null);
      }
    }
    var results = new ArrayList<Value>();
    block.results().forEach(r -> results.add(primals[r.id()]));
    var out = new ArrayList<Boolean>();
    for (int i = 0; i < block.results().size(); i++) {
      Value result = block.results().get(i);
      Value tangent = tangents[result.id()];
      out.add(tangent != null || instantiate.at(i));
      if (tangent != null) {
        results.add(tangent);
      } else if (instantiate.at(i)) {
        results.add(sketch.zeros(result.type()));
      }
    }
    return new Transforms.Made(
        derivations.made(func.ref().name() + ".jvp", sketch, params, results), new Mask(out));
  }

  private static List<Optional<Value>> none(Equation equation) {
    return equation.results().stream().map(_ -> Optional.<Value>empty()).toList();
  }

  private Structured.Duals duals(
      RuleBuilder b, Equation equation, List<Value> xs, List<Optional<Value>> ts) {
    return switch (equation.op()) {
      case Structured op -> op.jvp(b, derivations, xs, ts);
      case Discrete op -> new Structured.Duals(b.emit(op, xs), none(equation));
      case Custom op -> {
        List<Value> ys = b.emit(op, xs);
        b.at(b.origin().of(Derivative.TANGENT));
        yield new Structured.Duals(ys, op.jvp(b, xs, ys, ts));
      }
      case Linear op -> {
        List<Value> ys = b.emit(op, xs);
        Value y = ys.getFirst();
        b.at(b.origin().of(Derivative.TANGENT));
        yield new Structured.Duals(
            ys,
            List.of(
                y.type().dtype().inexact() ? op.tangent(b, xs, y, ts) : Optional.<Value>empty()));
      }
      case Smooth op -> {
        List<Value> ys = b.emit(op, xs);
        b.at(b.origin().of(Derivative.TANGENT));
        yield new Structured.Duals(ys, List.of(smooth(b, op, xs, ys.getFirst(), ts)));
      }
      case Transform op ->
          throw new CompilerBug(op.primitive() + " in a function that is differentiated");
    };
  }

  /// Returns the sum over the operands of the tangents that theirs make.
  private static Optional<Value> smooth(
      RuleBuilder b, Smooth op, List<Value> xs, Value y, List<Optional<Value>> ts) {
    Value sum = null;
    for (int i = 0; i < xs.size(); i++) {
      if (ts.get(i).isPresent()) {
        Value term = op.tangent(b, i, xs, y, ts.get(i).get());
        sum = sum == null ? term : b.add(sum, term);
      }
    }
    return Optional.ofNullable(sum);
  }
}
