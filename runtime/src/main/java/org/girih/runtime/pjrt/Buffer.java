package org.girih.runtime.pjrt;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;
import org.girih.runtime.status.PjrtException;

/// An array on a device, perhaps still being computed.
///
/// Its memory goes when it is closed, deleted, or donated to an execution; in the last two cases
/// the handle lives on and its use is a clean [PjrtException].
public final class Buffer extends Handle {
  private final PluginDevice device;
  private final long api;

  /// Null while only the run knows it; then `bound` is set.
  private volatile Shape shape;

  private final Shape bound;

  private Buffer(PluginDevice device, long address, Shape shape, Shape bound) {
    super(address);
    this.device = device;
    this.api = device.client().plugin().api();
    this.shape = shape;
    this.bound = bound;
    device.client().acquire();
  }

  /// Returns a buffer whose shape is known.
  static Buffer of(PluginDevice device, long address, Shape shape) {
    return new Buffer(device, address, shape, shape);
  }

  /// Returns a buffer with dims that its computation decides, up to those of `bound`.
  static Buffer upTo(PluginDevice device, long address, Shape bound) {
    return new Buffer(device, address, null, bound);
  }

  public PluginDevice device() {
    return device;
  }

  /// Returns its shape; waits for the computation if that decides the dims.
  public Shape shape() {
    Shape known = shape;
    if (known == null) {
      known = ask();
      shape = known;
    }
    return known;
  }

  private Shape ask() {
    long buffer = acquire();
    try (var arena = Arena.ofConfined()) {
      MemorySegment out = arena.allocate(JAVA_LONG, 2);
      Native.check(Shim.buffer_await(api, buffer));
      Native.check(Shim.buffer_dims(api, buffer, out.address()));
      long rank = out.getAtIndex(JAVA_LONG, 1);
      MemorySegment dims = Native.memory(out.getAtIndex(JAVA_LONG, 0), rank * JAVA_LONG.byteSize());
      return new Shape(bound.elementType(), dims.toArray(JAVA_LONG));
    } finally {
      release();
    }
  }

  /// Waits for the data and copies it into new memory of `arena`: dense, last axis fastest, in the
  /// machine's byte order.
  public MemorySegment toHost(Arena arena) {
    long bytes = shape().byteSize();
    HostMemory.require(bytes);
    MemorySegment target = arena.allocate(bytes, 64);
    toHost(target);
    return target;
  }

  /// Waits for the data and copies it to `target`, which is exactly as long as the shape needs.
  public void toHost(MemorySegment target) {
    Shape shape = shape();
    long bytes = shape.byteSize();
    if (target.byteSize() != bytes) {
      throw new IllegalArgumentException(
          shape + " needs " + bytes + " bytes, the target has " + target.byteSize());
    }
    if (target.isReadOnly()) {
      throw new IllegalArgumentException("the target can only be read");
    }
    long buffer = acquire();
    try (var arena = Arena.ofConfined()) {
      MemorySegment order = arena.allocate(JAVA_LONG, shape.rank() + 1L);
      for (int i = 0; i < shape.rank(); i++) {
        order.setAtIndex(JAVA_LONG, i, shape.rank() - 1 - i);
      }
      MemorySegment out = arena.allocate(JAVA_LONG);
      Native.check(
          Shim.buffer_to_host(api, buffer, order.address(), shape.rank(), 0, 0, out.address()));
      // An array with dynamic dims comes with room for its bound, so the plugin is asked.
      long wanted = bytes;
      if (!shape.equals(bound)) {
        Native.check(
            Shim.buffer_to_host(api, buffer, order.address(), shape.rank(), 0, 0, out.address()));
        wanted = Math.max(bytes, out.get(JAVA_LONG, 0));
      }
      boolean direct = target.isNative() && wanted == bytes && bytes > 0;
      if (direct) {
        target.set(JAVA_BYTE, 0, (byte) 0); // alive, and open to this thread?
      }
      MemorySegment landing = direct ? target : arena.allocate(Math.max(1, wanted), 64);
      Native.check(
          Shim.buffer_to_host(
              api,
              buffer,
              order.address(),
              shape.rank(),
              landing.address(),
              wanted,
              out.address()));
      if (!direct) {
        MemorySegment.copy(landing, 0, target, 0, bytes);
      }
      Reference.reachabilityFence(target);
    } finally {
      release();
    }
  }

  /// Waits until the data is there.
  ///
  /// @throws PjrtException as the execution that makes it failed
  public void await() {
    long buffer = acquire();
    try {
      Native.check(Shim.buffer_await(api, buffer));
    } finally {
      release();
    }
  }

  /// Frees the memory; the handle must still be closed.
  public void delete() {
    long buffer = acquire();
    try {
      Native.check(Shim.buffer_delete(api, buffer));
    } finally {
      release();
    }
  }

  /// Returns whether the memory is gone: deleted, or donated to an execution.
  public boolean isDeleted() {
    long buffer = acquire();
    try (var arena = Arena.ofConfined()) {
      MemorySegment out = arena.allocate(JAVA_LONG);
      Native.check(Shim.buffer_is_deleted(api, buffer, out.address()));
      return out.get(JAVA_LONG, 0) != 0;
    } finally {
      release();
    }
  }

  @Override
  void destroy(long address) {
    Native.ignore(Shim.buffer_destroy(api, address));
    device.client().release();
  }

  @Override
  String what() {
    return "the buffer " + bound;
  }
}
