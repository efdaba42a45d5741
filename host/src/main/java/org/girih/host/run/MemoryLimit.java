package org.girih.host.run;

import com.google.protobuf.InvalidProtocolBufferException;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.girih.host.figures.ModuleFigures;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.diagnostic.CompilerBug;
import org.girih.ir.diagnostic.Diagnostic;
import org.girih.ir.diagnostic.Diagnostics;
import org.girih.ir.program.Entry;
import org.girih.ir.program.Program;
import org.girih.passes.Pipelines;
import org.girih.passes.loop.Rematerialise;
import org.girih.runtime.pjrt.Executable;
import org.girih.runtime.status.PjrtException;

/// The most bytes of a device that an entry may take: its arguments, its results and what it holds
/// in between, as the plugin planned them. One that takes more is compiled again with loops that
/// [compute again][Rematerialise] what they would have stored, until it fits.
///
/// Not counted is what the program holds besides: arrays that other entries have made.
public record MemoryLimit(long bytes) {
  /// Whatever there is.
  public static final MemoryLimit NONE = new MemoryLimit(Long.MAX_VALUE);

  /// It is compiled at most this many times: XLA does not always hold what we think.
  private static final int ATTEMPTS = 4;

  private static final int NAMED_BUFFERS = 5;

  /// Compiles an entry of a program.
  @FunctionalInterface
  interface Compiling<T extends AutoCloseable> {
    T compile(Program program) throws RunProblem;
  }

  /// Returns what an entry compiles to within the limit.
  ///
  /// @param executable of what was compiled
  /// @throws RunProblem if it takes more however often it computes again, naming its largest arrays
  <T extends AutoCloseable> T fit(
      Program program, Entry entry, Compiling<T> compiling, Function<T, Executable> executable)
      throws RunProblem {
    T made = compiling.compile(program);
    if (bytes == Long.MAX_VALUE) {
      return made;
    }
    Program current = Program.of(List.copyOf(program.funcs().values()), List.of(entry));
    for (int i = 0; need(executable.apply(made)) > bytes; i++) {
      long need = need(executable.apply(made));
      var result =
          i == ATTEMPTS
              ? new Rematerialise.Result(current, 0)
              : Rematerialise.run(current, need - bytes);
      if (result.saved() == 0) {
        RunProblem problem = tooLarge(need, i > 0, executable.apply(made));
        close(made);
        throw problem;
      }
      close(made);
      var diagnostics = new Diagnostics();
      current = Pipelines.afterRematerialising().run(result.program(), diagnostics);
      made = compiling.compile(current);
    }
    return made;
  }

  private static void close(AutoCloseable made) {
    try {
      made.close();
    } catch (Exception e) {
      throw new CompilerBug("closing failed: " + e.getMessage());
    }
  }

  private static long need(Executable executable) {
    return executable.memory().total();
  }

  private RunProblem tooLarge(long need, boolean again, Executable executable) {
    var message = new StringBuilder("the program needs ").append(size(need));
    message.append(again ? ", computing again what it can" : "");
    message.append("; `--memory` leaves ").append(size(bytes));
    try {
      message.append(". The largest arrays:");
      message.append(buffers(ModuleFigures.of(Stages.module(executable.optimized()))));
    } catch (InvalidProtocolBufferException | PjrtException e) {
      message.append(" The plugin does not tell its arrays: ").append(e.getMessage());
    }
    return new RunProblem(
        Diagnostic.error(Code.DOES_NOT_FIT, message.toString())
            .help(
                "use smaller batches or dtypes, or put what repeats into a `scan`: what that stores"
                    + " for a gradient can be computed again"));
  }

  /// Returns the largest arrays of a module, a line each.
  public static String buffers(ModuleFigures figures) {
    var out = new StringBuilder();
    List<ModuleFigures.Buffer> all = figures.buffers();
    for (ModuleFigures.Buffer each : all.subList(0, Math.min(NAMED_BUFFERS, all.size()))) {
      out.append("\n  ").append(size(each.size())).append("  ").append(each.type());
      out.append("  ").append(each.what());
      out.append(each.place().isEmpty() ? "" : " at " + each.place());
    }
    return out.toString();
  }

  /// Returns `1.50 GiB`, `20.0 MiB`, `1.5 KiB`, `17 B`.
  public static String size(long bytes) {
    if (bytes >= 1 << 30) {
      return String.format(Locale.ROOT, "%.2f GiB", bytes / (double) (1 << 30));
    }
    if (bytes >= 1 << 20) {
      return String.format(Locale.ROOT, "%.1f MiB", bytes / (double) (1 << 20));
    }
    return bytes >= 1 << 10
        ? String.format(Locale.ROOT, "%.1f KiB", bytes / (double) (1 << 10))
        : bytes + " B";
  }
}
