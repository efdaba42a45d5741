package org.girih.cli.command;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.girih.ir.program.Func;
import org.girih.ir.program.Program;
import org.girih.passes.Level;
import org.girih.passes.Pass;
import org.girih.passes.Pipeline;
import org.girih.passes.Pipelines;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/// `-O` and `--time-passes`: which passes run, and what each took and made.
sealed class PassOptions implements Pipeline.Watch permits PassDebugOptions {
  /// One pass that ran.
  private record Row(String pass, long nanoseconds, long before, long after) {}

  /// `0`, `1`, `2`.
  private static final class Levels implements CommandLine.ITypeConverter<Level> {
    @Override
    public Level convert(String text) {
      return Level.of(text)
          .orElseThrow(
              () -> new CommandLine.TypeConversionException("`" + text + "` is not 0, 1 or 2"));
    }
  }

  @Option(
      names = "-O",
      paramLabel = "LEVEL",
      converter = Levels.class,
      description =
          "How much is optimised: 0 what must be, 1 each function, 2 loops and across functions;"
              + " default 2.")
  private Level level = Level.USUAL;

  @Option(
      names = "--reassociate",
      description =
          "Add and multiply floats in another order where that is less work; last bits may change.")
  private boolean reassociate;

  @Option(
      names = "--time-passes",
      description = "Say on standard error what each pass took, and how many equations it left.")
  private boolean time;

  private final List<Row> rows = new ArrayList<>();
  private final Set<String> ran = new HashSet<>();

  /// Returns the passes from what the elaborator makes to what the emitter takes.
  Pipeline pipeline() {
    return Pipelines.standard(level, reassociate);
  }

  /// Returns the passes from what has its checks to what the emitter takes.
  Pipeline afterChecks() {
    return Pipelines.afterChecks(level, reassociate);
  }

  /// Returns when the checker runs.
  Pipeline.Check check() {
    return Pipeline.Check.STAGES;
  }

  /// Returns whether a pass of that name has run.
  final boolean hasRun(String name) {
    return ran.contains(name);
  }

  /// Returns whether the command line asks for passes.
  boolean given(CommandLine.Model.CommandSpec spec) {
    return spec.commandLine().getParseResult().hasMatchedOption("-O") || reassociate;
  }

  @Override
  public void ran(Pass pass, Program before, Program after, long nanoseconds) {
    count(pass, before, after, nanoseconds);
  }

  /// Keeps what the table of `--time-passes` shows.
  final void count(Pass pass, Program before, Program after, long nanoseconds) {
    ran.add(pass.name());
    if (time) {
      rows.add(new Row(pass.name(), nanoseconds, equations(before), equations(after)));
    }
  }

  private static long equations(Program program) {
    long sum = 0;
    for (Func func : program.funcs().values()) {
      sum += func.block().equations().size();
    }
    return sum;
  }

  /// Reports it, if it was asked for.
  void tell(Terminal terminal) {
    if (!time) {
      return;
    }
    long whole = rows.stream().mapToLong(Row::nanoseconds).sum();
    var out = new StringBuilder("      ms   share   equations          pass\n");
    for (Row row : rows) {
      out.append(
          "%8.1f  %5.1f%%  %8d → %-8d  %s%n"
              .formatted(
                  row.nanoseconds() / 1e6,
                  whole == 0 ? 0.0 : 100.0 * row.nanoseconds() / whole,
                  row.before(),
                  row.after(),
                  row.pass()));
    }
    if (!rows.isEmpty()) {
      out.append(
          "%8.1f  100.0%%  %8d → %-8d  all passes%n"
              .formatted(whole / 1e6, rows.getFirst().before(), rows.getLast().after()));
    }
    terminal.err().print(out);
    terminal.err().flush();
  }
}
