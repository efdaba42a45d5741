package org.girih.passes.optimise;

import java.util.ArrayList;
import java.util.List;
import org.girih.ir.diagnostic.Diagnostics;
import org.girih.ir.op.Call;
import org.girih.ir.program.Block;
import org.girih.ir.program.Equation;
import org.girih.ir.program.Func;
import org.girih.ir.program.Origin;
import org.girih.ir.program.Program;
import org.girih.ir.type.Value;
import org.girih.passes.rebuild.BlockCopy;
import org.girih.passes.rebuild.FunctionVersions;
import org.girih.passes.rebuild.RewriteBudget;

/// Inlines the call of a function where that costs little: if no other equation names it, or if it
/// has at most [#SMALL] equations. What is around it can then be simplified with it. The reverse,
/// functions that are called often and stay computations of their own, is the emitter's.
///
/// ```
/// func @twice(%0: f32) -> (f32) {
///   %1: f32 = add %0 %0
///   return %1
/// }                                           ───▶
/// func @main(%0: f32) -> (f32) {                    func @main(%0: f32) -> (f32) {
///   %1: f32 = call %0 {callee = @twice}               %1: f32 = add %0 %0
///   return %1                                         return %1
/// }                                                 }
/// ```
///
/// What was in the standard library is the call's from then on, so that figures and messages name
/// the user's line.
///
/// Limits: bodies of loops and branches are named by their equations, not called, and stay.
public final class Inline {
  /// A function of at most this many equations is inlined wherever it is called.
  public static final int SMALL = 4;

  private final FunctionVersions versions;
  private final RewriteBudget budget;

  private Inline(Program program, RewriteBudget budget) {
    this.versions = new FunctionVersions(program);
    this.budget = budget;
  }

  public static Program run(Program program, Diagnostics diagnostics) {
    return run(program, RewriteBudget.each("inline", program, 2 * SMALL), diagnostics);
  }

  public static Program run(Program program, RewriteBudget budget, Diagnostics diagnostics) {
    var pass = new Inline(program, budget);
    for (Func func : program.funcs().values()) {
      Block block = BlockCopy.changing(func.block(), pass::inline);
      pass.versions.add(block == func.block() ? func : new Func(func.ref(), block));
    }
    budget.tell(diagnostics);
    return pass.versions.finish();
  }

  private boolean inline(BlockCopy copy, Equation equation) {
    boolean cheap = equation.op() instanceof Call call && isCheap(call);
    if (cheap) {
      put(copy, equation, versions.block(equation.op().callees().getFirst()));
    }
    return cheap;
  }

  private boolean isCheap(Call call) {
    int size = versions.block(call.callee()).equations().size();
    return (versions.single(call.callee()) || size <= SMALL) && budget.spend(size);
  }

  private static void put(BlockCopy copy, Equation call, Block callee) {
    var now = new Value[callee.ids()];
    List<Value> operands = copy.now(call.operands());
    for (int i = 0; i < operands.size(); i++) {
      now[callee.params().get(i).id()] = operands.get(i);
    }
    for (Equation equation : callee.equations()) {
      var in = new ArrayList<Value>();
      equation.operands().forEach(x -> in.add(now[x.id()]));
      var types = equation.results().stream().map(Value::type).toList();
      Origin at = isLibrary(equation) && !isLibrary(call) ? call.origin() : equation.origin();
      Origin origin = at.of(equation.origin().derivative());
      List<Value> out = copy.append(equation.op(), in, types, origin);
      for (int i = 0; i < out.size(); i++) {
        now[equation.results().get(i).id()] = out.get(i);
      }
    }
    for (int i = 0; i < call.results().size(); i++) {
      copy.replace(call.results().get(i), now[callee.results().get(i).id()]);
    }
  }

  private static boolean isLibrary(Equation equation) {
    return equation.origin().span().map(at -> at.source().isLibrary()).orElse(true);
  }
}
