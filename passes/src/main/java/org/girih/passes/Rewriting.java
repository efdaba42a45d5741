package org.girih.passes;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.girih.ir.op.Op;
import org.girih.ir.program.Block;
import org.girih.ir.program.Equation;
import org.girih.ir.program.Func;
import org.girih.ir.program.Program;
import org.girih.ir.type.Value;
import org.girih.passes.rewrite.Rewrite;

/// Applies rewrites to every equation until none fits. Patterns look at an equation and at what
/// defines its operands, and those are settled before it is reached: so one walk from the front is
/// enough, and a second one finds nothing.
final class Rewriting {
  /// So many rewrites of one equation in a row; each leads to something simpler, so this is never
  /// reached by what is in [org.girih.passes.rewrite.Rewrites].
  private static final int MAX_STEPS = 100;

  private final List<Rewrite> rewrites;
  private final BlockCopy copy;

  private Rewriting(List<Rewrite> rewrites, Block block) {
    this.rewrites = rewrites;
    this.copy = new BlockCopy(block);
  }

  static Program run(Program program, List<Rewrite> rewrites) {
    var funcs = new ArrayList<Func>(program.funcs().size());
    for (Func func : program.funcs().values()) {
      funcs.add(new Func(func.ref(), new Rewriting(rewrites, func.block()).run(func.block())));
    }
    return program.withFuncs(funcs);
  }

  private Block run(Block block) {
    for (Equation old : block.equations()) {
      settle(old);
    }
    return copy.finish();
  }

  private void settle(Equation old) {
    Op op = old.op();
    List<Value> operands = copy.now(old.operands());
    for (int step = 0; step < MAX_STEPS; step++) {
      var found = first(new Equation(old.results(), op, operands, old.origin()));
      if (found.isEmpty()) {
        break;
      }
      switch (found.get()) {
        case Rewrite.Step.Is(Value value) -> {
          copy.replace(old.result(), value);
          return;
        }
        case Rewrite.Step.Becomes(Op other, List<Value> others) -> {
          op = other;
          operands = others;
        }
      }
    }
    copy.keep(old, op, operands);
  }

  private Optional<Rewrite.Step> first(Equation equation) {
    for (Rewrite rewrite : rewrites) {
      var step = rewrite.apply(equation, copy);
      if (step.isPresent()) {
        return step;
      }
    }
    return Optional.empty();
  }
}
