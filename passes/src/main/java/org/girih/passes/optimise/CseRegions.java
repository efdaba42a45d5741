package org.girih.passes.optimise;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.girih.ir.op.Barrier;
import org.girih.ir.op.Call;
import org.girih.ir.op.Cond;
import org.girih.ir.op.Constant;
import org.girih.ir.op.Control;
import org.girih.ir.op.Convert;
import org.girih.ir.op.FuncRef;
import org.girih.ir.op.Iota;
import org.girih.ir.op.Op;
import org.girih.ir.op.Scan;
import org.girih.ir.op.While;
import org.girih.ir.program.Block;
import org.girih.ir.program.Entry;
import org.girih.ir.program.Equation;
import org.girih.ir.program.Func;
import org.girih.ir.program.Program;
import org.girih.ir.type.Value;
import org.girih.passes.rebuild.BlockCopy;
import org.girih.passes.rebuild.Effects;

/// Hands to a function what its caller has computed already: an equation of a branch, of a loop's
/// body or condition, or of a called function, with an op and operands that the caller had before,
/// goes, and the caller's value is captured instead. From the outside inwards.
///
/// ```
/// func @then(%0: f32[9]) -> (f32[9]) {            func @then(%0: f32[9], %1: f32[9]) -> (f32[9]) {
///   %1: f32[9] = exp %0                             %2: f32[9] = sin %1
///   %2: f32[9] = sin %1                             return %2
///   return %2                                     }
/// }                                       ───▶
/// %2: f32[9] = exp %0                             %2: f32[9] = exp %0
/// %3: f32[9] = cond %1 %0 {then = @then, …}       %3: f32[9] = cond %1 %0 %2 {then = @then, …}
/// ```
///
/// Valid since equal ops on equal operands have equal results, and what the caller has is there
/// whether the function runs or not.
///
/// Limits: only functions that one equation names, so that no copies are made; what is cheap is
/// computed again; nothing comes back to the caller from a function; nothing passes a barrier,
/// behind which things are computed again on purpose.
public final class CseRegions {
  private record Key(Op op, List<Value> operands) {}

  private final Map<FuncRef, Block> blocks = new HashMap<>();
  private final Map<FuncRef, Integer> uses = new HashMap<>();
  private final Set<FuncRef> roots = new HashSet<>();

  /// The values that a function has of its caller by now, in terms of its parameters.
  private final Map<FuncRef, Map<Key, List<Value>>> inherited = new HashMap<>();

  private final Effects effects;

  private CseRegions(Program program) {
    effects = Effects.of(program);
    for (Func func : program.funcs().values()) {
      blocks.put(func.ref(), func.block());
      for (Equation equation : func.block().equations()) {
        equation.op().callees().forEach(f -> uses.merge(f, 1, Integer::sum));
      }
    }
    program.entries().stream().map(Entry::func).forEach(roots::add);
    if (program.entries().isEmpty()) {
      roots.addAll(blocks.keySet());
    }
  }

  public static Program run(Program program) {
    var pass = new CseRegions(program);
    for (Func func : program.funcs().reversed().values()) {
      pass.caller(func.ref());
    }
    var funcs = new ArrayList<Func>();
    for (Func func : program.funcs().values()) {
      Block block = pass.blocks.get(func.ref());
      funcs.add(block == func.block() ? func : new Func(func.ref(), block));
    }
    return program.withFuncs(funcs);
  }

  private void caller(FuncRef ref) {
    Block block = blocks.get(ref);
    if (block.equations().stream().allMatch(e -> e.op().callees().isEmpty())) {
      return;
    }
    var known = new HashMap<>(inherited.getOrDefault(ref, Map.of()));
    var equations = new ArrayList<Equation>(block.equations().size());
    boolean changed = false;
    for (Equation equation : block.equations()) {
      Equation now =
          equation.op() instanceof Control op && op.callees().stream().allMatch(this::single)
              ? handing(equation, op, known)
              : equation;
      changed |= now != equation;
      equations.add(now);
      if (!(now.op() instanceof Barrier) && !effects.in(now.op())) {
        known.putIfAbsent(new Key(now.op(), now.operands()), now.results());
      }
    }
    if (changed) {
      blocks.put(ref, new Block(block.params(), equations, block.results()));
    }
  }

  private boolean single(FuncRef ref) {
    return uses.get(ref) == 1 && !roots.contains(ref);
  }

