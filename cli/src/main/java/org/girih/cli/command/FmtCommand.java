package org.girih.cli.command;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.girih.grammar.format.Formatter;
import org.girih.host.file.FileProblem;
import org.girih.ir.diagnostic.Diagnostic;
import org.girih.ir.diagnostic.Diagnostics;
import org.girih.ir.diagnostic.Visible;
import org.girih.ir.source.Source;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `girih fmt`.
@Command(
    name = "fmt",
    description = "Lay files out, in the one format that there is; comments and literals stay.",
    footer = {
      "",
      "Examples:",
      "  girih fmt",
      "  girih fmt model.girih examples",
      "  girih fmt --check",
      "  girih fmt - < model.girih"
    })
final class FmtCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(
      paramLabel = "PATH",
      arity = "0..*",
      description =
          ".girih files, folders with such files at any depth, or - for standard input; without any, "
              + "the folder where the command runs.")
  private List<Path> paths = List.of(Path.of(""));

  @Option(
      names = "--check",
      description =
          "Change nothing; list the files that would be changed, and fail if there are any.")
  private boolean check;

  @Option(
      names = "--diff",
      description = "Change nothing; print what would be changed, and fail if there is anything.")
  private boolean diff;

  private int changed;
  private boolean failed;

  FmtCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    var unread = new Diagnostics();
    var files = ProgramFiles.below(paths, unread);
    tell(unread);
    files.forEach(this::format);
    if (changed > 0 && !check && !diff) {
      terminal.err().println("changed " + changed + (changed > 1 ? " files" : " file"));
    }
    terminal.out().flush();
    return failed || changed > 0 && (check || diff) ? 1 : 0;
  }

  private void format(Path path) {
    var diagnostics = new Diagnostics();
    Optional<Source> source = Sources.read(path, diagnostics);
    Optional<String> text = source.flatMap(s -> Formatter.format(s, diagnostics));
    tell(diagnostics);
    text.ifPresent(t -> hand(path, source.orElseThrow(), t));
  }

  private void hand(Path path, Source source, String text) {
    boolean same = text.equals(source.text());
    if (Sources.isStandardInput(path) && !check && !diff) {
      terminal.out().print(text);
    } else if (!same) {
      changed++;
      if (diff) {
        terminal.out().print(TextDiff.of(source.name(), source.text(), text));
      } else if (check) {
        terminal.out().println(Visible.text(source.name()));
      } else {
        write(path, source, text);
      }
    }
  }

  private void write(Path path, Source source, String text) {
    try {
      ProgramFiles.write(path, source, text);
    } catch (FileProblem problem) {
      changed--;
      failed = true;
      terminal.fail(Diagnostic.error(problem.code(), problem.getMessage()));
    }
  }

  private void tell(Diagnostics diagnostics) {
    if (diagnostics.hasErrors()) {
      failed = true;
      terminal.print(diagnostics);
    }
  }
}
