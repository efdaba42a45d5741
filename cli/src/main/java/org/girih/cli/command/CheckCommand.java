package org.girih.cli.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.girih.cli.run.DiagnosticsJson;
import org.girih.cli.watch.WatchLoop;
import org.girih.grammar.plan.HostPlan;
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
    footer = {
      "",
      "Examples:",
      "  girih check examples/digits.girih",
      "  girih check model.girih --watch"
    })
final class CheckCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(paramLabel = "FILE", arity = "1..*", description = ".girih files.")
  private List<Path> files;

  @Option(
      names = "--json",
      description = "Write what is found as JSON on standard output, with the edits that mend it.")
  private boolean json;

  @Mixin private WarningsOption warnings;

  @Mixin private WatchOption watch;

  CheckCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    return watch.of(files) ? watch.run(terminal, this::attempt) : check(new TreeSet<>());
  }

  /// Checks the files, whatever happens, and returns what was read.
  private WatchLoop.Attempt attempt() {
    var inputs = new TreeSet<Path>();
    files.forEach(file -> inputs.add(file.toAbsolutePath().normalize()));
    int code;
    try {
      code = check(inputs);
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      code = Girih.failure(terminal, e);
    }
    return new Done(inputs, CompletableFuture.completedFuture(code));
  }

  /// Checks that are over.
  private record Done(Set<Path> inputs, CompletableFuture<Integer> code)
      implements WatchLoop.Attempt {
    @Override
    public void end() {
      // It has ended.
    }
  }

  /// @param inputs gets the files that are read
  private int check(Set<Path> inputs) {
    boolean wrong = false;
    var found = new ArrayList<Diagnostic>();
    for (Path file : files) {
      var sources = new Sources();
      Optional<HostPlan> plan =
          sources.parse(file).flatMap(f -> sources.plan(f, Optional.empty(), List.of()));
      inputs.addAll(sources.inputs(plan));
      plan.ifPresent(p -> sources.after(Pipelines.transformations(), p));
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
