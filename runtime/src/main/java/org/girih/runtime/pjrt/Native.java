package org.girih.runtime.pjrt;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import org.girih.runtime.status.PjrtException;
import org.girih.runtime.status.StatusCode;

/// Reads what the shim wrote, and turns its failures into exceptions.
final class Native {
  private Native() {}

  /// Throws the failure that a shim function returned, after freeing it; 0 is none.
  static void check(long failure) {
    if (failure != 0) {
      throw take(failure);
    }
  }

  /// Frees a failure that no one can act on: one of a destroy function.
  static void ignore(long failure) {
    if (failure != 0) {
      Shim.failure_free(failure);
    }
  }

  static PjrtException take(long failure) {
    try (var arena = Arena.ofConfined()) {
      MemorySegment out = arena.allocate(JAVA_LONG, 3);
      Shim.failure_read(failure, out.address());
      String message = string(out.getAtIndex(JAVA_LONG, 1), out.getAtIndex(JAVA_LONG, 2));
      return new PjrtException(StatusCode.of(out.getAtIndex(JAVA_LONG, 0)), message);
    } finally {
      Shim.failure_free(failure);
    }
  }

  /// Returns the `length` bytes at `address` as UTF-8.
  static String string(long address, long length) {
    return new String(
        memory(address, length).toArray(ValueLayout.JAVA_BYTE), StandardCharsets.UTF_8);
  }

  /// The `bytes` bytes at `address`, which the plugin owns.
  @SuppressWarnings("restricted")
  static MemorySegment memory(long address, long bytes) {
    return address == 0 ? MemorySegment.NULL : MemorySegment.ofAddress(address).reinterpret(bytes);
  }
}
