package org.girih.cli.command;

import java.io.PrintStream;
import java.util.Map;
import org.girih.cli.plot.Plots;
import org.girih.cli.progress.TerminalProgress;
import org.girih.host.effect.Progress;
import org.girih.host.run.RunOptions;
import org.girih.ir.diagnostic.Diagnostic;
import org.girih.ir.diagnostic.Diagnostics;
import org.girih.ir.diagnostic.Renderer;

/// The streams that a command writes to and what surrounds it.
///
/// @param environment the process's variables
public record Terminal(PrintStream out, PrintStream err, Map<String, String> environment) {

  /// Returns whether standard error takes colours: a terminal, and `NO_COLOR` (no-color.org) is not
  /// set.
  boolean color() {
    return environment.getOrDefault("NO_COLOR", "").isEmpty()
        && "1".equals(environment.get("GIRIH_ERR_TTY"))
        && !"dumb".equals(environment.get("TERM"));
  }

  /// Shows how far loops have come.
  private Progress progress() {
    boolean drawable =
        "1".equals(environment.get("GIRIH_ERR_TTY")) && !"dumb".equals(environment.get("TERM"));
    return new TerminalProgress(err, drawable, width());
  }

  /// Returns what surrounds a run whose prints go to standard output.
  RunOptions options(Sources sources) {
    return RunOptions.of(out, sources.loader()::resolve)
        .toErr(err)
        .with(progress())
        .with(new Plots())
        .with(sources.arrays());
  }

  /// Returns the columns of the terminal; 100 where unknown.
  int width() {
    try {
      return Math.clamp(Integer.parseInt(environment.getOrDefault("COLUMNS", "100")), 40, 400);
    } catch (NumberFormatException _) {
      return 100;
    }
  }

  /// Prints diagnostics: errors first, so that the first line of a failed command is one.
  void print(Diagnostics diagnostics) {
    out.flush();
    var renderer = new Renderer(color(), width());
    boolean first = true;
    for (Diagnostic d : diagnostics.all()) {
      err.print((first ? "" : "\n") + renderer.render(d));
      first = false;
    }
    int errors = diagnostics.errorCount();
    if (errors > 1) {
      err.println(
          "\n" + errors + (errors >= Diagnostics.MAX_ERRORS ? " errors or more" : " errors"));
    }
  }

  /// Prints one error; returns the exit code of a program that is wrong.
  int fail(Diagnostic diagnostic) {
    var all = new Diagnostics();
    all.add(diagnostic);
    print(all);
    return 1;
  }
}
