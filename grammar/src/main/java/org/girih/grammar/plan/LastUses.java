package org.girih.grammar.plan;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.girih.grammar.plan.HostPlan.Times;

/// Finds where slots are read for the last time, from the last step back to the first: a
/// [Step.Release] goes there. For
///
/// ```
/// for i in 0..n { let x = f(x) }
/// ```
///
/// the iteration is `Run: slot 0 → slot 1`, `Move 1 → 0`, where slot 0 is not read between the two:
/// it is freed after the run, so that an iteration holds two arrays at most.
public final class LastUses {
  private final BitSet results = new BitSet();

  private LastUses() {}

  /// The same plan, which frees what it needs no longer.
  public static HostPlan in(HostPlan plan) {
    var uses = new LastUses();
    Step.all(plan.steps(), Step.Result.class).forEach(r -> uses.results.or(slots(r.reads())));
    List<Step> steps = uses.walk(plan.steps(), (BitSet) uses.results.clone(), new BitSet());
    return new HostPlan(plan.program(), steps, plan.slots(), plan.mesh());
  }

  /// The steps with releases between them.
  ///
  /// @param live the slots that are read after the steps; afterwards those read from the first on
  /// @param exit the slots that are read after the loop around here
  private List<Step> walk(List<Step> steps, BitSet live, BitSet exit) {
    var out = new ArrayList<Step>();
    for (Step step : steps.reversed()) {
      BitSet reads = slots(step.reads());
      BitSet writes = slots(step.writes());
      BitSet last = or(reads, writes);
      last.andNot(live);
      Step kept = step;
      switch (step) {
        case Step.Plain _ -> {}
        case Step.Loop loop -> {
          BitSet before = around(loop, live);
          kept =
              new Step.Loop(
                  loop.at(),
                  loop.times(),
                  loop.carry(),
                  walk(loop.body(), (BitSet) before.clone(), live));
          last.or(before);
          last.andNot(live);
          live.or(before);
        }
        case Step.Choice(int condition, var then, var otherwise) -> {
          BitSet thenLive = (BitSet) live.clone();
          BitSet elseLive = (BitSet) live.clone();
          List<Step> thenSteps = walk(then, thenLive, exit);
          List<Step> elseSteps = walk(otherwise, elseLive, exit);
          BitSet either = or(thenLive, elseLive);
          kept =
              new Step.Choice(
                  condition,
                  released(without(either, thenLive), thenSteps),
                  released(without(either, elseLive), elseSteps));
          live.or(either);
          last = without(reads, live);
        }
        case Step.BreakUnless _ -> {
          live.or(exit);
          last.andNot(exit);
        }
      }
      if (!last.isEmpty()) {
        out.add(new Step.Release(last.stream().boxed().toList()));
      }
      out.add(kept);
      live.andNot(writes);
      live.or(reads);
    }
    return out.reversed();
  }

  private static List<Step> released(BitSet slots, List<Step> steps) {
    if (slots.isEmpty()) {
      return steps;
    }
    var out = new ArrayList<Step>();
    out.add(new Step.Release(slots.stream().boxed().toList()));
    out.addAll(steps);
    return out;
  }

  /// Returns the slots that are read from the beginning of an iteration on, in it, in later ones or
  /// after them; a checkpoint reads the carry of a counted loop.
  private BitSet around(Step.Loop loop, BitSet after) {
    var first = new BitSet();
    var killed = new BitSet();
    summary(loop.body(), first, killed);
    BitSet out = or(after, slots(loop.carry()));
    if (loop.times() instanceof Times.Counted(int slot, _, _)) {
      killed.set(slot);
      first.clear(slot);
    }
    BitSet later = without(out, killed);
    // What stands behind a loop that a condition ends is read even if the round ends at once.
    return or(or(first, later), out);
  }

  /// Adds the slots that steps may read before they write them, and those that they surely write.
  private static void summary(List<Step> steps, BitSet first, BitSet killed) {
    for (Step step : steps) {
      BitSet reads = slots(step.reads());
      reads.andNot(killed);
      first.or(reads);
      switch (step) {
        case Step.Loop loop -> {
          var inner = (BitSet) killed.clone();
          if (loop.times() instanceof Times.Counted(int slot, _, _)) {
            inner.set(slot);
          }
          summary(loop.body(), first, inner);
        }
        case Step.Choice(_, var then, var otherwise) -> {
          var one = (BitSet) killed.clone();
          var other = (BitSet) killed.clone();
          summary(then, first, one);
          summary(otherwise, first, other);
          one.and(other);
          killed.or(one);
        }
        case Step.Plain _, Step.BreakUnless _ -> killed.or(slots(step.writes()));
      }
    }
  }

  private static BitSet slots(List<Integer> slots) {
    var out = new BitSet();
    slots.forEach(out::set);
    return out;
  }

  private static BitSet or(BitSet a, BitSet b) {
    var out = (BitSet) a.clone();
    out.or(b);
    return out;
  }

  private static BitSet without(BitSet a, BitSet b) {
    var out = (BitSet) a.clone();
    out.andNot(b);
    return out;
  }
}
