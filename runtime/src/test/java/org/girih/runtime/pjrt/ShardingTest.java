package org.girih.runtime.pjrt;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.Collections;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Arrays are cut into parts and put together, also where the parts do not come out even.
class ShardingTest {
  private static final int CASES = 300;

  @Test
  void partsHoldWhatTheirPlaceSays() {
    var random = new Random(11);
    for (int n = 0; n < CASES; n++) {
      int rank = random.nextInt(4);
      long[] dims = random.longs(rank, 1, 6).toArray();
      long[] parts = Arrays.stream(dims).map(d -> 1 + random.nextInt((int) d)).toArray();
      int tiles = (int) Arrays.stream(parts).reduce(1, (a, b) -> a * b);
      int[] order = order(tiles * (1 + random.nextInt(2)), tiles, random);
      var sharding = new Sharding(parts, order);
      var shape = new Shape(ElementType.S32, dims);
      try (var arena = Arena.ofConfined()) {
        int size = (int) (shape.byteSize() / Integer.BYTES);
        MemorySegment whole =
            arena.allocateFrom(ValueLayout.JAVA_INT, IntStream.range(0, size).toArray());
        Shape part = sharding.part(shape);
        MemorySegment back = arena.allocate(shape.byteSize(), 4);
        for (int d = 0; d < order.length; d++) {
          MemorySegment piece = arena.allocate(part.byteSize(), 4);
          sharding.cut(whole, shape, d, piece);
          check(shape, part, parts, order[d], piece);
          sharding.paste(piece, shape, d, back);
        }
        assertArrayEquals(
            whole.toArray(ValueLayout.JAVA_INT), back.toArray(ValueLayout.JAVA_INT), "" + sharding);
      }
    }
  }

  /// Each tile on a device, some on two, by chance.
  private static int[] order(int devices, int tiles, Random random) {
    var order = new java.util.ArrayList<Integer>();
    for (int d = 0; d < devices; d++) {
      order.add(d % tiles);
    }
    Collections.shuffle(order, random);
    return order.stream().mapToInt(i -> i).toArray();
  }

  /// Element (i, j, …) of a tile is element (start + i, …) of the whole, whose elements are their
  /// own numbers.
  private static void check(Shape shape, Shape part, long[] parts, int tile, MemorySegment piece) {
    int rank = shape.rank();
    long[] tileAt = coordinates(tile, parts);
    long count = Arrays.stream(part.dims()).reduce(1, (a, b) -> a * b);
    for (long i = 0; i < count; i++) {
      long[] at = coordinates(i, part.dims());
      long number = 0;
      boolean inside = true;
      for (int k = 0; k < rank; k++) {
        long index = tileAt[k] * part.dim(k) + at[k];
        inside &= index < shape.dim(k);
        number = number * shape.dim(k) + index;
      }
      if (inside) {
        assertEquals(number, piece.getAtIndex(ValueLayout.JAVA_INT, i));
      }
    }
  }

  private static long[] coordinates(long number, long[] dims) {
    long[] at = new long[dims.length];
    for (int k = dims.length - 1; k >= 0; k--) {
      at[k] = number % dims[k];
      number /= dims[k];
    }
    return at;
  }

  @Test
  void aTileThatNobodyHoldsIsRefused() {
    assertThrows(
        IllegalArgumentException.class, () -> new Sharding(new long[] {3}, new int[] {0, 1, 1}));
    assertThrows(
        IllegalArgumentException.class, () -> new Sharding(new long[] {2}, new int[] {0, 2}));
  }
}
