package org.girih.embed;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.girih.host.effect.Plotter;
import org.girih.host.effect.Progress;

/// The world around a program that [Embed#run] runs.
///
/// @param out where it prints
/// @param progress is told how far its loops have come
/// @param plotter draws what it plots, and what it saves as `.png`; a program that draws is refused
///     without one
/// @param checkpoint where its loops are kept; empty for nowhere
public record RunSettings(
    PrintStream out,
    Progress progress,
    Optional<Plotter> plotter,
    Optional<Checkpoint> checkpoint) {
  /// A file that keeps what the outermost loops of a program carry.
  ///
  /// @param file is replaced between two iterations, and gone when the run ends well
  /// @param every the time between two checkpoints, at least
  /// @param resume whether the run goes on from what the file has, which an earlier run left
  public record Checkpoint(Path file, Duration every, boolean resume) {}

  /// Returns those of a run that prints to standard output, shows no progress, draws nothing and
  /// keeps no checkpoints.
  public static RunSettings standard() {
    return new RunSettings(System.out, Progress.none(), Optional.empty(), Optional.empty());
  }

  /// Returns the same with other settings in one place.
  public RunSettings with(PrintStream printed) {
    return new RunSettings(printed, progress, plotter, checkpoint);
  }

  /// Returns the same with other settings in one place.
  public RunSettings with(Progress shown) {
    return new RunSettings(out, shown, plotter, checkpoint);
  }

  /// Returns the same with other settings in one place.
  public RunSettings with(Plotter drawn) {
    return new RunSettings(out, progress, Optional.of(drawn), checkpoint);
  }

  /// Returns the same with other settings in one place.
  public RunSettings with(Checkpoint kept) {
    return new RunSettings(out, progress, plotter, Optional.of(kept));
  }
}
