package org.girih.ir.type;

import java.util.SortedMap;

/// How polynomials of sizes are printed: `2 * n * m + n - 1`.
final class DimText {
  private DimText() {}

  static String of(SortedMap<Monomial, Long> terms) {
    var text = new StringBuilder();
    terms.forEach(
        (monomial, coefficient) -> {
          long size = Math.abs(coefficient);
          if (text.isEmpty()) {
            text.append(coefficient < 0 ? "-" : "");
          } else {
            text.append(coefficient < 0 ? " - " : " + ");
          }
          if (monomial.isOne()) {
            text.append(size);
          } else {
            text.append(size == 1 ? "" : size + " * ").append(monomial);
          }
        });
    return text.toString();
  }

  /// With parentheses unless it is a number or a name.
  static String factor(Dim dim) {
    String text = dim.toString();
    return text.contains(" ") ? "(" + text + ")" : text;
  }
}
