package org.girih.passes.transform;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.diagnostic.CompilerBug;
import org.girih.ir.op.Cotangents;
import org.girih.ir.op.DynamicSlice;
import org.girih.ir.op.DynamicUpdateSlice;
import org.girih.ir.op.Linear;
import org.girih.ir.op.Mask;
import org.girih.ir.op.Op;
import org.girih.ir.op.Refusal;
import org.girih.ir.op.ScatterAdd;
import org.girih.ir.op.Select;
import org.girih.ir.op.StopGradient;
import org.girih.ir.op.Structured;
import org.girih.ir.op.Transforms;
import org.girih.ir.op.TransposedOperands;
import org.girih.ir.program.Block;
import org.girih.ir.program.Equation;
import org.girih.ir.program.Func;
import org.girih.ir.program.Origin.Derivative;
import org.girih.ir.type.Value;

/// The transpose of a function that is linear in some parameters: equations that do not depend on
/// these as they are, then the others backward, each adding to the cotangents of its operands.
///
/// ```
/// func @f.lin(%0: f32, %1: f32) -> (f32) {         func @f.vjp(%0: f32, %1: f32) -> (f32) {
///   %2: f32 = multiply %1 %0              ───▶       %2: f32 = multiply %1 %0
///   return %2                                        return %2
/// }                                                }
/// ```
///
/// An equation that is not linear in the operands that depend on the parameters is a mistake in a
/// derivative rule of the program, and refused.
final class Transposition {
  private final Derivations derivations;
  private final Func func;
  private final Block block;
  private final RuleBuilder sketch;
  private final Value[] knowns;
  private final Value[] cotangents;
  private final boolean[] linear;
  private final boolean[] sums;

  Transposition(Derivations derivations, Func func) {
    this.derivations = derivations;
    this.func = func;
    this.block = func.block();
    this.sketch = derivations.sketch();
    this.knowns = new Value[block.ids()];
    this.cotangents = new Value[block.ids()];
    this.linear = new boolean[block.ids()];
    this.sums = new boolean[block.ids()];
  }

  Transforms.Made run(Mask isLinear, Mask nonzero, Mask accumulate) {
    var params = new ArrayList<Value>();
    for (int i = 0; i < isLinear.size(); i++) {
      Value param = block.params().get(i);
      linear[param.id()] = isLinear.at(i);
      if (!isLinear.at(i)) {
        knowns[param.id()] = sketch.param(param.type());
        params.add(knowns[param.id()]);
      }
    }
    var backward = new ArrayList<Equation>();
    for (Equation equation : block.equations()) {
      sketch.at(equation.origin());
      if (equation.operands().stream().anyMatch(o -> linear[o.id()])) {
        equation.results().forEach(r -> linear[r.id()] = true);
        backward.add(equation);
      } else {
        List<Value> results =
            sketch.emit(
                equation.op(), equation.operands().stream().map(o -> knowns[o.id()]).toList());
        for (int i = 0; i < results.size(); i++) {
          knowns[equation.results().get(i).id()] = results.get(i);
        }
      }
    }
    var given = new ArrayList<Value>();
    for (int i : nonzero.positions()) {
      given.add(sketch.param(block.results().get(i).type()));
    }
    params.addAll(given);
    for (int i : accumulate.positions()) {
      Value param = block.params().get(i);
      sums[param.id()] = true;
      cotangents[param.id()] = sketch.param(param.type());
      params.add(cotangents[param.id()]);
    }
    for (int i = 0; i < given.size(); i++) {
      Value result = block.results().get(nonzero.positions().get(i));
      if (linear[result.id()]) {
        add(result, given.get(i));
      }
    }
    for (Equation equation : backward.reversed()) {
      // What all lanes share has a cotangent without lane axis; so which axes are lanes is unknown.
      sketch.at(equation.origin().of(Derivative.COTANGENT).inLanes(0));
      derivations.at(
          equation.origin(),
          () -> {
            back(equation);
            return null;
          });
    }
    var results = new ArrayList<Value>();
    var out = new ArrayList<Boolean>();
    for (int i = 0; i < isLinear.size(); i++) {
      Value ct = isLinear.at(i) ? cotangents[block.params().get(i).id()] : null;
      out.add(ct != null);
      if (ct != null) {
        results.add(ct);
      }
    }
    String base = func.ref().name().replaceFirst("\\.lin$", "");
    return new Transforms.Made(
        derivations.made(base + ".vjp", sketch, params, results), new Mask(out));
  }

