package org.girih.passes.transform;

import java.util.ArrayList;
import java.util.List;
import org.girih.ir.diagnostic.Diagnostic;
import org.girih.ir.diagnostic.Diagnostics;
import org.girih.ir.op.Call;
import org.girih.ir.op.Checkpoint;
import org.girih.ir.op.CustomJvp;
import org.girih.ir.op.CustomLinear;
import org.girih.ir.op.CustomVjp;
import org.girih.ir.op.Op;
import org.girih.ir.op.StopGradient;
import org.girih.ir.program.Block;
import org.girih.ir.program.Equation;
import org.girih.ir.program.Func;
import org.girih.ir.program.Program;
import org.girih.ir.type.Value;

/// Makes plain calls of what only transformations asked about: rules, checkpoints, stopped
/// gradients.
public final class EraseRules {
  private EraseRules() {}

  /// The program without them; a forward derivative that a `@vjp` rule cannot give is said.
  public static Program run(Program program, Diagnostics diagnostics) {
    var funcs = new ArrayList<Func>();
    for (Func func : program.funcs().values()) {
      boolean plain = func.block().equations().stream().noneMatch(e -> isRule(e.op()));
      funcs.add(plain ? func : new Func(func.ref(), erase(func.block(), diagnostics)));
    }
    return program.withFuncs(funcs);
  }

  /// Whether only transformations ask about it.
  public static boolean isRule(Op op) {
    return op instanceof StopGradient
        || op instanceof Checkpoint
        || op instanceof CustomJvp
        || op instanceof CustomVjp
        || op instanceof CustomLinear;
  }

  private static Block erase(Block block, Diagnostics diagnostics) {
    var now = new Value[block.ids()];
    int next = 0;
    for (Value param : block.params()) {
      now[next++] = param;
    }
    var equations = new ArrayList<Equation>();
    for (Equation equation : block.equations()) {
      List<Value> operands = equation.operands().stream().map(o -> now[o.id()]).toList();
      Op op = equation.op();
      if (op instanceof StopGradient) {
        now[equation.result().id()] = operands.getFirst();
        continue;
      }
      if (op instanceof CustomLinear) {
        forward(equation, diagnostics);
      }
      var results = new ArrayList<Value>();
      for (Value result : equation.results()) {
        now[result.id()] = new Value(next++, result.type());
        results.add(now[result.id()]);
      }
      equations.add(new Equation(results, called(op), operands, equation.origin()));
    }
    return new Block(
        block.params(), equations, block.results().stream().map(r -> now[r.id()]).toList());
  }

  private static Op called(Op op) {
    if (op instanceof Checkpoint(var callee)) {
      return new Call(callee);
    }
    if (op instanceof CustomJvp(var callee, _, _)) {
      return new Call(callee);
    }
    return op instanceof CustomVjp(var callee, _, _, _) ? new Call(callee) : op;
  }

  private static void forward(Equation equation, Diagnostics diagnostics) {
    var refusal = CustomLinear.forward();
    var diagnostic =
        equation
            .origin()
            .span()
            .map(at -> Diagnostic.error(refusal.code(), at, refusal.getMessage()))
            .orElseGet(() -> Diagnostic.error(refusal.code(), refusal.getMessage()));
    diagnostics.add(diagnostic.help(refusal.help()));
  }
}
