package org.girih.cli.command;

import java.util.List;
import org.girih.ir.program.Program;
import org.girih.ir.text.TirPrinter;
import org.girih.passes.Pass;
import org.girih.passes.Pipeline;
import org.girih.passes.Pipelines;
import org.girih.passes.Stage;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/// Adds what finds a wrong pass: `--pass` runs passes alone, `--print-after` shows what they made,
/// `--verify-each` checks it.
final class PassDebugOptions extends PassOptions {
  private final Terminal terminal;

  @Option(
      names = "--pass",
      paramLabel = "NAME",
      converter = PassNames.One.class,
      completionCandidates = PassNames.class,
      description =
          "Run this pass instead of those of -O, in the order given; what must run first does.")
  private List<Pass> only = List.of();

  @Option(
      names = "--print-after",
      paramLabel = "NAME|all",
      converter = PassNames.OneOrAll.class,
      completionCandidates = PassNames.class,
      description = "Print the program on standard error each time after this pass, or all.")
  private List<String> printed = List.of();

  @Option(
      names = "--verify-each",
      description = "Check types and names after each pass, and name the pass that broke them.")
  private boolean verify;

  @CommandLine.Spec(CommandLine.Spec.Target.MIXEE)
  private CommandLine.Model.CommandSpec command;

  PassDebugOptions(Terminal terminal) {
    this.terminal = terminal;
  }

  /// Returns the passes of `--pass`.
  List<Pass> only() {
    return only;
  }

  /// Returns the names of `--print-after`.
  List<String> printed() {
    return printed;
  }

  @Override
  Pipeline pipeline() {
    return only.isEmpty() ? super.pipeline() : Pipelines.standard(optimisations());
  }

  @Override
  Pipeline afterChecks() {
    return only.isEmpty() ? super.afterChecks() : new Pipeline("after_checks", optimisations());
  }

  @Override
  Pipeline.Check check() {
    return verify ? Pipeline.Check.EVERY_PASS : super.check();
  }

  /// Returns those of `--pass` that run after what must run.
  private List<Pass> optimisations() {
    if (only.contains(Pipelines.FUNCTIONALIZE_CHECKS)
        || only.contains(Pipelines.EXPAND_LANES_APART)) {
      throw new CommandLine.ParameterException(
          command.commandLine(),
          "passes expand_lanes_apart and functionalize_checks run with `girih run --check`");
    }
    return only.stream().filter(pass -> pass.from() == Stage.TRANSFORMED).toList();
  }

  @Override
  public void ran(Pass pass, Program before, Program after, long nanoseconds) {
    super.ran(pass, before, after, nanoseconds);
    if (printed.contains(PassNames.ALL) || printed.contains(pass.name())) {
      terminal.err().println("# after " + pass.name() + "\n" + TirPrinter.print(after));
      terminal.err().flush();
    }
  }

  @Override
  void tell(Terminal terminal) {
    super.tell(terminal);
    for (String name : printed) {
      if (!name.equals(PassNames.ALL) && !hasRun(name)) {
        terminal.err().println("pass `" + name + "` did not run");
      }
    }
  }
}
