package org.girih.passes.loop;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.girih.ir.diagnostic.Diagnostics;
import org.girih.ir.op.FuncRef;
import org.girih.ir.op.Op;
import org.girih.ir.op.Scan;
import org.girih.ir.op.While;
import org.girih.ir.program.Block;
import org.girih.ir.program.Equation;
import org.girih.ir.program.Func;
import org.girih.ir.program.Program;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.Value;
import org.girih.passes.rebuild.BlockCopy;
import org.girih.passes.rebuild.Effects;
import org.girih.passes.rebuild.FunctionVersions;
import org.girih.passes.rebuild.RewriteBudget;

/// Computes what is the same in every iteration of a loop once, before the loop: equations of its
/// functions that depend on the loop's constants only move to the caller, and what they return
/// becomes a further constant. From the innermost loop outwards, so that it goes as far as it can.
///
/// ```
/// func @body(%0: f32[9, 9], %1: i32, %2: f32[9]) …  func @body(%0: f32[9, 9], %1: f32[9, 9], %2: …
///   %3: f32[9, 9] = cholesky %0                       %4: f32[9] = dot %1 %3 …
///   %4: f32[9] = dot %3 %2 …                          return %4
///   return %4                                       }
/// }                                          ───▶
/// func @main(%0: f32[9, 9], %1: f32[9]) …           func @main(%0: f32[9, 9], %1: f32[9]) …
///   %2: f32[9] = scan %0 %1 {body = @body, …}         %2: f32[9, 9] = cholesky %0
///                                                     %3: f32[9] = scan %0 %2 %1 {…}
/// ```
///
/// Valid since equal ops on equal operands have equal results; what has an effect stays. What a
/// while loop that runs no iteration never computed is computed now, but nothing that might not
/// end: a `while` without bound moves only out of a scan that surely runs, and out of a condition,
/// which is always asked once.
///
/// Limits: what is cheap and large stays, as [Invariants] defines; a call moves as a whole or not
/// at all; nothing moves out of branches, of which only one runs, or over a barrier.
public final class Hoist {
  private static final String SUFFIX = ".hoisted";

  private record Asked(FuncRef of, int constants, boolean runs) {}

  /// The version that is asked for: constants of these types behind those that are there; `own` it
  /// computed itself until now, the others are for another function of the loop.
  private record What(
      int constants, List<ArrayType> before, List<Value> own, List<ArrayType> after) {}

  private final FunctionVersions versions;
  private final RewriteBudget budget;
  private final Set<FuncRef> endless = new HashSet<>();
  private final Map<Asked, Invariants> known = new HashMap<>();

  private final Effects effects;

  private Hoist(Program program, RewriteBudget budget) {
    this.effects = Effects.of(program);
    this.versions = new FunctionVersions(program);
    this.budget = budget;
  }

  public static Program run(Program program, Diagnostics diagnostics) {
    return run(program, RewriteBudget.each("hoist", program, 8), diagnostics);
  }

  public static Program run(Program program, RewriteBudget budget, Diagnostics diagnostics) {
    var hoist = new Hoist(program, budget);
    for (Func func : program.funcs().values()) {
      hoist.add(func);
    }
    budget.tell(diagnostics);
    return hoist.versions.finish();
  }

  private void add(Func func) {
    boolean loops = false;
    for (Equation equation : func.block().equations()) {
      Op op = equation.op();
      loops |= op instanceof Scan || op instanceof While;
      boolean unbounded = op instanceof While loop && loop.max().isEmpty();
      if (unbounded || op.callees().stream().anyMatch(endless::contains)) {
        endless.add(func.ref());
      }
    }
    versions.add(
        loops ? new Func(func.ref(), BlockCopy.changing(func.block(), this::simpler)) : func);
  }

  private boolean simpler(BlockCopy copy, Equation equation) {
    return equation.op() instanceof Scan scan
        ? scan(copy, equation, scan)
        : equation.op() instanceof While loop && loop(copy, equation, loop);
  }

