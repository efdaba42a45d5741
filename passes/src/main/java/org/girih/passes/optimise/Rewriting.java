package org.girih.passes.optimise;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.girih.ir.diagnostic.Diagnostics;
import org.girih.ir.op.Op;
import org.girih.ir.program.Block;
import org.girih.ir.program.Equation;
import org.girih.ir.program.Func;
import org.girih.ir.program.Origin;
import org.girih.ir.program.Program;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.Value;
import org.girih.passes.rebuild.BlockCopy;
import org.girih.passes.rebuild.RewriteBudget;
import org.girih.passes.rewrite.Context;
import org.girih.passes.rewrite.Rewrite;

/// Applies rewrites to every equation until none fits. Patterns look at an equation and at what
/// defines its operands, and those are settled before it is reached: so one walk from the front is
/// enough, and a second one finds nothing.
public final class Rewriting implements Context {
  /// The most rewrites of one equation in a row; each leads to something simpler, so this is never
  /// reached by what is in [org.girih.passes.rewrite.Rewrites].
  private static final int MAX_STEPS = 100;

  /// The most equations that rewrites put before each other's, likewise.
  private static final int MAX_DEPTH = 16;

  private final List<Rewrite> rewrites;
  private final RewriteBudget budget;
  private final BlockCopy copy;
  private Origin origin = Origin.NONE;
  private int depth;

  private Rewriting(List<Rewrite> rewrites, RewriteBudget budget, Block block) {
    this.rewrites = rewrites;
    this.budget = budget;
    this.copy = new BlockCopy(block);
  }

  public static Program run(
      String pass, Program program, List<Rewrite> rewrites, Diagnostics diagnostics) {
    return run(program, rewrites, RewriteBudget.each(pass, program, 16), diagnostics);
  }

  public static Program run(
      Program program, List<Rewrite> rewrites, RewriteBudget budget, Diagnostics diagnostics) {
    var funcs = new ArrayList<Func>(program.funcs().size());
    for (Func func : program.funcs().values()) {
      Block block = new Rewriting(rewrites, budget, func.block()).run(func.block());
      funcs.add(new Func(func.ref(), block));
    }
    budget.tell(diagnostics);
    return program.withFuncs(funcs);
  }

  private Block run(Block block) {
    for (Equation old : block.equations()) {
      origin = old.origin();
      if (old.results().isEmpty()) {
        // It is there for its effect.
        copy.keep(old, old.op(), copy.now(old.operands()));
        continue;
      }
      switch (settled(old.op(), copy.now(old.operands()), old.results())) {
        case Rewrite.Step.Is(Value value) -> copy.replace(old.result(), value);
        case Rewrite.Step.Becomes(Op op, List<Value> operands) -> copy.keep(old, op, operands);
      }
    }
    return copy.finish();
  }

  /// Returns what is left to do once no rewrite fits.
  private Rewrite.Step settled(Op first, List<Value> in, List<Value> results) {
    Op op = first;
    List<Value> operands = in;
    for (int step = 0; step < MAX_STEPS; step++) {
      var found = first(new Equation(results, op, operands, origin));
      if (found.isEmpty()) {
        break;
      }
      switch (found.get()) {
        case Rewrite.Step.Is is -> {
          return is;
        }
        case Rewrite.Step.Becomes(Op other, List<Value> others) -> {
          op = other;
          operands = others;
        }
      }
    }
    return new Rewrite.Step.Becomes(op, operands);
  }

  private Optional<Rewrite.Step> first(Equation equation) {
    for (Rewrite rewrite : rewrites) {
      var step = rewrite.apply(equation, this);
      if (step.isPresent()) {
        return budget.spend(1) ? step : Optional.empty();
      }
    }
    return Optional.empty();
  }

  @Override
  public Equation equation(Value value) {
    return copy.equation(value);
  }

  @Override
  public Value emit(Op op, ArrayType type, Value... operands) {
    List<Value> in = List.of(operands);
    Rewrite.Step step = new Rewrite.Step.Becomes(op, in);
    if (depth < MAX_DEPTH) {
      depth++;
      // Rewrites ask for the type of a result, not for its number.
      step = settled(op, in, List.of(new Value(Integer.MAX_VALUE, type)));
      depth--;
    }
    return switch (step) {
      case Rewrite.Step.Is(Value value) -> value;
      case Rewrite.Step.Becomes(Op other, List<Value> others) ->
          copy.append(other, others, List.of(type), origin).getFirst();
    };
  }
}
