package org.girih.host.run;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.BiFunction;
import org.girih.host.array.HostArray;
import org.girih.host.effect.Plotter;
import org.girih.host.effect.Progress;
import org.girih.ir.source.Source;
import org.girih.passes.check.Checked;

/// The world around a run: where its effects go, and what watches over it.
///
/// @param out where the program prints
/// @param err where the program prints while it computes: lines of `debug.print`
/// @param paths what a path in a source leads to
/// @param progress is told how far loops have come
/// @param plotter draws; a program that plots is refused without one
/// @param arguments the arrays of a def that is called, by parameter
/// @param profile notes where the time goes
/// @param limit of what an entry takes on a device
/// @param checkpoints keeps what the outermost loops carry; one that [resumes][Checkpoints#resume]
///     a loop does again, without effects, what precedes it
/// @param checked what the checks in the plan's program mean, of which the first that fails ends
///     the run
public record RunOptions(
    PrintStream out,
    PrintStream err,
    BiFunction<Source, String, Path> paths,
    Progress progress,
    Optional<Plotter> plotter,
    Map<String, SortedMap<String, HostArray>> arguments,
    Profile profile,
    MemoryLimit limit,
    Optional<Checkpoints> checkpoints,
    Optional<Checked> checked) {
  public RunOptions {
    arguments = Map.copyOf(arguments);
  }

  /// Returns those of a run that only prints, and reads and writes arrays.
  public static RunOptions of(PrintStream out, BiFunction<Source, String, Path> paths) {
    return new RunOptions(
        out,
        System.err,
        paths,
        Progress.none(),
        Optional.empty(),
        Map.of(),
        Profile.off(),
        MemoryLimit.NONE,
        Optional.empty(),
        Optional.empty());
  }

  public RunOptions with(PrintStream elsewhere) {
    return new RunOptions(
        elsewhere, err, paths, progress, plotter, arguments, profile, limit, checkpoints, checked);
  }

  /// Returns the same, with another place for what is printed while the program computes.
  public RunOptions toErr(PrintStream elsewhere) {
    return new RunOptions(
        out, elsewhere, paths, progress, plotter, arguments, profile, limit, checkpoints, checked);
  }

  public RunOptions with(Progress shown) {
    return new RunOptions(
        out, err, paths, shown, plotter, arguments, profile, limit, checkpoints, checked);
  }

  public RunOptions with(Plotter draws) {
    return new RunOptions(
        out,
        err,
        paths,
        progress,
        Optional.of(draws),
        arguments,
        profile,
        limit,
        checkpoints,
        checked);
  }

  public RunOptions with(Map<String, SortedMap<String, HostArray>> given) {
    return new RunOptions(
        out, err, paths, progress, plotter, given, profile, limit, checkpoints, checked);
  }

  public RunOptions with(Profile times) {
    return new RunOptions(
        out, err, paths, progress, plotter, arguments, times, limit, checkpoints, checked);
  }

  public RunOptions with(MemoryLimit most) {
    return new RunOptions(
        out, err, paths, progress, plotter, arguments, profile, most, checkpoints, checked);
  }

  public RunOptions with(Checkpoints kept) {
    return new RunOptions(
        out, err, paths, progress, plotter, arguments, profile, limit, Optional.of(kept), checked);
  }

  public RunOptions with(Checked meaning) {
    return new RunOptions(
        out,
        err,
        paths,
        progress,
        plotter,
        arguments,
        profile,
        limit,
        checkpoints,
        Optional.of(meaning));
  }
}
