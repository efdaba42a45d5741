package org.girih.passes.optimise;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.girih.ir.op.Call;
import org.girih.ir.op.Cond;
import org.girih.ir.op.Control;
import org.girih.ir.op.FuncRef;
import org.girih.ir.op.Op;
import org.girih.ir.op.Scan;
import org.girih.ir.op.While;
import org.girih.ir.program.Block;
import org.girih.ir.program.Equation;
import org.girih.ir.program.Func;
import org.girih.ir.program.Program;
import org.girih.ir.type.Value;
import org.girih.passes.rebuild.PruneFunctions;

/// Keeps one of functions that do the same: equal parameters, equations and results, up to where in
/// the source they come from. Callees come first, so functions are equal that name equal ones.
///
/// ```
/// func @a(%0: f32) -> (f32) {                func @a(%0: f32) -> (f32) {
///   %1: f32 = sin %0                           %1: f32 = sin %0
///   return %1                                  return %1
/// }                                          }
/// func @b(%0: f32) -> (f32) {         ───▶
///   %1: f32 = sin %0
///   return %1
/// }
/// %1: f32 = call %0 {callee = @b}            %1: f32 = call %0 {callee = @a}
/// ```
///
/// Valid since names mean nothing but what they name. Limits: equations in another order, or
/// operands of a sum the other way round, make another function; what is reported of an equation's
/// place is reported of the first.
public final class MergeFunctions {
  private record Computed(List<Value> results, Op op, List<Value> operands) {}

  private record Body(List<Value> params, List<Computed> equations, List<Value> results) {}

  private MergeFunctions() {}

  public static Program run(Program program) {
    Map<Body, FuncRef> known = new HashMap<>();
    Map<FuncRef, FuncRef> stands = new HashMap<>();
    var funcs = new ArrayList<Func>();
    for (Func func : program.funcs().values()) {
      Func renamed = renamed(func, stands);
      funcs.add(renamed);
      FuncRef first = known.putIfAbsent(body(renamed.block()), func.ref());
      if (first != null) {
        stands.put(func.ref(), first);
      }
    }
    return stands.isEmpty() ? program : PruneFunctions.run(program.withFuncs(funcs));
  }

  private static Body body(Block block) {
    return new Body(
        block.params(),
        block.equations().stream()
            .map(e -> new Computed(e.results(), e.op(), e.operands()))
            .toList(),
        block.results());
  }

  private static Func renamed(Func func, Map<FuncRef, FuncRef> stands) {
    Block block = func.block();
    boolean names =
        block.equations().stream()
            .flatMap(e -> e.op().callees().stream())
            .anyMatch(stands::containsKey);
    if (!names) {
      return func;
    }
    var equations = new ArrayList<Equation>(block.equations().size());
    for (Equation e : block.equations()) {
      equations.add(new Equation(e.results(), renamed(e.op(), stands), e.operands(), e.origin()));
    }
    return new Func(func.ref(), new Block(block.params(), equations, block.results()));
  }

  private static Op renamed(Op op, Map<FuncRef, FuncRef> stands) {
    if (!(op instanceof Control control) || op.callees().stream().noneMatch(stands::containsKey)) {
      return op; // what transformations name stays as it is
    }
    return switch (control) {
      case Call(FuncRef callee) -> new Call(now(callee, stands));
      case Cond(FuncRef then, FuncRef otherwise) ->
          new Cond(now(then, stands), now(otherwise, stands));
      case While(FuncRef condition, FuncRef body, int constants, var max) ->
          new While(now(condition, stands), now(body, stands), constants, max);
      case Scan(FuncRef body, var length, int constants, int carries, var back, var counted) ->
          new Scan(now(body, stands), length, constants, carries, back, counted);
    };
  }

  private static FuncRef now(FuncRef ref, Map<FuncRef, FuncRef> stands) {
    return stands.getOrDefault(ref, ref);
  }
}
