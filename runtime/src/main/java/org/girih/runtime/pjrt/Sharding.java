package org.girih.runtime.pjrt;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/// The places of the parts of an array: each dimension is cut into equal parts, the last one
/// perhaps shorter, and each device holds one of the tiles that this makes.
public final class Sharding {
  private final long[] parts;
  private final int[] tiles;

  /// @param parts for each dimension the number of its parts
  /// @param tiles for each device the number of its tile, row-major
  /// @throws IllegalArgumentException if a tile is none or on no device
  public Sharding(long[] parts, int[] tiles) {
    this.parts = parts.clone();
    this.tiles = tiles.clone();
    long count = Arrays.stream(parts).reduce(1, Math::multiplyExact);
    boolean all =
        Arrays.stream(tiles).allMatch(t -> t >= 0 && t < count)
            && Arrays.stream(tiles).distinct().count() == count;
    if (!all) {
      throw new IllegalArgumentException(this + " does not hold each tile");
    }
  }

  /// Returns the whole array on each device.
  public static Sharding whole(int rank, int devices) {
    long[] parts = new long[rank];
    Arrays.fill(parts, 1);
    return new Sharding(parts, new int[devices]);
  }

  /// Returns for each dimension the number of its parts.
  public long[] parts() {
    return parts.clone();
  }

  /// Returns for each device the number of its tile, row-major.
  public int[] tiles() {
    return tiles.clone();
  }

  /// Returns how many devices hold a part.
  public int devices() {
    return tiles.length;
  }

  /// Returns whether each device holds the whole array.
  public boolean whole() {
    return Arrays.stream(parts).allMatch(p -> p == 1);
  }

  /// Returns the shape of each device's part. Where the number of parts does not divide a size, the
  /// last part is filled up.
  public Shape part(Shape shape) {
    if (shape.rank() != parts.length) {
      throw new IllegalArgumentException(shape + " cut into " + Arrays.toString(parts));
    }
    long[] dims = shape.dims();
    for (int i = 0; i < dims.length; i++) {
      dims[i] = Math.ceilDiv(dims[i], parts[i]);
    }
    return new Shape(shape.elementType(), dims);
  }

  /// Returns the first device that holds each tile.
  int[] owners() {
    int[] owners = new int[(int) Arrays.stream(parts).reduce(1, Math::multiplyExact)];
    for (int d = tiles.length - 1; d >= 0; d--) {
      owners[tiles[d]] = d;
    }
    return owners;
  }

  /// Copies a device's part out of a whole array; what lies beyond its end stays as it is.
  void cut(MemorySegment whole, Shape shape, int device, MemorySegment piece) {
    copy(whole, shape, tiles[device], piece, true);
  }

  /// Copies a device's part to its place in a whole array.
  void paste(MemorySegment piece, Shape shape, int device, MemorySegment whole) {
    copy(whole, shape, tiles[device], piece, false);
  }

  private void copy(MemorySegment whole, Shape shape, int tile, MemorySegment piece, boolean out) {
    Shape part = part(shape);
    int rank = shape.rank();
    if (shape.byteSize() == 0) {
      return;
    }
    long[] start = new long[rank];
    long[] count = new long[rank];
    long rest = tile;
    for (int i = rank - 1; i >= 0; i--) {
      start[i] = rest % parts[i] * part.dim(i);
      rest /= parts[i];
      count[i] = Math.clamp(shape.dim(i) - start[i], 0, part.dim(i));
      if (count[i] == 0) {
        return;
      }
    }
    // Dimensions behind `solid` are whole, so that the rows along it are one run of bytes.
    int solid = Math.max(0, rank - 1);
    while (solid > 0 && parts[solid] == 1) {
      solid--;
    }
    long bytes = rank == 0 ? shape.byteSize() : bytesFrom(shape, solid + 1) * count[solid];
    long[] at = new long[solid];
    while (true) {
      long from = offset(shape, start, at, solid);
      long to = offset(part, new long[rank], at, solid);
      if (out) {
        MemorySegment.copy(whole, from, piece, to, bytes);
      } else {
        MemorySegment.copy(piece, to, whole, from, bytes);
      }
      int axis = solid - 1;
      while (axis >= 0 && ++at[axis] == count[axis]) {
        at[axis--] = 0;
      }
      if (axis < 0) {
        return;
      }
    }
  }

  private static long bytesFrom(Shape shape, int axis) {
    long bytes = shape.elementType().bytes();
    for (int i = axis; i < shape.rank(); i++) {
      bytes *= shape.dim(i);
    }
    return bytes;
  }

  private static long offset(Shape shape, long[] start, long[] at, int solid) {
    long index = 0;
    for (int i = 0; i < shape.rank(); i++) {
      index = index * shape.dim(i) + start[i] + (i < solid ? at[i] : 0);
    }
    return index * shape.elementType().bytes();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Sharding that
        && Arrays.equals(parts, that.parts)
        && Arrays.equals(tiles, that.tiles);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(parts) + Arrays.hashCode(tiles);
  }

  /// Returns `[4, 1] on [0, 1, 2, 3]`.
  @Override
  public String toString() {
    return Arrays.toString(parts) + " on " + Arrays.toString(tiles);
  }
}
