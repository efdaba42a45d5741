package org.girih.ir.text;

import org.girih.ir.type.Dim;

/// Reads sizes: `4`, `n`, `2 * n * m - 1`, `(n + 1) // 2`, `max(n, m)`. `*` and `//` group from the
/// left. Depth and number of terms are bounded, so that no text makes it slow.
final class DimReader {
  private static final int MAX_DEPTH = 32;
  private static final int MAX_TERMS = 1024;
  private static final int MAX_FACTORS = 4096;

  private final TirScanner in;
  private int depth;
  private int factors;

  DimReader(TirScanner in) {
    this.in = in;
  }

  /// Reads one size; each begins afresh with the bounds.
  Dim read() {
    depth = 0;
    factors = 0;
    int start = in.here();
    try {
      return sum();
    } catch (ArithmeticException e) {
      throw in.refused(start, "size arithmetic: " + e.getMessage());
    }
  }

  private Dim sum() {
    if (++depth > MAX_DEPTH) {
      throw in.refused(in.here(), "sizes nested deeper than " + MAX_DEPTH);
    }
    Dim sum = in.take("-") ? product().times(-1) : product();
    while (true) {
      if (in.looksAt("->")) {
        break;
      } else if (in.take("+")) {
        sum = bounded(sum.plus(product()));
      } else if (in.take("-")) {
        sum = bounded(sum.minus(product()));
      } else {
        break;
      }
    }
    depth--;
    return sum;
  }

  private Dim product() {
    Dim product = factor();
    while (true) {
      if (in.take("//")) {
        product = product.floorDiv(factor());
      } else if (in.take("*")) {
        Dim factor = factor();
        if ((long) product.asTerms().size() * factor.asTerms().size() > MAX_TERMS) {
          throw in.refused(in.here(), "a size of more than " + MAX_TERMS + " terms");
        }
        product = product.times(factor);
      } else {
        return product;
      }
    }
  }

  private Dim bounded(Dim dim) {
    if (dim.asTerms().size() > MAX_TERMS) {
      throw in.refused(in.here(), "a size of more than " + MAX_TERMS + " terms");
    }
    return dim;
  }

  private Dim factor() {
    if (++factors > MAX_FACTORS) {
      throw in.refused(in.here(), "a size of more than " + MAX_FACTORS + " factors");
    }
    char next = in.peek();
    if (next >= '0' && next <= '9') {
      return Dim.of(in.integer("a size"));
    }
    if (in.take("(")) {
      Dim inner = sum();
      in.expect(")");
      return inner;
    }
    String name = in.sizeName();
    if ((name.equals("max") || name.equals("min")) && in.take("(")) {
      Dim left = sum();
      in.expect(",");
      Dim right = sum();
      in.expect(")");
      return name.equals("max") ? left.max(right) : left.min(right);
    }
    return Dim.name(name);
  }
}
