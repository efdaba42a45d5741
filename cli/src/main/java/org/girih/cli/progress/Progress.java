package org.girih.cli.progress;

import java.io.PrintStream;
import java.time.Duration;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/// The progress of the outermost loop, on the standard error. On a terminal it is a bar with rate
/// and remaining time, which makes way for what the program prints; elsewhere a plain line every
/// ten seconds, so that short runs print nothing.
public final class Progress implements AutoCloseable {
  private static final Duration SILENCE = Duration.ofSeconds(10);
  private static final String CLEAR = "\r\033[K";

  private final PrintStream err;
  private final boolean terminal;
  private final int width;
  private ProgressBar bar;
  private long begun;
  private long said;
  private int depth;

  /// @param terminal whether lines can be drawn over
  public Progress(PrintStream err, boolean terminal, int width) {
    this.err = err;
    this.terminal = terminal;
    this.width = width;
  }

  /// Begins a loop of that many iterations; loops inside of it are not shown.
  public void begin(String name, long rounds) {
    depth++;
    if (depth > 1) {
      return;
    }
    begun = System.nanoTime();
    said = begun;
    if (terminal && rounds > 1) {
      bar =
          new ProgressBarBuilder()
              .setTaskName(name)
              .setInitialMax(rounds)
              .setStyle(ProgressBarStyle.ASCII)
              .setUpdateIntervalMillis(200)
              .showSpeed()
              .setConsumer(new DelegatingProgressBarConsumer(this::draw, width - 1))
              .build();
    }
  }

  private void draw(String line) {
    err.print(CLEAR + line);
    err.flush();
  }

  /// Shows that this many of the iterations are done.
  public void done(String name, long rounds, long of) {
    if (depth > 1) {
      return;
    }
    if (bar != null) {
      bar.stepTo(rounds);
      return;
    }
    long now = System.nanoTime();
    if (!terminal && now - said > SILENCE.toNanos() && rounds < of) {
      said = now;
      double each = (now - begun) / 1e9 / rounds;
      err.printf(
          "%s: %d of %d, %.2g s each, %.0f s left%n", name, rounds, of, each, each * (of - rounds));
    }
  }

  /// The program prints a line now.
  public void makeWay() {
    if (bar != null) {
      err.print(CLEAR);
      err.flush();
    }
  }

  /// The loop has ended, or failed.
  public void end() {
    depth--;
    if (depth == 0 && bar != null) {
      bar.close();
      bar = null;
      err.print(CLEAR);
      err.flush();
    }
  }

  @Override
  public void close() {
    if (bar != null) {
      depth = 1;
      end();
    }
  }
}
