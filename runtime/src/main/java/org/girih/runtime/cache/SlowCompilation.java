package org.girih.runtime.cache;

import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Reports that a compilation takes long, once: XLA reports nothing, and a user who sees nothing
/// thinks that the program hangs.
public final class SlowCompilation implements AutoCloseable {
  /// The time after which a user wants to know.
  public static final Duration LONG = Duration.ofSeconds(10);

  private final CountDownLatch done = new CountDownLatch(1);

  private SlowCompilation() {}

  /// Begins to wait for a compilation, until [#close].
  ///
  /// @param what is compiled, such as `train.girih:12`
  /// @param after when it is reported
  public static SlowCompilation watch(String what, Duration after, PrintStream out) {
    var watch = new SlowCompilation();
    Thread.ofVirtual()
        .name("girih-slow-compilation")
        .start(
            () -> {
              try {
                if (!watch.done.await(after.toMillis(), TimeUnit.MILLISECONDS)) {
                  out.println(
                      "girih: XLA is still compiling "
                          + what
                          + " after "
                          + after.toSeconds()
                          + " s; Ctrl-C ends it");
                }
              } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
              }
            });
    return watch;
  }

  @Override
  public void close() {
    done.countDown();
  }
}
