package org.girih.runtime.pjrt;

import java.util.concurrent.atomic.AtomicInteger;

/// A native object with a single owner, who closes it. Other threads may be using it meanwhile: it
/// is destroyed when the last of them is done, and every later use is an IllegalStateException.
public abstract class Handle implements AutoCloseable {
  private static final int CLOSED = Integer.MIN_VALUE;

  private final long address;

  /// The number of calls and children that use the object now; negative once it is closed.
  private final AtomicInteger users = new AtomicInteger();

  Handle(long address) {
    this.address = address;
  }

  /// Returns the native address, which stays valid until [#release].
  ///
  /// @throws IllegalStateException after close
  final long acquire() {
    int n;
    do {
      n = users.get();
      if (n < 0) {
        throw new IllegalStateException(what() + " is closed");
      }
    } while (!users.compareAndSet(n, n + 1));
    return address;
  }

  /// Ends a use that [#acquire] began.
  final void release() {
    if (users.decrementAndGet() == CLOSED) {
      destroy(address);
    }
  }

  public final boolean isClosed() {
    return users.get() < 0;
  }

  /// Gives the object up. A second close does nothing.
  @Override
  public final void close() {
    int n;
    do {
      n = users.get();
      if (n < 0) {
        return;
      }
    } while (!users.compareAndSet(n, n | CLOSED));
    if (n == 0) {
      destroy(address);
    }
  }

  /// Frees the native object; called once.
  abstract void destroy(long address);

  /// Returns what it is, for messages: `the buffer f32[2]`.
  abstract String what();
}
