package org.girih.passes.optimise;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.girih.ir.op.Op;
import org.girih.ir.program.Block;
import org.girih.ir.program.Equation;
import org.girih.ir.program.Func;
import org.girih.ir.program.Program;
import org.girih.ir.type.Value;
import org.girih.passes.rebuild.BlockCopy;
import org.girih.passes.rebuild.Effects;

/// Computes equal things once: of equations with equal ops and equal operands the first stays.
/// Valid since equal ops on equal operands have equal results; calls and loops are equal if they
/// name the same functions. What has an effect is done as often as it stands there. Within one
/// function only.
public final class CommonSubexpressions {
  private record Key(Op op, List<Value> operands) {}

  private CommonSubexpressions() {}

  public static Program run(Program program) {
    var funcs = new ArrayList<Func>(program.funcs().size());
    var effects = Effects.of(program);
    for (Func func : program.funcs().values()) {
      funcs.add(new Func(func.ref(), run(func.block(), effects)));
    }
    return program.withFuncs(funcs);
  }

  private static Block run(Block block, Effects effects) {
    var copy = new BlockCopy(block);
    Map<Key, List<Value>> known = new HashMap<>();
    for (Equation equation : block.equations()) {
      List<Value> operands = copy.now(equation.operands());
      var key = new Key(equation.op(), operands);
      List<Value> before = known.get(key);
      if (before == null || effects.in(equation.op())) {
        known.put(key, copy.keep(equation, equation.op(), operands).results());
      } else {
        for (int i = 0; i < before.size(); i++) {
          copy.replace(equation.results().get(i), before.get(i));
        }
      }
    }
    return copy.finish();
  }
}
