package org.girih.runtime.pjrt;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.function.IntPredicate;

/// Native arrays of the handles of one execute, reused since allocating them costs more than all
/// else on our side of it.
final class HandleArrays {
  private final MemorySegment in;
  private final MemorySegment out;
  private final MemorySegment keep;
  private final long arguments;
  private final long results;
  private final long kept;

  HandleArrays(int parameters, int results) {
    Arena arena = Arena.ofAuto();
    this.in = arena.allocate(JAVA_LONG, Math.max(1, parameters));
    this.out = arena.allocate(JAVA_LONG, Math.max(1, results));
    this.keep = arena.allocate(JAVA_LONG, Math.max(1, parameters));
    this.arguments = in.address();
    this.results = out.address();
    this.kept = keep.address();
  }

  /// Returns the address of the arguments' handles.
  long arguments() {
    return arguments;
  }

  /// Returns the address of the results' handles.
  long results() {
    return results;
  }

  /// Returns the address of the numbers of the arguments that are kept.
  long kept() {
    return kept;
  }

  /// Writes down the numbers of the arguments that are kept; returns how many there are.
  int keep(int count, IntPredicate kept) {
    int keeps = 0;
    for (int i = 0; i < count; i++) {
      if (kept.test(i)) {
        keep.setAtIndex(JAVA_LONG, keeps++, i);
      }
    }
    return keeps;
  }

  void put(int index, long handle) {
    in.setAtIndex(JAVA_LONG, index, handle);
  }

  long result(int index) {
    return out.getAtIndex(JAVA_LONG, index);
  }
}
