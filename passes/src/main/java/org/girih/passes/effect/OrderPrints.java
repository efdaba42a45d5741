package org.girih.passes.effect;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.girih.ir.op.Call;
import org.girih.ir.op.Cond;
import org.girih.ir.op.Constant;
import org.girih.ir.op.Control;
import org.girih.ir.op.FuncRef;
import org.girih.ir.op.Op;
import org.girih.ir.op.Print;
import org.girih.ir.op.Scan;
import org.girih.ir.op.While;
import org.girih.ir.program.Block;
import org.girih.ir.program.Entry;
import org.girih.ir.program.Equation;
import org.girih.ir.program.Func;
import org.girih.ir.program.Program;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.DType;
import org.girih.ir.type.Literal;
import org.girih.ir.type.Value;
import org.girih.passes.rebuild.BlockCopy;
import org.girih.passes.rebuild.Effects;
import org.girih.passes.rebuild.PruneFunctions;

/// Makes a chain of all that an entry prints: each print waits for the one before it, through
/// calls, branches and loops, so that lines come in the order of the program although a device runs
/// what does not depend on each other in any order.
///
/// ```
/// func @body(%0: i32, %1: f32) -> (f32) {      func @body.ordered(%0: i32, %1: f32, %2: u32) -> …
///   %2: u32 = constant 0                         %3: u32 = print %1 %2 {…}
///   %3: u32 = print %1 %2 {…}                    %4: f32 = multiply %1 %1
///   %4: f32 = multiply %1 %1            ───▶     return %4, %3
///   return %4                                  }
/// }                                            %3: f32, %4: u32 = scan %0 %2 {body =
/// @body.ordered, …} %2: f32 = scan %0 {body = @body, …}
/// ```
///
/// The last pass: others see no dependence between prints. What a `while` prints in its condition
/// is ordered behind what is before the loop or in the body before, and before nothing.
public final class OrderPrints {
  private static final ArrayType ORDER = ArrayType.scalar(DType.U32);

  /// A function with one more parameter, and one more result unless that is negative, at these
  /// places.
  private record Key(FuncRef of, int param, int result) {}

  private final Program program;
  private final Effects effects;
  private final Map<Key, FuncRef> versions = new HashMap<>();
  private final LinkedHashMap<FuncRef, Func> made = new LinkedHashMap<>();

  private OrderPrints(Program program) {
    this.program = program;
    this.effects = Effects.of(program);
  }

  public static Program run(Program program) {
    var pass = new OrderPrints(program);
    if (program.funcs().values().stream().noneMatch(OrderPrints::unordered)) {
      return program;
    }
    var roots = program.entries().stream().map(Entry::func).toList();
    for (Func func : program.funcs().values()) {
      boolean root = roots.contains(func.ref()) && pass.effects.in(func.ref());
      pass.made.put(func.ref(), root ? new Func(func.ref(), pass.root(func.block())) : func);
    }
    return PruneFunctions.run(program.withFuncs(List.copyOf(pass.made.values())));
  }

  /// Returns whether a function prints something whose order is 0, as where the program is made; a
  /// chain begins with 1.
  private static boolean unordered(Func func) {
    var zeros = new HashSet<Value>();
    for (Equation equation : func.block().equations()) {
      if (equation.op() instanceof Constant(var literal) && literal.equals(Literal.of(ORDER, 0))) {
        zeros.add(equation.result());
      }
      if (equation.op() instanceof Print && zeros.contains(equation.operands().getLast())) {
        return true;
      }
    }
    return false;
  }

  private Block root(Block block) {
    var copy = new BlockCopy(block);
    Value first =
        copy.append(
                new Constant(Literal.of(ORDER, 1)),
                List.of(),
                List.of(ORDER),
                org.girih.ir.program.Origin.NONE)
            .getFirst();
    equations(copy, block, first);
    return copy.finish();
  }

  private FuncRef version(FuncRef of, int param, int result) {
    var key = new Key(of, param, result);
    FuncRef before = versions.get(key);
    if (before != null) {
      return before;
    }
    Block block = program.func(of).block();
    var copy = BlockCopy.bare(block);
    Value order = null;
    for (int i = 0; i <= block.params().size(); i++) {
      if (i == param) {
        order = copy.param(ORDER);
      }
      if (i < block.params().size()) {
        Value old = block.params().get(i);
        copy.replace(old, copy.param(old.type()));
      }
    }
    Value last = equations(copy, block, order);
    Block same = copy.finish();
    var results = new ArrayList<>(same.results());
    if (result >= 0) {
      results.add(result, last);
    }
    var ref = fresh(of.name() + ".ordered");
    made.put(ref, new Func(ref, new Block(same.params(), same.equations(), results)));
    versions.put(key, ref);
    return ref;
  }

  private FuncRef fresh(String name) {
    var ref = new FuncRef(name);
    for (int i = 2; made.containsKey(ref) || program.funcs().containsKey(ref); i++) {
      ref = new FuncRef(name + "." + i);
    }
    return ref;
  }

  /// Copies the equations; returns the order behind the last of them.
  private Value equations(BlockCopy copy, Block block, Value first) {
    Value order = first;
    for (Equation equation : block.equations()) {
      List<Value> operands = copy.now(equation.operands());
      if (!effects.in(equation.op())) {
        copy.keep(equation, equation.op(), operands);
      } else {
        order = ordered(copy, equation, operands, order);
      }
    }
    return order;
  }

  private Value ordered(BlockCopy copy, Equation equation, List<Value> operands, Value order) {
    return switch (equation.op()) {
      case Print print -> {
        var with = new ArrayList<>(operands.subList(0, operands.size() - 1));
        with.add(order);
        yield copy.keep(equation, print, with).result();
      }
      case Control op -> {
        int results = equation.results().size();
        Step step =
            switch (op) {
              case Call(FuncRef callee) ->
                  new Step(
                      new Call(version(callee, operands.size(), results)),
                      operands.size(),
                      results);
              case Cond(FuncRef then, FuncRef otherwise) -> {
                int given = operands.size() - 1;
                yield new Step(
                    new Cond(version(then, given, results), version(otherwise, given, results)),
                    operands.size(),
                    results);
              }
              case While(FuncRef condition, FuncRef body, int constants, var max) ->
                  new Step(
                      new While(
                          version(condition, operands.size(), -1),
                          version(body, operands.size(), results),
                          constants,
                          max),
                      operands.size(),
                      results);
              case Scan(
                      FuncRef body,
                      var length,
                      int constants,
                      int carries,
                      var reverse,
                      var counted) ->
                  new Step(
                      new Scan(
                          version(body, constants + 1 + carries, carries),
                          length,
                          constants,
                          carries + 1,
                          reverse,
                          counted),
                      (counted ? 1 : 0) + constants + carries,
                      carries);
            };
        yield step.emit(copy, equation, operands, order);
      }
      case Op other -> throw new org.girih.ir.diagnostic.CompilerBug("no order of " + other);
    };
  }

  /// An op with one more operand and one more result, at these places.
  private record Step(Op op, int operand, int result) {
    Value emit(BlockCopy copy, Equation old, List<Value> operands, Value order) {
      var with = new ArrayList<>(operands);
      with.add(operand, order);
      var types = new ArrayList<>(old.results().stream().map(Value::type).toList());
      types.add(result, ORDER);
      List<Value> results = copy.append(op, with, types, old.origin());
      var own = new ArrayList<>(results);
      Value last = own.remove(result);
      for (int i = 0; i < own.size(); i++) {
        copy.replace(old.results().get(i), own.get(i));
      }
      return last;
    }
  }
}