  /// Returns the equation with what its functions need not compute among the operands.
  private Equation handing(Equation equation, Control op, Map<Key, List<Value>> known) {
    int first = op instanceof Cond || op instanceof Scan scan && scan.counted() ? 1 : 0;
    int fixed =
        switch (op) {
          case Call _, Cond _ -> equation.operands().size() - first;
          case While loop -> loop.constants();
          case Scan scan -> scan.constants();
        };
    List<Value> captured = equation.operands().subList(first, first + fixed);
    var more = new LinkedHashMap<Value, Integer>();
    var found = new HashMap<FuncRef, Map<Value, Value>>();
    for (FuncRef callee : op.callees()) {
      Map<Value, Value> had = had(blocks.get(callee), captured, known);
      found.put(callee, had);
      for (Value outer : had.values()) {
        if (!captured.contains(outer)) {
          more.putIfAbsent(outer, more.size());
        }
      }
    }
    if (found.values().stream().allMatch(Map::isEmpty)) {
      return equation;
    }
    for (FuncRef callee : op.callees()) {
      var has = new HashMap<Key, List<Value>>();
      Block block = blocks.get(callee);
      blocks.put(callee, taking(block, captured, more, found.get(callee), has));
      inherited.put(callee, has);
    }
    var operands = new ArrayList<>(equation.operands());
    operands.addAll(first + fixed, more.keySet());
    return new Equation(equation.results(), with(op, more.size()), operands, equation.origin());
  }

  private static Control with(Control op, int more) {
    return switch (op) {
      case Call call -> call;
      case Cond cond -> cond;
      case While(FuncRef condition, FuncRef body, int constants, var max) ->
          new While(condition, body, constants + more, max);
      case Scan(FuncRef body, var length, int constants, int carries, var back, var counted) ->
          new Scan(body, length, constants + more, carries, back, counted);
    };
  }

  /// Returns which values of the function the caller has that are worth being captured.
  private static Map<Value, Value> had(
      Block block, List<Value> captured, Map<Key, List<Value>> known) {
    var outer = new HashMap<Value, Value>();
    var had = new LinkedHashMap<Value, Value>();
    for (int i = 0; i < captured.size(); i++) {
      outer.put(block.params().get(i), captured.get(i));
    }
    for (Equation equation : block.equations()) {
      var operands = new ArrayList<Value>();
      for (Value operand : equation.operands()) {
        Value there = outer.get(operand);
        if (there == null) {
          break;
        }
        operands.add(there);
      }
      if (operands.size() < equation.operands().size()) {
        continue;
      }
      List<Value> there = known.get(new Key(equation.op(), operands));
      for (int i = 0; there != null && i < there.size(); i++) {
        outer.put(equation.results().get(i), there.get(i));
        if (isDear(equation.op())) {
          had.put(equation.results().get(i), there.get(i));
        }
      }
    }
    return had;
  }

  private static boolean isDear(Op op) {
    return !(op instanceof Constant
        || op instanceof Iota
        || op instanceof Convert
        || op instanceof Op.Plain plain && plain.cheap());
  }

  /// Returns the function with further fixed parameters, for what it has of its caller.
  ///
  /// @param has what that is, to be filled
  private static Block taking(
      Block block,
      List<Value> captured,
      Map<Value, Integer> more,
      Map<Value, Value> had,
      Map<Key, List<Value>> has) {
    var copy = BlockCopy.bare(block);
    List<Value> params = block.params();
    var outer = new HashMap<Value, Value>();
    for (int i = 0; i < params.size(); i++) {
      if (i == captured.size()) {
        more.keySet().forEach(v -> outer.put(v, copy.param(v.type())));
      }
      copy.replace(params.get(i), copy.param(params.get(i).type()));
      if (i < captured.size()) {
        outer.putIfAbsent(captured.get(i), copy.now(params.get(i)));
      }
    }
    if (params.size() == captured.size()) {
      more.keySet().forEach(v -> outer.put(v, copy.param(v.type())));
    }
    for (Equation equation : block.equations()) {
      if (had.containsKey(equation.results().isEmpty() ? null : equation.results().getFirst())) {
        equation.results().forEach(r -> copy.replace(r, outer.get(had.get(r))));
        has.put(
            new Key(equation.op(), copy.now(equation.operands())), copy.now(equation.results()));
      } else {
        copy.keep(equation, equation.op(), copy.now(equation.operands()));
      }
    }
    return copy.finish();
  }
}