  private void back(Equation equation) {
    var cts =
        equation.results().stream().map(r -> Optional.ofNullable(cotangents[r.id()])).toList();
    if (cts.stream().allMatch(Optional::isEmpty)) {
      return;
    }
    var operands =
        new TransposedOperands(
            equation.operands().stream().map(Value::type).toList(),
            equation.operands().stream()
                .map(o -> linear[o.id()] ? Optional.<Value>empty() : Optional.of(knowns[o.id()]))
                .toList());
    var out = new Adding(equation);
    switch (equation.op()) {
      case Linear op -> {
        if (!inOneGroup(op, operands)) {
          throw notLinear(op);
        }
        op.transpose(sketch, operands, cts.getFirst().orElseThrow(), out);
      }
      case Structured op -> op.transpose(sketch, derivations, operands, cts, out);
      case StopGradient _ when guards(equation) -> {}
      case Op op -> throw notLinear(op);
    }
  }

  /// Returns whether this is the last part of `select(p, t, stop_gradient(t))`, in which a branch
  /// on lanes takes its operands: the tangent itself, whose cotangent comes from the lanes of the
  /// branch.
  private boolean guards(Equation stop) {
    Value t = stop.operands().getFirst();
    return func.block().equations().stream()
        .filter(e -> e.operands().contains(stop.result()))
        .allMatch(
            e ->
                e.op() instanceof Select
                    && e.operands().get(1).equals(t)
                    && e.operands().get(2).equals(stop.result()));
  }

  private static boolean inOneGroup(Linear op, TransposedOperands operands) {
    return op.groups(operands.size()).stream()
        .anyMatch(
            group ->
                IntStream.range(0, operands.size())
                    .allMatch(i -> !operands.linear(i) || group.contains(i)));
  }

  /// Blames a rule of the program's, since our own are linear.
  private static Refusal notLinear(Op op) {
    return new Refusal(
        Code.BAD_RULE,
        "the tangent of a rule is not linear: it goes through `" + op.primitive() + "`",
        "a `@jvp` rule multiplies the tangents that it is given by values, and adds them up");
  }

  private void add(Value original, Value ct) {
    if (!ct.type().equals(original.type())) {
      throw new CompilerBug(
          "a cotangent " + ct.type() + " of a value " + original.type() + " in " + func.ref());
    }
    Value before = cotangents[original.id()];
    cotangents[original.id()] = before == null ? ct : sketch.add(before, ct);
  }

  private final class Adding implements Cotangents {
    private final Equation equation;

    Adding(Equation equation) {
      this.equation = equation;
    }

    private Value original(int operand) {
      return equation.operands().get(operand);
    }

    @Override
    public void add(int operand, Value ct) {
      if (linear[original(operand).id()]) {
        Transposition.this.add(original(operand), ct);
      }
    }

    @Override
    public void addSlice(int operand, List<Value> starts, Value ct) {
      Value original = original(operand);
      Value sum = cotangents[original.id()];
      Value block = ct;
      if (sum == null) {
        sum = sketch.zeros(original.type());
      } else {
        var read = new ArrayList<>(starts);
        read.addFirst(sum);
        Value before = sketch.emit(new DynamicSlice(ct.type().dims()), read).getFirst();
        block = sketch.add(before, ct);
      }
      var write = new ArrayList<Value>(List.of(sum, block));
      write.addAll(starts);
      cotangents[original.id()] = sketch.emit(new DynamicUpdateSlice(), write).getFirst();
    }

    @Override
    public void addScatter(int operand, ScatterAdd op, Value indices, Value ct) {
      Value original = original(operand);
      Value before = cotangents[original.id()];
      Value sum = before == null ? sketch.zeros(original.type()) : before;
      cotangents[original.id()] = sketch.emit1(op, sum, indices, ct);
    }

    @Override
    public boolean accumulates(int operand) {
      return sums[original(operand).id()];
    }

    @Override
    public Value take(int operand) {
      Value original = original(operand);
      Value sum = cotangents[original.id()];
      cotangents[original.id()] = null;
      return sum == null ? sketch.zeros(original.type()) : sum;
    }

    @Override
    public void put(int operand, Value sum) {
      add(operand, sum);
    }
  }
}
