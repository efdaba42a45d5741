package org.girih.cli.bench;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.girih.host.run.RunProblem;
import org.junit.jupiter.api.Test;

/// With a clock that only runs while something is run.
class SamplingTest {
  private long now;
  private int runs;
  private int freed;

  private long[] sample(Sampling sampling, long... times) throws RunProblem {
    return sampling.of(
        () -> {
          now += times[Math.min(runs++, times.length - 1)];
          return () -> {
            freed++;
            now += 1_000_000; // what freeing takes is not counted
          };
        },
        () -> now);
  }

  @Test
  void eachRunIsTimedByItself() throws RunProblem {
    long[] made = sample(new Sampling(0, 0, 3, 3), 500, 10, 20, 30);
    assertArrayEquals(new long[] {10, 20, 30}, made);
    assertEquals(4, runs); // one to warm up
    assertEquals(4, freed);
  }

  @Test
  void itIsWarmedUpForAWhile() throws RunProblem {
    // Each run and its freeing take 2 ms: 5 of them reach 10 ms.
    sample(new Sampling(10_000_000, 0, 1, 1), 1_000_000);
    assertEquals(5 + 1, runs);
  }

  @Test
  void itGoesOnUntilTheTimeIsOver() throws RunProblem {
    long[] made = sample(new Sampling(0, 40_000_000, 10, 1000), 1_000_000);
    assertEquals(20, made.length);
  }

  @Test
  void slowOnesRunTenTimesAndFastOnesTenThousand() throws RunProblem {
    assertEquals(10, sample(Sampling.of(0, 2), 60_000_000_000L).length);
    assertEquals(10_000, sample(Sampling.of(0, 1000), 5).length);
    assertEquals(7, sample(Sampling.of(0, 2).times(7), 5).length);
  }

  @Test
  void aClockThatStandsStillGivesNoZero() throws RunProblem {
    long[] made = sample(new Sampling(0, 0, 2, 2), 0);
    assertEquals(2, Arrays.stream(made).sum());
  }
}
