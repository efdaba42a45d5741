package org.girih.ir.type;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A product of atoms, sorted; an atom that occurs n times has power n. No atoms is one.
public record Monomial(List<Atom> atoms) implements Comparable<Monomial> {
  static final Monomial ONE = new Monomial(List.of());

  static Monomial of(Atom atom) {
    return new Monomial(List.of(atom));
  }

  boolean isOne() {
    return atoms.isEmpty();
  }

  Monomial times(Monomial other) {
    var all = new ArrayList<>(atoms);
    all.addAll(other.atoms);
    all.sort(null);
    return new Monomial(List.copyOf(all));
  }

  /// Returns what is left when the other's atoms are taken out, if they are all there.
  Optional<Monomial> dividedBy(Monomial other) {
    var left = new ArrayList<>(atoms);
    for (Atom atom : other.atoms) {
      if (!left.remove(atom)) {
        return Optional.empty();
      }
    }
    return Optional.of(new Monomial(List.copyOf(left)));
  }

  boolean isFloorDiv() {
    return atoms.size() == 1 && atoms.getFirst() instanceof Atom.FloorDiv;
  }

  /// Returns whether it is made of names alone.
  boolean plain() {
    return atoms.stream().allMatch(Atom.Name.class::isInstance);
  }

  boolean nonNegative() {
    return atoms.stream().allMatch(Atom::nonNegative);
  }

  long evaluate(Map<String, Long> sizes) {
    long product = 1;
    for (Atom atom : atoms) {
      product = Math.multiplyExact(product, atom.evaluate(sizes));
    }
    return product;
  }

  /// Puts the higher degree first, then orders by name, the constant last: the order in which they
  /// are printed.
  @Override
  public int compareTo(Monomial other) {
    int byDegree = Integer.compare(other.atoms.size(), atoms.size());
    return byDegree != 0 ? byDegree : toString().compareTo(other.toString());
  }

  @Override
  public String toString() {
    var parts = new ArrayList<String>();
    for (Atom atom : atoms) {
      String text = atom.toString();
      parts.add(atom instanceof Atom.FloorDiv && atoms.size() > 1 ? "(" + text + ")" : text);
    }
    return String.join(" * ", parts);
  }
}
