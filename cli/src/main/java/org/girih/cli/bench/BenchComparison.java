package org.girih.cli.bench;

import java.util.Locale;
import org.girih.cli.cost.Figure;

/// Two measurements of one thing.
///
/// @param before the median that was saved
/// @param ratio of the medians, new to old
/// @param low of the interval of this ratio: between the ends of both medians' intervals, so that
///     it holds the true one at 98 % at least, if parts of runs are independent
public record BenchComparison(double before, double ratio, double low, double high) {
  /// Two measurements of the same thing on a quiet machine differ by this, so that it is not a
  /// difference, however narrow the intervals are.
  private static final double NOISE = 0.02;

  public static BenchComparison of(Summary before, Summary now) {
    return new BenchComparison(
        before.median(),
        now.median() / before.median(),
        now.low() / before.high(),
        now.high() / before.low());
  }

  /// The outcome of a comparison.
  public enum Verdict {
    FASTER("faster"),
    SLOWER("slower"),
    EQUAL("no difference beyond the noise");

    private final String text;

    Verdict(String text) {
      this.text = text;
    }
  }

  public Verdict verdict() {
    if (low <= 1 && high >= 1 || Math.abs(ratio - 1) <= NOISE) {
      return Verdict.EQUAL;
    }
    return ratio < 1 ? Verdict.FASTER : Verdict.SLOWER;
  }

  /// Returns text for a person: lines of at most 40 columns.
  public String text() {
    return String.format(
        Locale.ROOT,
        "  before  %s\n  ratio   %.3f (%.3f to %.3f)\n          %s\n",
        Figure.time(before),
        ratio,
        low,
        high,
        verdict().text);
  }
}
