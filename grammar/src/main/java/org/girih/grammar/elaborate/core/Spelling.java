package org.girih.grammar.elaborate.core;

import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/// Did you mean …?
public final class Spelling {
  private Spelling() {}

  /// Names of fewer letters are near only to those that differ by case, since each is near to many:
  /// of a few choices, and of all the names in sight.
  private static final int SHORT_CHOICE = 3;

  private static final int SHORT_NAME = 4;

  /// Returns the one of a few names that is nearest to what was typed, if it is near enough: a
  /// third of its letters wrong.
  public static Optional<String> nearest(String typed, Stream<String> choices) {
    return nearest(typed, choices, SHORT_CHOICE);
  }

  /// Returns the same of all names in sight.
  public static Optional<String> nearestName(String typed, Stream<String> names) {
    return nearest(typed, names, SHORT_NAME);
  }

  private static Optional<String> nearest(String typed, Stream<String> names, int length) {
    record Near(String name, int distance) {}
    return names
        .distinct()
        .filter(n -> !n.startsWith("_") && Math.abs(n.length() - typed.length()) <= 2)
        .filter(n -> typed.length() >= length || n.equalsIgnoreCase(typed))
        .map(n -> new Near(n, distance(typed, n)))
        .filter(n -> n.distance <= Math.max(1, typed.length() / 3))
        .min(Comparator.comparingInt(Near::distance).thenComparing(Near::name))
        .map(Near::name);
  }

  /// Insertions, deletions, substitutions and swaps of neighbours (optimal string alignment).
  static int distance(String a, String b) {
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          d[i][j] = i + j;
          continue;
        }
        int same = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        d[i][j] = Math.min(Math.min(d[i - 1][j], d[i][j - 1]) + 1, d[i - 1][j - 1] + same);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
        }
      }
    }
    return d[a.length()][b.length()];
  }
}
