package org.girih.ir.type;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Random;
import org.girih.ir.type.Dim.Truth;
import org.junit.jupiter.api.Test;

/// Arithmetic of sizes: by hand, and by chance against the same arithmetic on numbers.
final class DimTest {
  private static final Dim N = Dim.name("n");
  private static final Dim M = Dim.name("m");

  @Test
  void equalPolynomialsAreEqualAndPrintAlike() {
    assertEquals(N.plus(M), M.plus(N));
    assertEquals("m + n", N.plus(M).toString());
    assertEquals("m * n + 2 * n - 1", N.times(M.plus(2)).plus(-1).toString());
    assertEquals("n * n + 2 * n + 1", N.plus(1).times(N.plus(1)).toString());
    assertEquals(Dim.of(0), N.minus(N));
    assertEquals(Dim.of(3), N.plus(3).minus(N));
    assertEquals("-n", N.times(-1).toString());
    assertEquals("-(n // 2)", N.floorDiv(Dim.of(2)).times(-1).toString());
    assertEquals("3 * (n // 2)", N.floorDiv(Dim.of(2)).times(3).toString());
  }

  @Test
  void exactQuotientsArePolynomials() {
    assertEquals(N, N.times(2).floorDiv(Dim.of(2)));
    assertEquals(N.plus(1), N.plus(1).times(M).floorDiv(M));
    assertEquals(N.minus(M), N.times(N).minus(M.times(M)).floorDiv(N.plus(M)));
    assertEquals(Dim.of(-4), Dim.of(-7).floorDiv(Dim.of(2)));
    assertEquals("(n + 1) // 2", N.plus(1).floorDiv(Dim.of(2)).toString());
    assertEquals("n // m", N.floorDiv(M).toString());
    assertEquals("n // (-2)", N.floorDiv(Dim.of(-2)).toString());
    assertEquals(Dim.of(1), Dim.of(-7).floorMod(Dim.of(2)));
    assertEquals(Dim.of(0), N.times(2).floorMod(Dim.of(2)));
    assertThrows(ArithmeticException.class, () -> N.floorDiv(Dim.of(0)));
    assertThrows(ArithmeticException.class, () -> Dim.of(1).floorMod(Dim.of(0)));
  }

  @Test
  void comparisons() {
    assertEquals(Truth.YES, N.atLeast(Dim.of(0)));
    assertEquals(Truth.UNKNOWN, N.atLeast(Dim.of(1)));
    assertEquals(Truth.YES, N.plus(1).atLeast(Dim.of(1)));
    assertEquals(Truth.YES, N.plus(M).atLeast(M));
    assertEquals(Truth.NO, M.atLeast(N.plus(M).plus(1)));
    assertEquals(Truth.UNKNOWN, N.atLeast(M));
    assertEquals(Truth.YES, Dim.of(2).atLeast(Dim.of(2)));
    assertEquals(Truth.NO, Dim.of(2).atLeast(Dim.of(3)));
    assertEquals(Truth.YES, N.equalTo(Dim.name("n")));
    assertEquals(Truth.NO, N.equalTo(M));
    assertEquals(Truth.NO, N.equalTo(Dim.of(3)));
    assertEquals(Truth.NO, N.equalTo(N.plus(1)));
    Dim half = N.floorDiv(Dim.of(2));
    assertEquals(Truth.UNKNOWN, half.times(2).equalTo(N));
    assertEquals(Truth.YES, half.atLeast(Dim.of(0)));
    assertEquals(Truth.UNKNOWN, N.minus(M).floorDiv(Dim.of(2)).atLeast(Dim.of(0)));
    assertEquals(Truth.YES, N.max(M).atLeast(Dim.of(0)));
    assertEquals(Truth.YES, N.min(M).atLeast(Dim.of(0)));
    assertEquals(Truth.YES, N.minus(M).max(N).atLeast(Dim.of(0)));
    assertEquals(Truth.UNKNOWN, N.minus(M).min(N.plus(1)).atLeast(Dim.of(0)));
  }

  @Test
  void extrema() {
    assertEquals(N.plus(2), N.plus(2).max(N));
    assertEquals(N, N.plus(2).min(N));
    assertEquals(N.plus(2), N.max(N.plus(2)));
    assertEquals(N, N.min(N.plus(2)));
    assertEquals(N.max(M), M.max(N));
    assertEquals(N.min(M), M.min(N));
    assertEquals("max(m, n)", N.max(M).toString());
    assertEquals(N, N.max(Dim.of(0)));
  }

