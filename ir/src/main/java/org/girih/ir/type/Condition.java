package org.girih.ir.type;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/// Something that sizes must meet, and that normal forms do not decide: `left == right`, or `left
/// >= right`.
public record Condition(Dim left, Relation relation, Dim right) {
  public enum Relation {
    EQUAL,
    AT_LEAST
  }

  public static Condition equal(Dim left, Dim right) {
    return new Condition(left, Relation.EQUAL, right);
  }

  public static Condition atLeast(Dim left, Dim right) {
    return new Condition(left, Relation.AT_LEAST, right);
  }

  /// Returns whether sizes with these values meet it.
  ///
  /// @throws ArithmeticException for overflow or a zero divisor
  public boolean holds(Map<String, Long> sizes) {
    long difference = difference().evaluate(sizes);
    return relation == Relation.EQUAL ? difference == 0 : difference >= 0;
  }

  private Dim difference() {
    return left.minus(right);
  }

  /// Returns those that require something: without what holds for all sizes, and what another one
  /// requires too.
  public static List<Condition> simplified(Collection<Condition> all) {
    var kept = new ArrayList<Condition>();
    for (Condition each : all) {
      if (!each.alwaysHolds() && kept.stream().noneMatch(k -> k.implies(each))) {
        kept.removeIf(each::implies);
        kept.add(each);
      }
    }
    return kept;
  }

  private boolean implies(Condition other) {
    Dim mine = difference();
    Dim its = other.difference();
    boolean same = mine.equals(its) || mine.equals(its.times(-1));
    return switch (other.relation) {
      case EQUAL -> relation == Relation.EQUAL && same;
      case AT_LEAST ->
          relation == Relation.EQUAL ? same : its.minus(mine).atLeast(Dim.of(0)) == Dim.Truth.YES;
    };
  }

  /// Knows that a // c <= a for sizes a and numbers c >= 1.
  private boolean alwaysHolds() {
    Dim difference = difference();
    if (relation == Relation.EQUAL) {
      return difference.equals(Dim.of(0));
    }
    if (difference.atLeast(Dim.of(0)) == Dim.Truth.YES) {
      return true;
    }
    for (var term : difference.asTerms().entrySet()) {
      if (term.getValue() < 0
          && term.getKey().atoms().size() == 1
          && term.getKey().atoms().getFirst() instanceof Atom.FloorDiv(Dim a, Dim.Known(long c))
          && c >= 1
          && a.atLeast(Dim.of(0)) == Dim.Truth.YES) {
        Dim quotient = a.floorDiv(Dim.of(c));
        Dim rest = difference.minus(quotient.times(term.getValue()));
        if (rest.times(c).plus(a.times(term.getValue())).atLeast(Dim.of(0)) == Dim.Truth.YES) {
          return true;
        }
      }
    }
    return false;
  }

  /// Returns `n == 2 * m`; that c divides n is shown as `n % c == 0`.
  @Override
  public String toString() {
    if (relation == Relation.AT_LEAST) {
      return left + " >= " + right;
    }
    Dim difference = difference();
    for (var term : difference.asTerms().entrySet()) {
      if (term.getKey().atoms().size() == 1
          && term.getKey().atoms().getFirst() instanceof Atom.FloorDiv(Dim a, Dim.Known(long c))
          && Math.abs(term.getValue()) == c
          && (difference.equals(a.floorMod(Dim.of(c)))
              || difference.equals(a.floorMod(Dim.of(c)).times(-1)))) {
        return DimText.factor(a) + " % " + c + " == 0";
      }
    }
    return left + " == " + right;
  }
}
