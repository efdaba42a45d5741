package org.girih.cli.cost;

import java.util.Locale;

/// Numbers for people.
public final class Figure {
  private static final String[] PREFIXES = {"", "k", "M", "G", "T", "P", "E"};
  private static final double EXACT = 10_000;

  private Figure() {}

  /// Returns a count: itself below 10,000, else three digits and a decimal prefix: `65.5k`,
  /// `1.07G`.
  public static String count(double value) {
    if (!Double.isFinite(value)) {
      return "?";
    }
    return value < EXACT && value == Math.rint(value)
        ? Long.toString((long) value)
        : scaled(value, "");
  }

  /// Returns three digits, a decimal prefix and a unit: `1.25 GB/s`.
  public static String of(double value, String unit) {
    return scaled(value, " ") + unit;
  }

  private static String scaled(double value, String between) {
    int power = 0;
    double rest = value;
    // 999.5 is 1000 in three digits, and so 1.00 of the next prefix.
    while (rest >= 999.5 && power < PREFIXES.length - 1) {
      rest /= 1000;
      power++;
    }
    return digits(rest) + between + PREFIXES[power];
  }

  /// Returns three digits, as far as they are not zeros before the point.
  static String digits(double value) {
    String form = value >= 99.95 ? "%.0f" : value >= 9.995 ? "%.1f" : "%.2f";
    return String.format(Locale.ROOT, form, value);
  }

  /// Returns a time in its unit: `12.3 µs`.
  public static String time(double nanoseconds) {
    if (nanoseconds < 999.5) {
      return digits(nanoseconds) + " ns";
    }
    if (nanoseconds < 999.5e3) {
      return digits(nanoseconds / 1e3) + " µs";
    }
    return nanoseconds < 999.5e6
        ? digits(nanoseconds / 1e6) + " ms"
        : digits(nanoseconds / 1e9) + " s";
  }

  /// Returns `12.5%`.
  static String share(double part, double whole) {
    return whole == 0 ? "" : String.format(Locale.ROOT, "%.1f%%", 100 * part / whole);
  }
}
