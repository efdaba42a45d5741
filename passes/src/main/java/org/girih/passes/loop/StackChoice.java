package org.girih.passes.loop;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.girih.ir.cost.ProgramCost;
import org.girih.ir.op.FuncRef;
import org.girih.ir.op.Scan;
import org.girih.ir.program.Block;
import org.girih.ir.program.Equation;
import org.girih.ir.program.Func;
import org.girih.ir.program.Program;
import org.girih.ir.type.Value;
import org.girih.passes.rebuild.Effects;

/// The stacks of a program that are not kept: those that cost the fewest operations for a byte
/// first, over all loops, until enough is saved.
public final class StackChoice {
  private final Map<FuncRef, List<ForwardLoop>> loops = new LinkedHashMap<>();
  private final long saved;

  private StackChoice(Program program, long bytes) {
    var costs = ProgramCost.of(program, _ -> false);
    var effects = Effects.of(program);
    for (Func func : program.funcs().values()) {
      List<ForwardLoop> found = loops(program, func.block(), costs, effects);
      if (!found.isEmpty()) {
        loops.put(func.ref(), found);
      }
    }
    this.saved = choose(bytes);
  }

  /// Returns the choice that saves at least that many bytes, or all that can be.
  public static StackChoice of(Program program, long bytes) {
    return new StackChoice(program, bytes);
  }

  /// Returns the bytes that need not be held.
  public long saved() {
    return saved;
  }

  /// Returns the loops of a function with stacks that are not kept.
  public List<ForwardLoop> loops(FuncRef function) {
    return loops.getOrDefault(function, List.of()).stream()
        .filter(loop -> !loop.dropped().isEmpty())
        .toList();
  }

  private long choose(long bytes) {
    var homes = new HashMap<ForwardLoop, FuncRef>();
    var best = new LinkedHashMap<ForwardLoop, ForwardLoop.Gain>();
    loops.forEach(
        (home, found) ->
            found.forEach(
                loop -> {
                  homes.put(loop, home);
                  loop.best().ifPresent(gain -> best.put(loop, gain));
                }));
    var changed = new HashSet<FuncRef>();
    var repeated = new HashSet<FuncRef>();
    var read = new HashSet<Equation>();
    var chosen = new HashSet<Equation>();
    long saved = 0;
    while (saved < bytes) {
      Optional<ForwardLoop.Gain> next =
          best.values().stream().min(Comparator.comparingDouble(ForwardLoop.Gain::price));
      if (next.isEmpty()) {
        return saved;
      }
      ForwardLoop.Gain gain = next.get();
      ForwardLoop loop = gain.loop();
      best.remove(loop);
      // What is done again is as it was: of loops in each other one changes at a time.
      boolean flat = !changed.contains(loop.scan.body()) && !repeated.contains(homes.get(loop));
      if (flat && allowed(gain, read, chosen)) {
        loop.take(gain);
        changed.add(homes.get(loop));
        repeated.add(loop.scan.body());
        chosen.add(loop.equation);
        gain.results().forEach(r -> read.addAll(loop.readers(r)));
        saved += gain.saved();
        loop.best().ifPresent(more -> best.put(loop, more));
      }
    }
    return saved;
  }

  /// Returns whether a choice is allowed: a scan that computes again what it would have read
  /// keeps its own stacks.
  private static boolean allowed(ForwardLoop.Gain gain, Set<Equation> read, Set<Equation> chosen) {
    return !read.contains(gain.loop().equation)
        && gain.results().stream()
            .flatMap(r -> gain.loop().readers(r).stream())
            .noneMatch(chosen::contains);
  }

  /// Returns those that may be done again: they have no effect.
  private static List<ForwardLoop> loops(
      Program program, Block block, ProgramCost costs, Effects effects) {
    var scans =
        block.equations().stream()
            .filter(e -> e.op() instanceof Scan && !effects.in(e.op()))
            .toList();
    if (scans.size() < 2) {
      return List.of();
    }
    var uses = new HashMap<Value, List<Equation>>();
    for (Equation equation : block.equations()) {
      for (Value operand : equation.operands()) {
        uses.computeIfAbsent(operand, _ -> new ArrayList<>()).add(equation);
      }
    }
    var found = new ArrayList<ForwardLoop>();
    for (Equation each : scans) {
      var scan = (Scan) each.op();
      Block body = program.func(scan.body()).block();
      ForwardLoop.of(each, scan, body, uses, block.results(), costs::operations)
          .ifPresent(found::add);
    }
    return found;
  }
}
