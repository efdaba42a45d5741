package org.girih.passes;

import java.util.ArrayList;
import org.girih.ir.program.Block;
import org.girih.ir.program.Equation;
import org.girih.ir.program.Func;
import org.girih.ir.program.Program;
import org.girih.ir.type.Value;

/// Drops equations of whose results none is used. Valid since no op has an effect; a loop that
/// nobody waits for need not end. An op with several results stays whole if one is used.
final class DeadCode {
  private DeadCode() {}

  static Program run(Program program) {
    var funcs = new ArrayList<Func>(program.funcs().size());
    for (Func func : program.funcs().values()) {
      funcs.add(new Func(func.ref(), run(func.block())));
    }
    return program.withFuncs(funcs);
  }

  private static Block run(Block block) {
    var used = new boolean[block.ids()];
    block.results().forEach(result -> used[result.id()] = true);
    for (Equation equation : block.equations().reversed()) {
      if (isUsed(used, equation)) {
        equation.operands().forEach(operand -> used[operand.id()] = true);
      }
    }
    var copy = new BlockCopy(block);
    for (Equation equation : block.equations()) {
      if (isUsed(used, equation)) {
        copy.keep(equation, equation.op(), copy.now(equation.operands()));
      }
    }
    return copy.finish();
  }

  private static boolean isUsed(boolean[] used, Equation equation) {
    for (Value result : equation.results()) {
      if (used[result.id()]) {
        return true;
      }
    }
    return false;
  }
}
