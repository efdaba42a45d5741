package org.girih.cli.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.OptionalDouble;
import java.util.stream.LongStream;
import org.girih.cli.bench.BenchComparison.Verdict;
import org.junit.jupiter.api.Test;

/// By hand.
class SummaryTest {
  @Test
  void ofAFewRuns() {
    // Distances from 13: 3 1 0 1 87.
    assertEquals(
        new Summary(5, 10, 13, 100, 1, 1, 10, 100), Summary.of(new long[] {10, 12, 13, 14, 100}));
    assertEquals(new Summary(1, 7, 7, 7, 0, 0, 7, 7), Summary.of(new long[] {7}));
    assertEquals(11, Summary.of(new long[] {10, 12}).median());
  }

  @Test
  void theIntervalIsOfTheMediansOfEightParts() {
    // 16 runs, 1 2 | 3 4 | … | 15 16: the medians of the parts are 1.5 to 15.5.
    Summary s = Summary.of(LongStream.rangeClosed(1, 16).toArray());
    assertEquals(1.5, s.low());
    assertEquals(15.5, s.high());
    assertEquals(8.5, s.median());
    // The same times in another order: each part has one of both halves.
    Summary mixed = Summary.of(new long[] {1, 16, 15, 2, 3, 14, 13, 4, 5, 12, 11, 6, 7, 10, 9, 8});
    assertEquals(8.5, mixed.low());
    assertEquals(8.5, mixed.high());
  }

  @Test
  void outliersAreFarFromTheMedian() {
    // All alike but for one by 0.9 % and one by 2 %: the first is near.
    long[] runs = new long[20];
    java.util.Arrays.fill(runs, 1000);
    runs[3] = 1009;
    runs[9] = 1020;
    assertEquals(1, Summary.of(runs).outliers());
  }

  private static BenchComparison compare(Summary before, Summary now) {
    return BenchComparison.of(before, now);
  }

  private static Summary around(double median, double low, double high) {
    return new Summary(100, low, median, high, 0, 0, low, high);
  }

  @Test
  void aDifferenceLiesOutsideBothIntervals() {
    BenchComparison slower = compare(around(100, 95, 105), around(150, 140, 160));
    assertEquals(Verdict.SLOWER, slower.verdict());
    assertEquals(1.5, slower.ratio());
    assertEquals(140.0 / 105, slower.low());
    assertEquals(160.0 / 95, slower.high());
    assertEquals(Verdict.FASTER, compare(around(150, 140, 160), around(100, 95, 105)).verdict());
    assertEquals(Verdict.EQUAL, compare(around(100, 80, 130), around(150, 120, 160)).verdict());
    // Narrow intervals, but two hundredths are no difference.
    assertEquals(
        Verdict.EQUAL, compare(around(100, 100, 100), around(101.5, 101.5, 101.5)).verdict());
    assertEquals(Verdict.SLOWER, compare(around(100, 100, 100), around(103, 103, 103)).verdict());
  }

  @Test
  void forAPerson() {
    var made =
        new Measurement(
            "dot",
            new long[] {2_000_000, 2_000_000, 2_100_000},
            OptionalDouble.of(65_536),
            OptionalDouble.of(14_336));
    // 65,536 in 2 ms, 14,336 bytes too.
    assertEquals(
        """
        dot
          median  2.00 ms (MAD 0.00 ns)
          range   2.00 ms to 2.10 ms
          runs    3, 1 outlier
          rate    32.8 Mflop/s, 7.17 MB/s
        """,
        made.text());
    assertEquals(
        """
          before  1.00 ms
          ratio   2.000 (1.900 to 2.105)
                  slower
        """,
        compare(around(1e6, 1e6, 1e6), new Summary(3, 0, 2e6, 0, 0, 0, 1.9e6, 2.1047e6)).text());
  }
}
