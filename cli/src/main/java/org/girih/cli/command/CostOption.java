package org.girih.cli.command;

import java.util.Optional;
import org.girih.cli.cost.CostReport;
import org.girih.cli.cost.CostTable;
import org.girih.cli.cost.PluginCost;
import org.girih.cli.cross.Chip;
import org.girih.cli.cross.Target;
import org.girih.grammar.plan.HostPlan;
import org.girih.host.run.RunProblem;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.diagnostic.Diagnostic;
import org.girih.ir.source.Source;
import picocli.CommandLine.Option;

/// `--cost` of `girih show`.
final class CostOption {
  @Option(
      names = "--cost",
      description =
          "Instead of a stage: operations, bytes and intensity of each line, and what the plugin's"
              + " analysis counts.")
  private boolean on;

  @Option(names = "--json", description = "With --cost: as JSON, exact counts.")
  private boolean json;

  @Option(
      names = "--target",
      paramLabel = "TARGET",
      description =
          "With --cost: how time is shared out at this chip's peaks, which are those of products"
              + " of bfloat16; `girih targets` lists them.")
  private String target;

  /// Returns whether it was asked for.
  ///
  /// @throws RunProblem if something was that goes with it only
  boolean on() throws RunProblem {
    if (!on && (json || target != null)) {
      throw new RunProblem(
          Diagnostic.error(
              Code.BAD_ARGUMENT_VALUE, "`--json` and `--target` of `show` go with `--cost`"));
    }
    return on;
  }

  /// Prints the cost of a plan.
  ///
  /// @param plan after the standard passes
  void show(HostPlan plan, Source main, PluginOption plugin, Terminal terminal) throws RunProblem {
    Optional<Chip> chip = target == null ? Optional.empty() : Target.parse(target).chip();
    Optional<PluginCost> own = Optional.empty();
    // On a mesh the plugin counts for one device what is counted here for all.
    if (plan.mesh().devices() == 1) {
      try (var client = plugin.open(terminal)) {
        own = PluginCost.of(plan, client);
      }
    }
    var report = CostReport.of(plan, main, own, chip);
    terminal.out().print(json ? report.json() + "\n" : CostTable.of(report, terminal.width()));
    terminal.out().flush();
  }
}
