package org.girih.cli.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.girih.grammar.ast.AstPrinter;
import org.girih.grammar.plan.HostPlan;
import org.girih.hlo.HloText;
import org.girih.host.run.Placements;
import org.girih.host.run.RunProblem;
import org.girih.host.run.ShardingReport;
import org.girih.host.run.Stages;
import org.girih.ir.program.Entry;
import org.girih.ir.program.Program;
import org.girih.ir.text.TirPrinter;
import org.girih.passes.Pipelines;
import org.girih.passes.transform.EntryGradients;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `girih show`.
@Command(
    name = "show",
    description = "Show a program as one stage of the compiler has it.",
    footer = {
      "",
      "Examples:",
      "  girih show examples/digits.girih --stage optimized",
      "  girih show examples/digits.girih --stage optimized --diff --print-after inline",
      "  girih show examples/digits.girih --cost"
    })
final class ShowCommand implements Callable<Integer> {
  /// From the text to the plugin's own code. What [org.girih.passes.Stage] names has that name.
  enum View {
    AST,
    TYPED,
    EXPANDED,
    TRANSFORMED,
    GRADIENT,
    OPTIMIZED,
    HLO,
    COMPILED,
    SHARDING
  }

  private final Terminal terminal;

  @Parameters(paramLabel = "FILE", description = "A .girih file.")
  private Path file;

  @Option(
      names = "--stage",
      paramLabel = "STAGE",
      description =
          "ast, typed, expanded, transformed, gradient, optimized, hlo, compiled or sharding.")
  private View stage = View.TYPED;

  @Option(
      names = "--diff",
      description =
          "Show what the passes changed, as a unified diff, or what that of --print-after did; with"
              + " --stage optimized.")
  private boolean diff;

  @Option(names = "--entry", paramLabel = "DEF", description = "Show a call of this def.")
  private String entry;

  @Option(names = "--arg", paramLabel = "NAME=VALUE", description = "An argument of the entry.")
  private List<String> args = List.of();

  @Mixin private WarningsOption warnings;

  @Mixin private CostOption cost;

  @Mixin private final PassDebugOptions passes;

  @Mixin private PluginOption plugin;

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  private PassDiffs diffs;

  ShowCommand(Terminal terminal) {
    this.terminal = terminal;
    this.passes = new PassDebugOptions(terminal);
  }

  @Override
  public Integer call() {
    if (diff && stage != View.OPTIMIZED) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "`--diff` needs `--stage optimized`");
    }
    var sources = new Sources();
    var parsed = sources.parse(file);
    boolean costs;
    try {
      costs = cost.on();
    } catch (RunProblem e) {
      return terminal.fail(e.diagnostic());
    }
    if (costs && diff) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "`--diff` shows the program, `--cost` what it costs: one of them");
    }
    if (stage == View.AST && !costs) {
      parsed.ifPresent(f -> terminal.out().print(AstPrinter.print(f)));
      terminal.out().flush();
      terminal.print(warnings.of(sources.diagnostics()));
      return parsed.isPresent() ? 0 : 1;
    }
    var plan =
        parsed
            .flatMap(f -> sources.plan(f, Optional.ofNullable(entry), args))
            .flatMap(p -> costs ? sources.optimized(p, passes) : shown(sources, p));
    passes.tell(terminal);
    terminal.print(warnings.of(sources.diagnostics()));
    if (plan.isEmpty()) {
      return 1;
    }
    if (diff) {
      diffs.texts().forEach(terminal.out()::print);
      terminal.out().flush();
      return 0;
    }
    try {
      if (costs) {
        cost.show(plan.get(), parsed.get().source(), plugin, terminal);
        return 0;
      }
      for (String text : texts(plan.get())) {
        terminal.out().print(text);
      }
    } catch (RunProblem e) {
      return terminal.fail(e.diagnostic());
    }
    terminal.out().flush();
    return 0;
  }

  private Optional<HostPlan> shown(Sources sources, HostPlan plan) {
    return switch (stage) {
      case AST, TYPED -> Optional.of(plan);
      case EXPANDED -> sources.after(Pipelines.expansion(), plan, passes);
      case TRANSFORMED -> sources.after(Pipelines.transformations(), plan, passes);
      case GRADIENT -> {
        Program gradients = EntryGradients.of(plan.program());
        yield sources.after(Pipelines.transformations(), plan.with(gradients), passes);
      }
      case OPTIMIZED, HLO, COMPILED, SHARDING -> {
        diffs = new PassDiffs(passes.printed(), passes::count);
        yield sources.optimized(plan, passes, diff ? diffs : passes);
      }
    };
  }

  private List<String> texts(HostPlan optimized) throws RunProblem {
    if (stage == View.TYPED || stage == View.OPTIMIZED) {
      return List.of(TirPrinter.print(optimized.program()));
    }
    if (stage == View.EXPANDED || stage == View.TRANSFORMED || stage == View.GRADIENT) {
      return List.of(TirPrinter.printWithOrigins(optimized.program()));
    }
    var out = new ArrayList<String>();
    if (stage == View.HLO) {
      for (int i = 0; i < optimized.program().entries().size(); i++) {
        out.add(HloText.print(Placements.module(optimized, i)) + "\n");
      }
      return out;
    }
    int devices = (int) optimized.mesh().devices();
    if (stage == View.SHARDING) {
      try (var client = plugin.open(terminal, devices)) {
        return List.of(ShardingReport.of(client, optimized));
      }
    }
    try (var client = plugin.open(terminal)) {
      for (Entry each : optimized.program().entries()) {
        out.add(Stages.compiled(client, optimized.program(), each) + "\n");
      }
    }
    return out;
  }
}
