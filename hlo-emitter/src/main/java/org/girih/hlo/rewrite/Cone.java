package org.girih.hlo.rewrite;

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
    List<Cone> filled = cones.stream().filter(c -> c.entries.length > 0).distinct().toList();
    if (filled.isEmpty()) {
      return EMPTY;
    }
    return filled.size() == 1
        ? filled.getFirst()
        : of(filled.stream().flatMapToLong(c -> Arrays.stream(c.entries)).toArray(), weights);
  }
}
