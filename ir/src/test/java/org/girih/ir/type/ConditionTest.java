package org.girih.ir.type;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Conditions on sizes: what is dropped says nothing that the others do not say.
class ConditionTest {
  private static final Dim N = Dim.name("n");
  private static final Dim M = Dim.name("m");

  private static Dim of(long size) {
    return Dim.of(size);
  }

  private static List<String> shown(Condition... all) {
    return Condition.simplified(List.of(all)).stream().map(Condition::toString).toList();
  }

  @Test
  void mirroredImpliedAndTrivialOnesGo() {
    Dim half = N.floorDiv(of(2));
    assertEquals(
        List.of("n // 2 == m // 2"),
        shown(
            Condition.atLeast(N, half),
            Condition.equal(half, M.floorDiv(of(2))),
            Condition.equal(M.floorDiv(of(2)), half)));
    assertEquals(
        List.of("n >= 3"),
        shown(
            Condition.atLeast(N, of(1)),
            Condition.atLeast(N.minus(of(1)), of(0)),
            Condition.atLeast(N, of(3)),
            Condition.atLeast(N, of(2))));
    assertEquals(List.of(), shown(Condition.atLeast(N.plus(M), half)));
    assertEquals(List.of("n // 2 >= m"), shown(Condition.atLeast(half, M)));
  }

  @Test
  void divisibilityIsShownAsARemainder() {
    assertEquals(List.of("n % 4 == 0"), shown(Condition.equal(N, N.floorDiv(of(4)).times(of(4)))));
    assertEquals(
        List.of("n == 3 * (n // 4)"), shown(Condition.equal(N, N.floorDiv(of(4)).times(of(3)))));
  }

  @Test
  void nothingIsLostForAnySizes() {
    var random = new Random(5);
    for (int round = 0; round < 2000; round++) {
      var all = new ArrayList<Condition>();
      for (int i = random.nextInt(1, 5); i > 0; i--) {
        Dim a = dim(random);
        Dim b = dim(random);
        all.add(random.nextBoolean() ? Condition.equal(a, b) : Condition.atLeast(a, b));
      }
      List<Condition> kept = Condition.simplified(all);
      for (long n = 0; n < 8; n++) {
        for (long m = 0; m < 8; m++) {
          var sizes = Map.of("n", n, "m", m);
          assertEquals(
              all.stream().allMatch(c -> c.holds(sizes)),
              kept.stream().allMatch(c -> c.holds(sizes)),
              all + " became " + kept + " at " + sizes);
        }
      }
    }
  }

  private static Dim dim(Random random) {
    Dim a = N.times(random.nextInt(0, 3)).plus(M.times(random.nextInt(0, 2)));
    Dim b = a.plus(random.nextInt(0, 4));
    return random.nextBoolean()
        ? b
        : b.floorDiv(of(random.nextInt(1, 4))).times(random.nextInt(1, 3));
  }
}
