package org.girih.cli.cost;

import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import org.girih.grammar.plan.HostPlan;
import org.girih.host.run.RunProblem;
import org.girih.host.run.Stages;
import org.girih.ir.cost.Cost;
import org.girih.ir.cost.ProgramCost;
import org.girih.ir.cost.ProgramCost.Share;
import org.girih.ir.cost.ProgramCost.Trips;
import org.girih.ir.program.Entry;
import org.girih.runtime.pjrt.Client;

/// The cost that the plugin's own analysis reports of a program that it has compiled: after its
/// fusion, each loop as if it turned once.
///
/// @param platform `cpu`, `cuda`, `tpu`
/// @param cost NaN for what it does not report
public record PluginCost(String platform, Cost cost) {
  /// Compiles all entries of a plan for one device; empty where the plugin has no analysis.
  public static Optional<PluginCost> of(HostPlan plan, Client client) throws RunProblem {
    var entries = new ArrayList<Share>();
    for (Entry each : plan.program().entries()) {
      var said = Stages.cost(client, plan.program(), each);
      var cost = new Cost(said.flops(), said.transcendentals(), said.bytes());
      entries.add(new Share(cost, Cost.NONE, Trips.EXACT));
    }
    var host = new HostCost(entry -> Map.of(Optional.empty(), entries.get(entry)), true);
    Cost total = ProgramCost.total(host.steps(plan.steps()));
    boolean silent = Double.isNaN(total.flops()) && Double.isNaN(total.bytes());
    return silent ? Optional.empty() : Optional.of(new PluginCost(client.platform(), total));
  }
}
