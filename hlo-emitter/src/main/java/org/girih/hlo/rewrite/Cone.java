package org.girih.hlo.rewrite;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The operations that are computed for one element of a value when all that can be fused is: each
/// is a node of the computation together with the path of moves by which its element is found. A
/// node that is read at two positions is there twice, since a fusion computes it twice.
///
/// @param entries `node << 32 | path`, ascending, each once
/// @param work how many operations they are, the callees of calls included
record Cone(long[] entries, long work) {
  static final Cone EMPTY = new Cone(new long[0], 0);

  /// Up to this many cones are merged one after the other; more are sorted at once.
  private static final int FEW = 8;

  static int node(long entry) {
    return (int) (entry >>> 32);
  }

  static int path(long entry) {
    return (int) entry;
  }

  static long entry(int node, int path) {
    return (long) node << 32 | path;
  }

  /// Returns a cone of these entries, which need no order and may repeat.
  static Cone of(long[] entries, long[] weights) {
    Arrays.sort(entries);
    long work = 0;
    int size = 0;
    for (long entry : entries) {
      if (size == 0 || entries[size - 1] != entry) {
        entries[size++] = entry;
        work += weights[node(entry)];
      }
    }
    return new Cone(size == entries.length ? entries : Arrays.copyOf(entries, size), work);
  }

  /// Returns all cones together; what is in several is counted once.
  static Cone of(List<Cone> cones, long[] weights) {
    List<Cone> filled = new ArrayList<>(cones.size());
    for (Cone cone : cones) {
      if (cone.entries.length > 0) {
        filled.add(cone);
      }
    }
    if (filled.size() > FEW) {
      return of(filled.stream().flatMapToLong(c -> Arrays.stream(c.entries)).toArray(), weights);
    }
    Cone all = EMPTY;
    for (Cone cone : filled) {
      all = all.and(cone, weights);
    }
    return all;
  }

  /// Merges two cones in order.
  private Cone and(Cone other, long[] weights) {
    if (entries.length == 0 || this == other) {
      return other;
    }
    long[] out = new long[entries.length + other.entries.length];
    long sum = 0;
    int size = 0;
    int j = 0;
    for (int i = 0; i < entries.length || j < other.entries.length; size++) {
      boolean left =
          j == other.entries.length || i < entries.length && entries[i] <= other.entries[j];
      long next = left ? entries[i] : other.entries[j];
      j += j < other.entries.length && other.entries[j] == next ? 1 : 0;
      i += left ? 1 : 0;
      out[size] = next;
      sum += weights[node(next)];
    }
    return new Cone(size == out.length ? out : Arrays.copyOf(out, size), sum);
  }
}
