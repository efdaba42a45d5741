package org.girih.cli.cost;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import org.girih.grammar.plan.HostPlan;
import org.girih.grammar.plan.HostPlan.Tree;
import org.girih.grammar.plan.Step;
import org.girih.ir.cost.Cost;
import org.girih.ir.cost.ProgramCost;
import org.girih.ir.cost.ProgramCost.Place;
import org.girih.ir.cost.ProgramCost.Share;
import org.girih.ir.cost.ProgramCost.Trips;

/// The cost of a host program: each entry as often as the host runs it. Loops and branches of the
/// host are counted as those of the device: a range whose ends are known in full, other loops per
/// iteration, of two branches the dearer one.
final class HostCost {
  private final IntFunction<Map<Optional<Place>, Share>> entries;
  private final boolean once;

  /// @param entries what a run of an entry costs
  /// @param once whether loops of the host count once
  HostCost(IntFunction<Map<Optional<Place>, Share>> entries, boolean once) {
    this.entries = entries;
    this.once = once;
  }

  /// Returns the cost by places, in the order in which the host comes to them.
  static Map<Optional<Place>, Share> of(HostPlan plan, ProgramCost costs) {
    return new HostCost(entry -> entry(plan, costs, entry), false).steps(plan.steps());
  }

  /// Returns the cost in one sum, each loop of host and device as if it turned once.
  static Cost turningOnce(HostPlan plan) {
    var costs = ProgramCost.turningOnce(plan.program(), _ -> false);
    return ProgramCost.total(
        new HostCost(entry -> entry(plan, costs, entry), true).steps(plan.steps()));
  }

  private static Map<Optional<Place>, Share> entry(HostPlan plan, ProgramCost costs, int entry) {
    return costs.of(plan.program().entries().get(entry).func());
  }

  Map<Optional<Place>, Share> steps(List<Step> steps) {
    var out = new LinkedHashMap<Optional<Place>, Share>();
    for (Step step : steps) {
      switch (step) {
        case Step.Run run -> add(out, entries.apply(run.entry()), 1, Trips.EXACT);
        case Step.Loop loop -> loop(out, loop);
        case Step.Choice(_, var then, var otherwise) ->
            add(out, ProgramCost.dearer(steps(then), steps(otherwise)), 1, Trips.EXACT);
        case Step.Plain _, Step.BreakUnless _ -> {}
      }
    }
    return out;
  }

  private void loop(Map<Optional<Place>, Share> out, Step.Loop loop) {
    var body = steps(loop.body());
    switch (loop.times()) {
      case HostPlan.Times.Counted(_, Tree.Int(var from), Tree.Int(var to)) -> {
        double turns = Math.max(0, to.subtract(from).doubleValue());
        add(out, body, once ? Math.min(1, turns) : turns, Trips.EXACT);
      }
      case HostPlan.Times.Counted _, HostPlan.Times.Forever _ -> add(out, body, 1, Trips.PER_ROUND);
    }
  }

  private static void add(
      Map<Optional<Place>, Share> out,
      Map<Optional<Place>, Share> more,
      double count,
      Trips known) {
    more.forEach((at, share) -> ProgramCost.merge(out, at, share.times(count, known)));
  }
}
