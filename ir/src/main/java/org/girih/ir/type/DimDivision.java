package org.girih.ir.type;

import java.util.Optional;

/// Exact division of polynomials of sizes, by the schoolbook algorithm on leading terms (the order
/// of [Monomial] is graded, hence a term order, so the algorithm ends).
final class DimDivision {
  private DimDivision() {}

  /// Returns the quotient, if there is no remainder.
  static Optional<Dim> exact(Dim dividend, Dim divisor) {
    var lead = divisor.asTerms().firstEntry();
    Dim rest = dividend;
    Dim quotient = Dim.of(0);
    for (int step = 0; step < 64; step++) {
      var terms = rest.asTerms();
      if (terms.isEmpty()) {
        return Optional.of(quotient);
      }
      var first = terms.firstEntry();
      var monomial = first.getKey().dividedBy(lead.getKey());
      if (monomial.isEmpty() || first.getValue() % lead.getValue() != 0) {
        return Optional.empty();
      }
      Dim term = Dim.of(first.getValue() / lead.getValue());
      for (Atom atom : monomial.get().atoms()) {
        term = term.times(single(atom));
      }
      quotient = quotient.plus(term);
      rest = rest.minus(term.times(divisor));
    }
    return Optional.empty();
  }

  private static Dim single(Atom atom) {
    var terms = new java.util.TreeMap<Monomial, Long>();
    terms.put(Monomial.of(atom), 1L);
    return new Dim.Poly(terms);
  }
}
