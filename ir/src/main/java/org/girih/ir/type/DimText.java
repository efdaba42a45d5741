package org.girih.ir.type;

import java.util.SortedMap;

/// Prints polynomials of sizes: `2 * n * m + n - 1`.
final class DimText {
  private DimText() {}

  static String of(SortedMap<Monomial, Long> terms) {
    var text = new StringBuilder();
    terms.forEach(
        (monomial, coefficient) -> {
          long size = Math.abs(coefficient);
          boolean first = text.isEmpty();
          if (text.isEmpty()) {
            text.append(coefficient < 0 ? "-" : "");
          } else {
            text.append(coefficient < 0 ? " - " : " + ");
          }
          if (monomial.isOne()) {
            text.append(size);
          } else {
            // `2 * n // 2` would read as (2 * n) // 2.
            boolean enclosed = monomial.isFloorDiv() && (size != 1 || first && coefficient < 0);
            text.append(size == 1 ? "" : size + " * ");
            text.append(enclosed ? "(" + monomial + ")" : monomial.toString());
          }
        });
    return text.toString();
  }

  /// Writes it with parentheses unless it is a name or a number that is not negative.
  static String factor(Dim dim) {
    String text = dim.toString();
    return text.contains(" ") || text.startsWith("-") ? "(" + text + ")" : text;
  }
}
