package org.girih.passes.optimise;

import java.util.ArrayList;
import java.util.List;
import org.girih.ir.op.Control;
import org.girih.ir.op.Demands;
import org.girih.ir.program.Block;
import org.girih.ir.program.Equation;
import org.girih.ir.program.Func;
import org.girih.ir.program.Program;
import org.girih.ir.type.Value;
import org.girih.passes.rebuild.BlockCopy;

/// Drops what no entry needs: equations, and of functions the parameters and results that nothing
/// asks for, with the carries, constants and arrays of loops that go with them. What has an
/// effect stays. A loop that nothing waits for need not end.
///
/// ```
/// func @f(%0: f32, %1: f32) -> (f32, f32) {       func @f(%0: f32) -> (f32) {
///   %2: f32 = sin %0                                %1: f32 = cos %0
///   %3: f32 = cos %0                                return %1
///   return %2, %3                                 }
/// }                                       ───▶
/// func @main(%0: f32) -> (f32) {                  func @main(%0: f32) -> (f32) {
///   %1: f32, %2: f32 = call %0 %0 {callee = @f}     %1: f32 = call %0 {callee = @f}
///   return %2                                       return %1
/// }                                               }
/// ```
///
/// A function keeps one body: what one caller needs, it computes for all.
public final class DeadCode {
  private DeadCode() {}

  public static Program run(Program program) {
    var liveness = new Liveness(program);
    var funcs = new ArrayList<Func>(program.funcs().size());
    for (Func func : program.funcs().values()) {
      funcs.add(new Func(func.ref(), run(func, liveness)));
    }
    return program.withFuncs(funcs);
  }

  private static Block run(Func func, Liveness liveness) {
    boolean[] live = liveness.live(func);
    Block block = func.block();
    var copy = new BlockCopy(block, liveness.params(func.ref()));
    for (Equation equation : block.equations()) {
      List<Value> operands = equation.operands();
      if (liveness.stays(live, equation)) {
        if (equation.op() instanceof Control op) {
          Demands.Pruned pruned = op.pruned(liveness);
          copy.keep(
              equation,
              pruned.op(),
              copy.now(pruned.operands().pick(operands)),
              pruned.results().pick(equation.results()));
        } else {
          copy.keep(equation, equation.op(), copy.now(operands));
        }
      }
    }
    return copy.finish(liveness.results(func.ref()).pick(block.results()));
  }
}
