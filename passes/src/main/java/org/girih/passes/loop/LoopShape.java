package org.girih.passes.loop;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.girih.ir.op.Broadcast;
import org.girih.ir.op.Constant;
import org.girih.ir.op.FuncRef;
import org.girih.ir.op.Iota;
import org.girih.ir.op.Mask;
import org.girih.ir.op.Op;
import org.girih.ir.op.Scan;
import org.girih.ir.op.While;
import org.girih.ir.program.Block;
import org.girih.ir.program.Equation;
import org.girih.ir.program.Origin;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.DType;
import org.girih.ir.type.Dim;
import org.girih.ir.type.Literal;
import org.girih.ir.type.Value;
import org.girih.passes.loop.LoopInvariants.Meaning;
import org.girih.passes.rebuild.BlockCopy;
import org.girih.passes.rebuild.FunctionVersions;
import org.girih.passes.rebuild.RewriteBudget;

/// One loop as [SimplifyScans] finds it, and as it could be: what becomes of each parameter of its
/// functions, and of each result.
public final class LoopShape {
  /// The fate of a parameter.
  private sealed interface Place {
    record Keep() implements Place {}

    /// It is the constant of that number.
    record Slot(int at) implements Place {}

    /// The function makes it itself.
    record Literally(Literal literal) implements Place {}

    /// It is the same as an earlier parameter.
    record Same(int as) implements Place {}
  }

  /// The version of a function that is asked for.
  private record What(List<ArrayType> slots, List<Place> params, Mask results) {}

  private final FunctionVersions versions;
  private final BlockCopy copy;
  private final Equation equation;
  private final Optional<Value> count;
  private final FuncRef bodyRef;
  private final Optional<FuncRef> condition;
  private final Block body;
  private final int constants;
  private final int carries;
  private final int index;
  private final List<Value> operands;

  private final LoopInvariants steady;
  private final Map<Meaning, Integer> slots = new LinkedHashMap<>();
  private final List<Value> slotOperands = new ArrayList<>();
  private final List<Place> places = new ArrayList<>();

  public LoopShape(
      FunctionVersions versions,
      BlockCopy copy,
      Equation equation,
      Scan scan,
      List<Value> operands) {
    this(
        versions,
        copy,
        equation,
        scan.counted() ? Optional.of(operands.getFirst()) : Optional.empty(),
        scan.body(),
        Optional.empty(),
        scan.constants(),
        scan.carries(),
        1,
        operands.subList(scan.counted() ? 1 : 0, operands.size()));
  }

  public LoopShape(
      FunctionVersions versions,
      BlockCopy copy,
      Equation equation,
      While loop,
      List<Value> operands) {
    this(
        versions,
        copy,
        equation,
        Optional.empty(),
        loop.body(),
        Optional.of(loop.condition()),
        loop.constants(),
        operands.size() - loop.constants(),
        0,
        operands);
  }

  private LoopShape(
      FunctionVersions versions,
      BlockCopy copy,
      Equation equation,
      Optional<Value> count,
      FuncRef bodyRef,
      Optional<FuncRef> condition,
      int constants,
      int carries,
      int index,
      List<Value> operands) {
    this.versions = versions;
    this.copy = copy;
    this.equation = equation;
    this.count = count;
    this.bodyRef = bodyRef;
    this.condition = condition;
    this.body = versions.block(bodyRef);
    this.constants = constants;
    this.carries = carries;
    this.index = index;
    this.operands = operands;
    this.steady = new LoopInvariants(body, operands.subList(0, constants), copy);
  }

  private int firstArray() {
    return constants + carries;
  }

  private Value param(int operand) {
    return body.params().get(operand < constants ? operand : operand + index);
  }

  /// Puts a simpler loop into the copy; false if there is none, or none that the budget allows.
  public boolean simplify(RewriteBudget budget, String suffix) {
    for (int i = firstArray(); i < operands.size(); i++) {
      Value param = param(i);
      steady.slice(operands.get(i), param.type()).ifPresent(m -> steady.param(param, m));
    }
    boolean[] still =
        steady.carries(
            IntStream.range(constants, firstArray()).mapToObj(this::param).toList(),
            operands.subList(constants, firstArray()));
    place(still);
    Mask kept = keptResults(still);
    boolean same =
        kept.not().count() == 0
            && slots.size() == constants
            && places.stream()
                .noneMatch(p -> p instanceof Place.Literally || p instanceof Place.Same);
    if (same) {
      return false;
    }
    var what = new What(slotOperands.stream().map(Value::type).toList(), places, kept);
    var test = new What(what.slots(), places, Mask.all(1));
    if (!budget.spend(
        versions.cost(bodyRef, what) + condition.map(c -> versions.cost(c, test)).orElse(0L))) {
      return false;
    }
    if (kept.any()) {
      FuncRef step = versions.version(bodyRef, suffix, what, () -> version(body, what));
      emit(step, condition.map(c -> test(c, suffix, test)), kept);
    }
    replace(still, kept);
    return true;
  }

  private FuncRef test(FuncRef condition, String suffix, What what) {
    Block block = versions.block(condition);
    return versions.version(condition, suffix, what, () -> version(block, what));
  }

