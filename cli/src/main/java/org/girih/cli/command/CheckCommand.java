package org.girih.cli.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.girih.cli.run.DiagnosticsJson;
import org.girih.ir.diagnostic.Diagnostic;
import org.girih.passes.Pipelines;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `girih check`.
@Command(
    name = "check",
    description = "Check files without running them; annotated defs for all sizes.",
    footer = {"", "Example:", "  girih check examples/digits.girih"})
final class CheckCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(paramLabel = "FILE", arity = "1..*", description = ".girih files.")
  private List<Path> files;

  @Option(
      names = "--json",
      description = "Write what is found as JSON on standard output, with the edits that mend it.")
  private boolean json;

  @Mixin private WarningsOption warnings;

  CheckCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    boolean wrong = false;
    var found = new ArrayList<Diagnostic>();
    for (Path file : files) {
      var sources = new Sources();
      sources
          .parse(file)
          .flatMap(f -> sources.plan(f, Optional.empty(), List.of()))
          .flatMap(plan -> sources.after(Pipelines.transformations(), plan));
      if (json) {
        found.addAll(warnings.of(sources.diagnostics()).all());
      } else {
        terminal.print(warnings.of(sources.diagnostics()));
      }
      wrong |= sources.diagnostics().hasErrors();
    }
    if (json) {
      terminal.out().println(DiagnosticsJson.of(found));
      terminal.out().flush();
    }
    return wrong ? 1 : 0;
  }
}