  @Test
  void overflowIsAnError() {
    Dim large = Dim.of(Long.MAX_VALUE);
    assertThrows(ArithmeticException.class, () -> large.plus(1));
    assertThrows(ArithmeticException.class, () -> large.times(2));
    assertThrows(ArithmeticException.class, () -> N.times(large).plus(N));
    assertThrows(ArithmeticException.class, () -> N.times(N).evaluate(Map.of("n", 1L << 40)));
    assertThrows(IllegalArgumentException.class, () -> N.evaluate(Map.of("m", 1L)));
    assertThrows(ArithmeticException.class, () -> N.floorDiv(M).evaluate(Map.of("n", 1L, "m", 0L)));
  }

  @Test
  void typesKnowTheirSizes() {
    var type = new ArrayType(DType.F32, List.of(N, Dim.of(4)));
    assertEquals("f32[n, 4]", type.toString());
    assertEquals(N.times(4), type.elements());
    assertTrue(!type.known());
    assertThrows(IllegalStateException.class, type::sizes);
    assertEquals("f64", ArrayType.scalar(DType.F64).toString());
    assertEquals(Dim.of(1), ArrayType.scalar(DType.F64).elements());
    assertEquals(java.util.Optional.empty(), ArrayType.of(DType.I32, 3).tangent());
  }

  /// Expressions by chance: their values, comparisons and quotients agree with arithmetic on `long`
  /// for many sizes.
  @Test
  void agreesWithNumbers() {
    var random = new Random(3);
    for (int i = 0; i < 3_000; i++) {
      long seed = random.nextLong();
      Dim one = symbolic(new Random(seed), 4);
      long other = random.nextLong();
      Dim two = symbolic(new Random(other), 3);
      for (int k = 0; k < 8; k++) {
        var sizes =
            Map.of(
                "n", (long) random.nextInt(12),
                "m", (long) random.nextInt(12),
                "k", (long) random.nextInt(5));
        long a = number(new Random(seed), 4, sizes);
        long b = number(new Random(other), 3, sizes);
        String what = one + " and " + two + " at " + sizes;
        assertEquals(a, one.evaluate(sizes), what);
        assertEquals(b, two.evaluate(sizes), what);
        assertEquals(Math.max(a, b), one.max(two).evaluate(sizes), what);
        assertEquals(Math.min(a, b), one.min(two).evaluate(sizes), what);
        assertEquals(a - b, one.minus(two).evaluate(sizes), what);
        assertTrue(consistent(one.atLeast(two), a >= b), what);
        assertTrue(one.equalTo(two) != Truth.YES || a == b, what);
        if (b != 0) {
          assertEquals(Math.floorDiv(a, b), one.floorDiv(two).evaluate(sizes), what);
          assertEquals(Math.floorMod(a, b), one.floorMod(two).evaluate(sizes), what);
        }
      }
    }
  }

  private static boolean consistent(Truth truth, boolean holds) {
    return switch (truth) {
      case YES -> holds;
      case NO -> !holds;
      case UNKNOWN -> true;
    };
  }

  private static Dim symbolic(Random random, int depth) {
    if (depth == 0 || random.nextInt(4) == 0) {
      int which = random.nextInt(4);
      return which == 3
          ? Dim.of(random.nextInt(-3, 6))
          : Dim.name(List.of("n", "m", "k").get(which));
    }
    int op = random.nextInt(6);
    Dim a = symbolic(random, depth - 1);
    Dim b = op == 3 ? Dim.of(1 + random.nextInt(3)) : symbolic(random, depth - 1);
    return switch (op) {
      case 0 -> a.plus(b);
      case 1 -> a.minus(b);
      case 2 -> a.times(b);
      case 3 -> a.floorDiv(b);
      case 4 -> a.max(b);
      default -> a.min(b);
    };
  }

  /// The same choices as [#symbolic], on numbers.
  private static long number(Random random, int depth, Map<String, Long> sizes) {
    if (depth == 0 || random.nextInt(4) == 0) {
      int which = random.nextInt(4);
      return which == 3 ? random.nextInt(-3, 6) : sizes.get(List.of("n", "m", "k").get(which));
    }
    int op = random.nextInt(6);
    long a = number(random, depth - 1, sizes);
    long b = op == 3 ? 1 + random.nextInt(3) : number(random, depth - 1, sizes);
    return switch (op) {
      case 0 -> a + b;
      case 1 -> a - b;
      case 2 -> a * b;
      case 3 -> Math.floorDiv(a, b);
      case 4 -> Math.max(a, b);
      default -> Math.min(a, b);
    };
  }
}
