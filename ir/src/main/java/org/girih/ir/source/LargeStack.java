package org.girih.ir.source;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/// Runs something on a thread of its own with a large stack, and waits for it.
public final class LargeStack {
  private LargeStack() {}

  /// Returns what the body returns; what it throws is thrown here.
  public static <T> T call(long bytes, Supplier<T> body) {
    var result = new AtomicReference<T>();
    var failure = new AtomicReference<Throwable>();
    Thread thread =
        new Thread(
            null,
            () -> {
              try {
                result.set(body.get());
              } catch (Throwable t) {
                failure.set(t);
              }
            },
            "elaborator",
            bytes);
    thread.start();
    boolean interrupted = false;
    while (true) {
      try {
        thread.join();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    switch (failure.get()) {
      case null -> {
        return result.get();
      }
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      case Throwable e -> throw new IllegalStateException(e);
    }
  }
}
