package org.girih.passes.optimise;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.girih.ir.diagnostic.CompilerBug;
import org.girih.ir.op.Control;
import org.girih.ir.op.Demands;
import org.girih.ir.op.FuncRef;
import org.girih.ir.op.Mask;
import org.girih.ir.program.Block;
import org.girih.ir.program.Entry;
import org.girih.ir.program.Equation;
import org.girih.ir.program.Func;
import org.girih.ir.program.Program;
import org.girih.ir.type.Value;
import org.girih.passes.rebuild.Effects;

/// Finds what of each function is needed by the entries, which need all of theirs; a program
/// without entries is a library, and all of it is needed. It is the least answer that is in accord
/// with every op: demands only grow. Functions are gone through from callers to callees, which
/// carries demands for results, and back, which carries demands for parameters, until nothing
/// changes; effects are needed, whatever is. Functions whose neighbours have not changed are passed
/// over.
public final class Liveness implements Demands {
  private final List<Func> funcs;
  private final Map<FuncRef, Integer> places = new HashMap<>();
  private final List<List<Integer>> callers = new ArrayList<>();
  private final boolean[] changed;
  private final Mask[] results;
  private final Mask[] params;
  private final Effects effects;

  public Liveness(Program program) {
    this.funcs = List.copyOf(program.funcs().values());
    this.effects = Effects.of(program);
    this.changed = new boolean[funcs.size()];
    this.results = new Mask[funcs.size()];
    this.params = new Mask[funcs.size()];
    Arrays.fill(changed, true);
    for (int i = 0; i < funcs.size(); i++) {
      Func func = funcs.get(i);
      places.put(func.ref(), i);
      callers.add(new ArrayList<>());
      for (Equation equation : func.block().equations()) {
        for (FuncRef callee : equation.op().callees()) {
          List<Integer> of = callers.get(place(callee));
          if (of.isEmpty() || of.getLast() != i) {
            of.add(i);
          }
        }
      }
      boolean root = program.entries().isEmpty();
      results[i] = mask(root, func.block().results().size());
      params[i] = mask(root, func.block().params().size());
    }
    for (Entry entry : program.entries()) {
      int i = place(entry.func());
      results[i] = mask(true, results[i].size());
      params[i] = mask(true, params[i].size());
    }
    boolean more = true;
    while (more) {
      more = false;
      for (int i = funcs.size() - 1; i >= 0; i--) {
        more |= visit(i);
      }
      for (int i = 0; i < funcs.size(); i++) {
        more |= visit(i);
      }
    }
  }

  private static Mask mask(boolean bit, int size) {
    return bit ? Mask.all(size) : Mask.none(size);
  }

  private int place(FuncRef f) {
    Integer place = places.get(f);
    if (place == null) {
      throw new CompilerBug(f + " is called before it is defined");
    }
    return place;
  }

  private boolean visit(int i) {
    if (!changed[i]) {
      return false;
    }
    changed[i] = false;
    Func func = funcs.get(i);
    boolean[] live = live(func);
    List<Value> all = func.block().params();
    needParams(func.ref(), Mask.where(all.size(), p -> live[all.get(p).id()]));
    return true;
  }

  /// Returns which values of a function are needed, by id.
  public boolean[] live(Func func) {
    Block block = func.block();
    var live = new boolean[block.ids()];
    results(func.ref()).pick(block.results()).forEach(r -> live[r.id()] = true);
    for (Equation equation : block.equations().reversed()) {
      Mask used = used(live, equation);
      if (used.any() || effects.in(equation.op())) {
        List<Value> operands = equation.operands();
        if (equation.op() instanceof Control op) {
          op.needs(this, used).pick(operands).forEach(o -> live[o.id()] = true);
        } else {
          operands.forEach(o -> live[o.id()] = true);
        }
      }
    }
    return live;
  }

  /// Returns whether an equation stays: something needs it, or it has an effect.
  public boolean stays(boolean[] live, Equation equation) {
    return used(live, equation).any() || effects.in(equation.op());
  }

  private static Mask used(boolean[] live, Equation equation) {
    return Mask.where(equation.results().size(), i -> live[equation.results().get(i).id()]);
  }

  @Override
  public Mask results(FuncRef f) {
    return results[place(f)];
  }

  @Override
  public Mask params(FuncRef f) {
    return params[place(f)];
  }

  @Override
  public void needResults(FuncRef f, Mask more) {
    grow(results, place(f), more);
  }

  @Override
  public void needParams(FuncRef f, Mask more) {
    grow(params, place(f), more);
  }

  private void grow(Mask[] masks, int i, Mask more) {
    Mask now = masks[i].or(more);
    if (!now.equals(masks[i])) {
      masks[i] = now;
      changed[i] = true;
      callers.get(i).forEach(caller -> changed[caller] = true);
    }
  }
}
