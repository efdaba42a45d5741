package org.girih.host.run;

import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.girih.grammar.plan.HostPlan;
import org.girih.grammar.plan.Step;
import org.girih.ir.program.Entry;
import org.girih.ir.program.Func;
import org.girih.runtime.pjrt.Client;

/// Finds what the runs of a plan give away: an input that is freed after the run, where a result of
/// its type takes its place in its slot. This is what a loop carries. For
///
/// ```
/// for i in 0..n { let x = f(x) }
/// ```
///
/// the iteration is `Run: slot 0 → slot 1`, `Release 0`, `Move 1 → 0`: `f` may write its result
/// over its argument, and an iteration holds one array, not two.
///
/// Values of straight-line code are freed, not given away.
final class Donations {
  private final HostPlan plan;
  private final Map<Step.Run, SortedMap<Integer, Integer>> runs = new IdentityHashMap<>();
  private final Map<Integer, SortedMap<Integer, Integer>> entries = new HashMap<>();

  private Donations(HostPlan plan) {
    this.plan = plan;
  }

  /// Returns those of a plan on a client; none where its plugin [computes wrongly][Client#donates].
  ///
  /// @param client null for a plan that runs nothing
  static Donations of(HostPlan plan, Client client) {
    return of(plan, client != null && client.donates());
  }

  static Donations of(HostPlan plan, boolean donates) {
    var donations = new Donations(plan);
    if (donates) {
      donations.walk(plan.steps());
    }
    return donations;
  }

  private void walk(List<Step> steps) {
    for (int i = 0; i < steps.size(); i++) {
      if (steps.get(i) instanceof Step.Run run
          && i + 1 < steps.size()
          && steps.get(i + 1) instanceof Step.Release(var freed)) {
        add(run, Set.copyOf(freed), steps.subList(i + 2, steps.size()));
      }
      steps.get(i).blocks().forEach(this::walk);
    }
  }

  private void add(Step.Run run, Set<Integer> freed, List<Step> behind) {
    Func func = plan.program().func(plan.program().entries().get(run.entry()).func());
    var given = new TreeMap<Integer, Integer>();
    for (int param = 0; param < run.inputs().size(); param++) {
      int slot = run.inputs().get(param);
      int result = freed.contains(slot) ? successor(run, slot, behind) : -1;
      if (result >= 0
          && !given.containsValue(result)
          && func.block()
              .paramTypes()
              .get(param)
              .equals(func.block().results().get(result).type())) {
        given.put(param, result);
      }
    }
    runs.put(run, given);
    entries.put(run.entry(), given);
  }

  /// Returns the number of the result that the slot gets behind the run, or -1.
  private static int successor(Step.Run run, int slot, List<Step> behind) {
    for (Step step : behind) {
      if (step instanceof Step.Move(var from, var to) && to.contains(slot)) {
        return run.outputs().indexOf(from.get(to.indexOf(slot)));
      }
    }
    return -1;
  }

  /// Returns the entry of this number, with what its run gives away.
  Entry entry(int number) {
    Entry entry = plan.program().entries().get(number);
    return entries.containsKey(number)
        ? new Entry(entry.func(), entry.params(), entry.results(), entries.get(number))
        : entry;
  }

  /// Returns whether a run gives its input of this number away.
  boolean gives(Step.Run run, int input) {
    return runs.containsKey(run) && runs.get(run).containsKey(input);
  }
}
