package org.girih.ir.op;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.IntPredicate;

/// A choice of a list's elements: of operands that have a tangent, of results that are batched.
public record Mask(List<Boolean> bits) {
  public Mask {
    bits = List.copyOf(bits);
  }

  public static Mask none(int size) {
    return new Mask(Collections.nCopies(size, false));
  }

  public static Mask all(int size) {
    return new Mask(Collections.nCopies(size, true));
  }

  public static Mask where(int size, IntPredicate in) {
    var bits = new ArrayList<Boolean>(size);
    for (int i = 0; i < size; i++) {
      bits.add(in.test(i));
    }
    return new Mask(bits);
  }

  /// Returns those of the masks, one after the other.
  public static Mask concat(Mask... masks) {
    var bits = new ArrayList<Boolean>();
    for (Mask mask : masks) {
      bits.addAll(mask.bits);
    }
    return new Mask(bits);
  }

  public boolean at(int i) {
    return bits.get(i);
  }

  public int size() {
    return bits.size();
  }

  /// Returns how many are in.
  public int count() {
    return Collections.frequency(bits, true);
  }

  public boolean any() {
    return bits.contains(true);
  }

  /// Returns the positions that are in, ascending.
  public List<Integer> positions() {
    var out = new ArrayList<Integer>();
    for (int i = 0; i < bits.size(); i++) {
      if (bits.get(i)) {
        out.add(i);
      }
    }
    return out;
  }

  public Mask not() {
    return where(size(), i -> !at(i));
  }

  public Mask or(Mask other) {
    return where(size(), i -> at(i) || other.at(i));
  }

  public Mask and(Mask other) {
    return where(size(), i -> at(i) && other.at(i));
  }

  public Mask slice(int from, int to) {
    return new Mask(bits.subList(from, to));
  }

  /// Returns the elements that are in.
  public <T> List<T> pick(List<T> from) {
    if (from.size() != size()) {
      throw new IllegalArgumentException(from.size() + " elements for a mask of " + size());
    }
    var out = new ArrayList<T>();
    for (int i = 0; i < size(); i++) {
      if (at(i)) {
        out.add(from.get(i));
      }
    }
    return out;
  }
}
