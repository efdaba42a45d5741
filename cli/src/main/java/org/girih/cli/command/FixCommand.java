package org.girih.cli.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.girih.grammar.ast.SourceFile;
import org.girih.host.file.FileProblem;
import org.girih.ir.diagnostic.Diagnostic;
import org.girih.ir.diagnostic.Diagnostic.Fix;
import org.girih.ir.diagnostic.Visible;
import org.girih.ir.source.Source;
import org.girih.passes.Pipelines;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `girih fix`.
@Command(
    name = "fix",
    description = "Mend what has one certain way out, such as names of NumPy; report the rest.",
    footer = {"", "Example:", "  girih fix model.girih --dry-run"})
final class FixCommand implements Callable<Integer> {
  /// What is mended may uncover more, but each time something is mended; a file that is never done
  /// after so many times has fixes that undo one another.
  private static final int MOST = 20;

  private final Terminal terminal;

  @Parameters(paramLabel = "FILE", description = "A .girih file.")
  private Path file;

  @Option(names = "--dry-run", description = "Print what would be changed, and change nothing.")
  private boolean dryRun;

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  FixCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    if (Sources.isStandardInput(file)) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "`girih fix` changes a file, not standard input");
    }
    var sources = new Sources();
    Optional<Source> read = check(sources, sources.parse(file));
    List<Fix> fixes = certain(read, sources);
    String text = null;
    int changes = 0;
    for (int i = 0; i < MOST && !fixes.isEmpty(); i++) {
      text = applied(fixes);
      changes += fixes.size();
      sources = new Sources();
      fixes = certain(check(sources, sources.parse(file, text)), sources);
    }
    if (changes > 0) {
      terminal
          .out()
          .println(
              (dryRun ? "would change " : "changed ")
                  + changes
                  + (changes > 1 ? " places" : " place"));
    }
    terminal.out().flush();
    if (changes > 0 && !dryRun) {
      try {
        ProgramFiles.write(file, read.orElseThrow(), text);
      } catch (FileProblem problem) {
        return terminal.fail(Diagnostic.error(problem.code(), problem.getMessage()));
      }
    }
    terminal.print(sources.diagnostics().errors());
    return sources.diagnostics().hasErrors() ? 1 : 0;
  }

  /// Does what `girih check` does; returns the file's text.
  private static Optional<Source> check(Sources sources, Optional<SourceFile> parsed) {
    parsed
        .flatMap(f -> sources.plan(f, Optional.empty(), List.of()))
        .ifPresent(plan -> sources.after(Pipelines.transformations(), plan));
    return parsed.map(SourceFile::source);
  }

  /// Returns the fixes of this file that nobody need look at, in order and apart from one another.
  private static List<Fix> certain(Optional<Source> source, Sources sources) {
    var out = new ArrayList<Fix>();
    sources.diagnostics().all().stream()
        .flatMap(diagnostic -> diagnostic.fixes().stream())
        .filter(fix -> fix.certain() && source.filter(fix.span().source()::equals).isPresent())
        .distinct()
        .sorted(Comparator.comparingInt(fix -> fix.span().start()))
        .forEach(
            fix -> {
              if (out.isEmpty() || out.getLast().span().end() <= fix.span().start()) {
                out.add(fix);
              }
            });
    return out;
  }

  /// Prints fixes of one text; returns it with them.
  private String applied(List<Fix> fixes) {
    String text = fixes.getFirst().span().source().text();
    var out = new StringBuilder();
    int at = 0;
    for (Fix fix : fixes) {
      terminal
          .out()
          .println(
              Visible.text(fix.span().place())
                  + ": "
                  + Visible.text(fix.span().text())
                  + " -> "
                  + Visible.text(fix.replacement()));
      out.append(text, at, fix.span().start()).append(fix.replacement());
      at = fix.span().end();
    }
    return out.append(text, at, text.length()).toString();
  }
}
