package org.girih.cli.bench;

import java.util.Arrays;
import java.util.function.LongSupplier;
import org.girih.host.run.RunProblem;

/// The number of times that something is run to be timed: first untimed, until it is warm; then for
/// `time`, and at least `least` and at most `most` times. Each run is timed by itself, since its
/// results are awaited and nothing overlaps.
///
/// @param warmup nanoseconds; there is one such run at least
/// @param time nanoseconds
public record Sampling(long warmup, long time, int least, int most) {
  private static final int LEAST = 10;

  /// More tell nothing that these do not.
  private static final int MOST = 10_000;

  /// Returns the sampling with that many seconds of warming up and of measuring.
  public static Sampling of(double warmup, double seconds) {
    return new Sampling((long) (warmup * 1e9), (long) (seconds * 1e9), LEAST, MOST);
  }

  /// Returns the sampling with that many runs.
  public Sampling times(int count) {
    return new Sampling(warmup, 0, count, count);
  }

  /// The action that is run.
  public interface Measured {
    /// Runs it once and waits until it is done.
    ///
    /// @return frees the results, which is not timed
    Runnable once() throws RunProblem;
  }

  /// Runs it; returns the nanoseconds of each timed run.
  ///
  /// @param clock in nanoseconds
  public long[] of(Measured what, LongSupplier clock) throws RunProblem {
    long start = clock.getAsLong();
    do {
      what.once().run();
    } while (clock.getAsLong() - start < warmup);
    long[] runs = new long[Math.min(most, 1024)];
    int count = 0;
    long first = clock.getAsLong();
    while (count < least || count < most && clock.getAsLong() - first < time) {
      long before = clock.getAsLong();
      Runnable free = what.once();
      long after = clock.getAsLong();
      free.run();
      if (count == runs.length) {
        runs = Arrays.copyOf(runs, Math.min(most, 2 * count));
      }
      runs[count++] = Math.max(1, after - before);
    }
    return Arrays.copyOf(runs, count);
  }
}
