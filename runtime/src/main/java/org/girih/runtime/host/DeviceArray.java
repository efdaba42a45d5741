package org.girih.runtime.host;

import java.lang.foreign.MemorySegment;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import org.girih.runtime.artifact.DType;
import org.girih.runtime.artifact.Signature;
import org.girih.runtime.pjrt.Buffer;
import org.girih.runtime.pjrt.Shape;
import org.girih.runtime.status.PjrtException;

/// An array on a device, perhaps still being computed. It is copied to the host only by the methods
/// that say so, and those wait for it.
///
/// Whoever has it closes it. It is immutable, and any number of threads may use it; closing it
/// while others do is safe, and ends its later uses with an IllegalStateException.
public final class DeviceArray implements AutoCloseable {
  private enum State {
    OPEN,
    DONATED,
    CLOSED
  }

  private final Device device;
  private final Buffer buffer;
  private final boolean donation;
  private final AtomicReference<State> state = new AtomicReference<>(State.OPEN);

  DeviceArray(Device device, Buffer buffer, boolean donation) {
    this.device = device;
    this.buffer = buffer;
    this.donation = donation;
  }

  public Device device() {
    return device;
  }

  public DType dtype() {
    return DType.of(shape().elementType())
        .orElseThrow(() -> new IllegalStateException("no dtype for " + shape()));
  }

  /// Returns the sizes, major to minor; none for a scalar.
  public long[] dims() {
    return shape().dims();
  }

  public int rank() {
    return shape().rank();
  }

  /// Returns the number of elements.
  public long size() {
    return shape().byteSize() / shape().elementType().bytes();
  }

  /// Returns `f32[2, 3]`.
  public String type() {
    return Signature.text(shape());
  }

  Shape shape() {
    return buffer.shape();
  }

  /// Returns the buffer for a call.
  ///
  /// @throws IllegalStateException if the array is closed or was donated
  Buffer buffer() {
    State now = state.getPlain();
    if (now != State.OPEN) {
      throw new IllegalStateException(
          "the array " + type() + (now == State.CLOSED ? " is closed" : " was donated"));
    }
    return buffer;
  }

  /// Gives the array up for the one call that gets the result as an argument: the call may write
  /// its results where it lies. This handle cannot be used any more; the result is spent by that
  /// call, whether it succeeds or not.
  ///
  /// @throws IllegalStateException if it is closed or donated
  public DeviceArray donate() {
    Buffer given = buffer();
    if (!state.compareAndSet(State.OPEN, State.DONATED)) {
      throw new IllegalStateException("the array " + type() + " is closed or donated");
    }
    return new DeviceArray(device, given, true);
  }

  /// Returns whether [#donate] made it.
  boolean donation() {
    return donation;
  }

  /// Waits until it is computed.
  ///
  /// @throws PjrtException as the computation failed
  public void await() {
    buffer().await();
  }

  /// Returns this array once it is computed, or as the computation failed.
  ///
  /// @param executor whose thread waits
  public CompletableFuture<DeviceArray> ready(Executor executor) {
    return CompletableFuture.supplyAsync(
        () -> {
          await();
          return this;
        },
        executor);
  }

  /// Copies to the host: `f32`, or pairs of real and imaginary parts of `c64`.
  ///
  /// @throws IllegalStateException if it is of another dtype, closed or donated
  public float[] floats() {
    float[] values = new float[words(4, DType.F32, DType.C64)];
    buffer().toHost(MemorySegment.ofArray(values));
    return values;
  }

  /// Returns the same for `f64` and `c128`.
  public double[] doubles() {
    double[] values = new double[words(8, DType.F64, DType.C128)];
    buffer().toHost(MemorySegment.ofArray(values));
    return values;
  }

  /// Returns the same for `i32` and `u32`.
  public int[] ints() {
    int[] values = new int[words(4, DType.I32, DType.U32)];
    buffer().toHost(MemorySegment.ofArray(values));
    return values;
  }

  /// Returns the same for `i64` and `u64`.
  public long[] longs() {
    long[] values = new long[words(8, DType.I64, DType.U64)];
    buffer().toHost(MemorySegment.ofArray(values));
    return values;
  }

  /// Returns the same for `i16`, `u16`, and the bits of `f16` and `bf16`.
  public short[] shorts() {
    short[] values = new short[words(2, DType.I16, DType.U16, DType.F16, DType.BF16)];
    buffer().toHost(MemorySegment.ofArray(values));
    return values;
  }

  /// Returns the same for `bool`.
  public boolean[] booleans() {
    byte[] bytes = new byte[words(1, DType.BOOL)];
    buffer().toHost(MemorySegment.ofArray(bytes));
    boolean[] values = new boolean[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      values[i] = bytes[i] != 0;
    }
    return values;
  }

  /// Returns the elements as they lie in memory, whatever the dtype.
  public byte[] bytes() {
    byte[] values = new byte[Math.toIntExact(shape().byteSize())];
    buffer().toHost(MemorySegment.ofArray(values));
    return values;
  }

  /// Copies into a buffer from its position on, which moves behind what was written.
  ///
  /// @throws IllegalArgumentException if less room is left, or if the buffer is of another type,
  ///     another byte order than the machine's, or can only be read
  public void copyTo(java.nio.Buffer target) {
    HostData room = HostData.of(target);
    if (!room.holds(dtype())) {
      throw new IllegalArgumentException("a buffer of " + room.what() + " cannot take " + type());
    }
    long bytes = shape().byteSize();
    if (room.memory().byteSize() < bytes) {
      throw new IllegalArgumentException(
          type() + " needs " + bytes + " bytes, " + room.memory().byteSize() + " are left");
    }
    buffer().toHost(room.memory().asSlice(0, bytes));
    target.position(target.position() + (int) (bytes / room.words()));
  }

  /// Copies into memory, which is exactly as long as the array.
  public void copyTo(MemorySegment target) {
    buffer().toHost(target);
  }

  /// Returns how many words of the host the elements take, if it is of one of these dtypes.
  private int words(int bytes, DType... fitting) {
    DType dtype = dtype();
    for (DType each : fitting) {
      if (dtype == each) {
        return Math.toIntExact(shape().byteSize() / bytes);
      }
    }
    throw new IllegalStateException("the array is " + type() + ", not " + fitting[0].text());
  }

  /// Frees its memory once nothing uses it. A second close does nothing, nor does that of a handle
  /// that was donated.
  @Override
  public void close() {
    if (state.compareAndSet(State.OPEN, State.CLOSED)) {
      buffer.close();
    }
  }

  /// Returns `f32[2, 3] on cpu:0`; the elements stay where they are.
  @Override
  public String toString() {
    return type() + " on " + device;
  }
}