  private void place(boolean[] still) {
    for (int i = 0; i < constants; i++) {
      places.add(steady(i, operands.get(i)));
    }
    for (int i = 0; i < index; i++) {
      places.add(new Place.Keep());
    }
    for (int i = 0; i < carries; i++) {
      int at = constants + i;
      places.add(still[i] ? steady(at, operands.get(at)) : new Place.Keep());
    }
    var read = new HashMap<Value, Integer>();
    for (int i = firstArray(); i < operands.size(); i++) {
      Value array = operands.get(i);
      Integer before = read.putIfAbsent(array, i + index);
      if (steady.meaning(param(i)).isPresent()) {
        // Of a splat there is no slice to hand over, but none is asked for.
        Equation made = copy.equation(array);
        places.add(steady(i, made.operands().isEmpty() ? array : made.operands().getFirst()));
      } else {
        places.add(before == null ? new Place.Keep() : new Place.Same(before));
      }
    }
  }

  private Place steady(int operand, Value given) {
    Meaning meaning = steady.meaning(param(operand)).orElseThrow();
    if (meaning instanceof Meaning.Known(Literal literal) && literal.isSplat()) {
      return new Place.Literally(literal);
    }
    return new Place.Slot(
        slots.computeIfAbsent(
            meaning,
            _ -> {
              slotOperands.add(given);
              return slotOperands.size() - 1;
            }));
  }

  private Mask keptResults(boolean[] still) {
    var stacked = new HashMap<Value, Integer>();
    var kept = new ArrayList<Boolean>();
    for (int i = 0; i < body.results().size(); i++) {
      Value result = body.results().get(i);
      if (i < carries) {
        kept.add(!still[i]);
      } else {
        boolean again = stacked.putIfAbsent(result, i) != null;
        kept.add(!again && (count.isPresent() || !isKnown(result)));
      }
    }
    return new Mask(kept);
  }

  /// Returns whether the stack of a value can be had without the loop.
  private boolean isKnown(Value result) {
    return steady.meaning(result).isPresent() || array(result) >= 0 || isNumber(result);
  }

  private boolean isNumber(Value value) {
    return index == 1 && value.equals(body.params().get(constants));
  }

  /// Returns which operand the value is a slice of; −1 for none.
  private int array(Value value) {
    int at = value.id() - index;
    return at >= firstArray() && at < operands.size() && param(at).equals(value) ? at : -1;
  }

  private static Block version(Block block, What what) {
    var copy = BlockCopy.bare(block);
    var slots = what.slots().stream().map(copy::param).toList();
    List<Value> params = block.params();
    for (int i = 0; i < params.size(); i++) {
      Value param = params.get(i);
      if (what.params().get(i) instanceof Place.Keep) {
        copy.replace(param, copy.param(param.type()));
      }
    }
    var literals = new HashMap<Literal, Value>();
    for (int i = 0; i < params.size(); i++) {
      Value param = params.get(i);
      switch (what.params().get(i)) {
        case Place.Keep() -> {}
        case Place.Slot(int at) -> copy.replace(param, slots.get(at));
        case Place.Same(int as) -> copy.replace(param, copy.now(params.get(as)));
        case Place.Literally(Literal literal) ->
            copy.replace(
                param,
                literals.computeIfAbsent(
                    literal,
                    l ->
                        copy.append(new Constant(l), List.of(), List.of(l.type()), Origin.NONE)
                            .getFirst()));
      }
    }
    for (Equation equation : block.equations()) {
      copy.keep(equation, equation.op(), copy.now(equation.operands()));
    }
    return copy.finish(what.results().pick(block.results()));
  }

  private void emit(FuncRef step, Optional<FuncRef> test, Mask kept) {
    var in = new ArrayList<Value>();
    count.ifPresent(in::add);
    in.addAll(slotOperands);
    int carried = 0;
    for (int i = constants; i < operands.size(); i++) {
      if (places.get(i + index) instanceof Place.Keep) {
        in.add(operands.get(i));
        carried += i < firstArray() ? 1 : 0;
      }
    }
    int fixed = slotOperands.size();
    Op op =
        equation.op() instanceof Scan scan
            ? new Scan(step, scan.length(), fixed, carried, scan.reverse(), scan.counted())
            : new While(test.orElseThrow(), step, fixed, ((While) equation.op()).max());
    copy.keep(equation, op, in, kept.pick(equation.results()));
  }

  /// Replaces results that the loop no longer returns by the caller's values.
  private void replace(boolean[] still, Mask kept) {
    var stacked = new HashMap<Value, Value>();
    for (int i = 0; i < body.results().size(); i++) {
      Value result = body.results().get(i);
      Value old = equation.results().get(i);
      if (i < carries) {
        if (still[i]) {
          copy.replace(old, operands.get(constants + i));
        }
      } else {
        if (!kept.at(i)) {
          Value before = stacked.get(result);
          copy.replace(old, before == null ? stack(result, old.type()) : before);
        }
        stacked.putIfAbsent(result, copy.now(old));
      }
    }
  }

  private Value stack(Value result, ArrayType type) {
    if (array(result) >= 0) {
      return operands.get(array(result));
    }
    if (isNumber(result)) {
      return emit(new Iota(DType.I32, type.dims(), 0), type);
    }
    return switch (steady.meaning(result).orElseThrow()) {
      case Meaning.Outer(Value value) -> repeated(value, type);
      case Meaning.Known(Literal literal) ->
          literal.isSplat()
              ? emit(new Constant(Literal.splat(type, literal.element(0))), type)
              : repeated(emit(new Constant(literal), literal.type()), type);
    };
  }

  private Value repeated(Value value, ArrayType type) {
    List<Dim> dims = type.dims();
    return emit(new Broadcast(dims, IntStream.range(1, dims.size()).boxed().toList()), type, value);
  }

  private Value emit(Op op, ArrayType type, Value... in) {
    return copy.append(op, List.of(in), List.of(type), equation.origin()).getFirst();
  }
}
