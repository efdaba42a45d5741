package org.girih.grammar.elaborate.core;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The proof that different iterations touch different keys: where the positions in one iteration
/// and in another are equal, the iterations are.
///
/// An axis yields an equation of the two positions. What is the same in both cancels; the numbers
/// of the iterations are digits, each worth more than all that the smaller ones and the rest can
/// make up for, so the largest digits are equal. What one axis has shown cancels in the next.
final class Separation {
  private final int depth;
  private final List<Symbol.Iteration> around;
  private final List<Symbol.Iteration> iterations;
  private final Set<Symbol.Iteration> equal = new HashSet<>();

  /// @param around the loops that the array of keys is in: their iteration is the same
  /// @param iterations the loops inside of these
  private Separation(List<Symbol.Iteration> around, List<Symbol.Iteration> iterations) {
    this.depth = around.size();
    this.around = around;
    this.iterations = iterations;
    iterations.stream().filter(r -> r.count().orElse(2) <= 1).forEach(equal::add);
  }

  /// The loops of which it is not proved that another iteration of them touches other keys.
  ///
  /// @param a positions in one iteration, one an axis
  /// @param b positions in another
  static List<Symbol.Iteration> unproved(
      List<Affine> a,
      List<Affine> b,
      List<Symbol.Iteration> around,
      List<Symbol.Iteration> iterations) {
    var proof = new Separation(around, iterations);
    int before = -1;
    while (before < proof.equal.size()) {
      before = proof.equal.size();
      for (int axis = 0; axis < a.size(); axis++) {
        proof.axis(a.get(axis), b.get(axis));
      }
    }
    return iterations.stream().filter(r -> !proof.equal.contains(r)).toList();
  }

  private void axis(Affine a, Affine b) {
    var digits = new ArrayList<Map.Entry<Symbol, Long>>();
    Affine restA = Affine.of(a.base());
    Affine restB = Affine.of(b.base());
    for (var term : a.terms().entrySet()) {
      Symbol symbol = term.getKey();
      boolean digit = symbol instanceof Symbol.Iteration it && iterations.contains(it);
      if (same(symbol) || digit) {
        if (!term.getValue().equals(b.terms().get(symbol))) {
          return;
        }
        if (!same(symbol)) {
          digits.add(term);
        }
      } else {
        restA = restA.plus(Affine.of(symbol).times(term.getValue()));
      }
    }
    for (var term : b.terms().entrySet()) {
      Symbol symbol = term.getKey();
      boolean digit = symbol instanceof Symbol.Iteration it && iterations.contains(it);
      if (!same(symbol) && !digit) {
        restB = restB.plus(Affine.of(symbol).times(term.getValue()));
      } else if (!a.terms().containsKey(symbol)) {
        return;
      }
    }
    var rangeA = restA.range();
    var rangeB = restB.range();
    if (rangeA.isEmpty() || rangeB.isEmpty()) {
      return;
    }
    long slack =
        Math.max(
            Math.subtractExact(rangeA.get().high(), rangeB.get().low()),
            Math.subtractExact(rangeB.get().high(), rangeA.get().low()));
    digits.sort(Comparator.comparingLong(d -> -Math.abs(d.getValue())));
    for (int i = 0; i < digits.size(); i++) {
      long rest = slack;
      for (var smaller : digits.subList(i + 1, digits.size())) {
        var count = smaller.getKey().count();
        if (count.isEmpty()) {
          return;
        }
        rest =
            Math.addExact(
                rest, Math.multiplyExact(Math.abs(smaller.getValue()), count.getAsLong() - 1));
      }
      if (Math.abs(digits.get(i).getValue()) <= rest) {
        return;
      }
      equal.add((Symbol.Iteration) digits.get(i).getKey());
    }
  }

  /// Returns whether a number is the same in both iterations, as far as is proved.
  private boolean same(Symbol symbol) {
    return switch (symbol) {
      case Symbol.Iteration it -> equal.contains(it) || around.contains(it);
      case Symbol.Axis _ -> false;
      case Symbol.Unknown u ->
          u.depth() <= depth + iterations.size()
              && iterations.subList(0, Math.max(0, u.depth() - depth)).stream()
                  .allMatch(equal::contains);
      case Symbol.Read read -> read.index().terms().keySet().stream().allMatch(this::same);
    };
  }
}