  private boolean scan(BlockCopy copy, Equation equation, Scan scan) {
    boolean runs = !scan.counted() && scan.length().known().orElse(0L) > 0;
    Invariants body = invariants(scan.body(), scan.constants(), runs);
    List<Value> handed = body.handed();
    List<Equation> moved = body.computing(handed);
    var what = new What(scan.constants(), List.of(), handed, List.of());
    if (handed.isEmpty() || !budget.spend(moved.size() + versions.cost(scan.body(), what))) {
      return false;
    }
    int first = scan.counted() ? 1 : 0;
    List<Value> operands = copy.now(equation.operands());
    int fixed = first + scan.constants();
    var more = new ArrayList<>(operands.subList(0, fixed));
    more.addAll(emit(copy, scan.body(), body, operands.subList(first, fixed), moved));
    more.addAll(operands.subList(fixed, operands.size()));
    FuncRef ref = version(scan.body(), body, what);
    int constants = scan.constants() + handed.size();
    var op =
        new Scan(ref, scan.length(), constants, scan.carries(), scan.reverse(), scan.counted());
    copy.keep(equation, op, more);
    return true;
  }

  private boolean loop(BlockCopy copy, Equation equation, While loop) {
    Invariants condition = invariants(loop.condition(), loop.constants(), true);
    Invariants body = invariants(loop.body(), loop.constants(), false);
    List<ArrayType> ofCondition = condition.handedTypes();
    List<ArrayType> ofBody = body.handedTypes();
    List<Equation> asked = condition.computing(condition.handed());
    List<Equation> done = body.computing(body.handed());
    var testing = new What(loop.constants(), List.of(), condition.handed(), ofBody);
    var stepping = new What(loop.constants(), ofCondition, body.handed(), List.of());
    if (ofCondition.isEmpty() && ofBody.isEmpty()
        || !budget.spend(
            asked.size()
                + done.size()
                + versions.cost(loop.condition(), testing)
                + versions.cost(loop.body(), stepping))) {
      return false;
    }
    List<Value> operands = copy.now(equation.operands());
    List<Value> fixed = operands.subList(0, loop.constants());
    var more = new ArrayList<>(fixed);
    more.addAll(emit(copy, loop.condition(), condition, fixed, asked));
    more.addAll(emit(copy, loop.body(), body, fixed, done));
    more.addAll(operands.subList(loop.constants(), operands.size()));
    FuncRef test = version(loop.condition(), condition, testing);
    FuncRef step = version(loop.body(), body, stepping);
    int constants = loop.constants() + ofCondition.size() + ofBody.size();
    copy.keep(equation, new While(test, step, constants, loop.max()), more);
    return true;
  }

  /// Computes in the caller what is handed over.
  private List<Value> emit(
      BlockCopy copy, FuncRef ref, Invariants of, List<Value> fixed, List<Equation> moved) {
    var now = new HashMap<Value, Value>();
    List<Value> params = versions.block(ref).params();
    for (int i = 0; i < fixed.size(); i++) {
      now.put(params.get(i), fixed.get(i));
    }
    for (Equation equation : moved) {
      List<Value> results =
          copy.append(
              equation.op(),
              equation.operands().stream().map(now::get).toList(),
              equation.results().stream().map(Value::type).toList(),
              equation.origin());
      for (int i = 0; i < results.size(); i++) {
        now.put(equation.results().get(i), results.get(i));
      }
    }
    return of.handed().stream().map(now::get).toList();
  }

  private FuncRef version(FuncRef of, Invariants invariants, What what) {
    Block block = versions.block(of);
    FuncRef version = versions.version(of, SUFFIX, what, () -> taking(block, invariants, what));
    effects.like(of, version);
    return version;
  }

  /// Returns the function with further constants, of which those in the middle are what it computed
  /// itself.
  private static Block taking(Block block, Invariants invariants, What what) {
    var copy = BlockCopy.bare(block);
    List<Value> params = block.params();
    for (Value param : params.subList(0, what.constants())) {
      copy.replace(param, copy.param(param.type()));
    }
    what.before().forEach(copy::param);
    for (Value handed : invariants.handed()) {
      copy.replace(handed, copy.param(handed.type()));
    }
    what.after().forEach(copy::param);
    for (Value param : params.subList(what.constants(), params.size())) {
      copy.replace(param, copy.param(param.type()));
    }
    for (Equation equation : invariants.without(invariants.handed())) {
      copy.keep(equation, equation.op(), copy.now(equation.operands()));
    }
    return copy.finish();
  }

  private Invariants invariants(FuncRef ref, int constants, boolean runs) {
    return known.computeIfAbsent(
        new Asked(ref, constants, runs),
        _ ->
            new Invariants(
                versions.block(ref),
                constants,
                runs ? _ -> true : f -> !endless.contains(f),
                effects));
  }
}
