package org.girih.runtime.pjrt;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// An array whose parts lie on one device or several.
public final class ShardedArray implements AutoCloseable {
  private final Shape shape;
  private final Sharding sharding;
  private final Buffer[] parts;

  /// Takes the parts, which it closes.
  ///
  /// @param shape the whole array's; null for that of the only part, which may be known late
  /// @param parts one for each device of the sharding
  public ShardedArray(Shape shape, Sharding sharding, Buffer... parts) {
    this.shape = shape;
    this.sharding = sharding;
    this.parts = parts.clone();
  }

  /// Returns an array on one device.
  public static ShardedArray of(Buffer buffer) {
    return new ShardedArray(null, null, buffer);
  }

  /// Returns the shape of the whole array.
  public Shape shape() {
    return shape == null ? parts[0].shape() : shape;
  }

  /// Returns where its parts are.
  public Sharding sharding() {
    return sharding == null ? Sharding.whole(parts[0].shape().rank(), 1) : sharding;
  }

  /// Returns the part on a device.
  public Buffer part(int device) {
    return parts[device];
  }

  /// Waits for the data and brings the whole array together in new memory of `arena`: dense, last
  /// axis fastest.
  public MemorySegment toHost(Arena arena) {
    if (sharding == null || sharding.whole()) {
      return parts[0].toHost(arena);
    }
    HostMemory.require(shape.byteSize());
    MemorySegment whole = arena.allocate(shape.byteSize(), 64);
    for (int device : sharding.owners()) {
      try (var own = Arena.ofConfined()) {
        sharding.paste(parts[device].toHost(own), shape, device, whole);
      }
    }
    return whole;
  }

  /// Waits until the data is there.
  public void await() {
    for (Buffer part : parts) {
      part.await();
    }
  }

  @Override
  public void close() {
    for (Buffer part : parts) {
      part.close();
    }
  }
}
