package org.girih.passes.random;

import java.util.List;
import java.util.Random;

/// Chance that is a list of numbers, so that a shorter list of smaller ones is a simpler program:
/// zeros when it is used up.
final class Choices extends Random {
  private static final long serialVersionUID = 1;

  private final transient List<Integer> all;
  private int next;

  Choices(List<Integer> all) {
    super(0);
    this.all = List.copyOf(all);
  }

  @Override
  protected int next(int bits) {
    int choice = all != null && next < all.size() ? all.get(next++) : 0;
    return choice >>> (32 - bits);
  }
}
