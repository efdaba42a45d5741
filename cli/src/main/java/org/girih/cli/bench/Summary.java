package org.girih.cli.bench;

import java.util.Arrays;
import java.util.stream.IntStream;

/// Summarises the times of some runs. Nothing is taken for normally distributed: runs have a
/// shortest time and a long tail; nor are neighbours taken for independent, since machines are
/// slower for a while.
///
/// @param mad the median of the distances from the median
/// @param outliers runs further from the median than five times the standard deviation that `mad`
///     would be of a normal distribution (1.4826 of it), and than a hundredth of the median
/// @param low the least median of eight parts of the runs, in the order of time, as `high` is the
///     greatest: if such parts are independent, the median of all that might have been run lies
///     between these at 1 − 2 / 2⁸ = 99.2 %
public record Summary(
    int runs,
    double min,
    double median,
    double max,
    double mad,
    int outliers,
    double low,
    double high) {
  private static final int PARTS = 8;
  private static final double NORMAL = 1.4826;
  private static final double FAR = 5;
  private static final double NEAR = 0.01;

  /// @param times one at least, in the order of time
  public static Summary of(long[] times) {
    int n = times.length;
    double median = median(times);
    double[] distances = Arrays.stream(times).mapToDouble(t -> Math.abs(t - median)).toArray();
    double mad = median(distances);
    double far = Math.max(FAR * NORMAL * mad, NEAR * median);
    int outliers = (int) Arrays.stream(distances).filter(d -> d > far).count();
    int parts = Math.min(PARTS, n);
    double[] medians =
        IntStream.range(0, parts)
            .mapToDouble(
                i ->
                    median(
                        Arrays.copyOfRange(
                            times, (int) ((long) i * n / parts), (int) ((i + 1L) * n / parts))))
            .toArray();
    return new Summary(
        n,
        Arrays.stream(times).min().orElseThrow(),
        median,
        Arrays.stream(times).max().orElseThrow(),
        mad,
        outliers,
        Arrays.stream(medians).min().orElseThrow(),
        Arrays.stream(medians).max().orElseThrow());
  }

  private static double median(long[] values) {
    return median(Arrays.stream(values).asDoubleStream().toArray());
  }

  private static double median(double[] values) {
    double[] sorted = Arrays.stream(values).sorted().toArray();
    int n = sorted.length;
    return n % 2 == 1 ? sorted[n / 2] : (sorted[n / 2 - 1] + sorted[n / 2]) / 2;
  }
}
