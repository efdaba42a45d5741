package org.girih.cli.progress;

import java.io.PrintStream;
import java.time.Duration;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.girih.host.effect.Progress;

/// Shows how far the outermost loop has come, on the standard error. On a terminal it is a bar with
/// rate and remaining time, which makes way for what the program prints; elsewhere a plain line
/// every ten seconds, so that short runs print nothing.
public final class TerminalProgress implements Progress {
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
  public TerminalProgress(PrintStream err, boolean terminal, int width) {
    this.err = err;
    this.terminal = terminal;
    this.width = width;
  }

  /// Begins a loop; loops inside of it are not shown.
  @Override
  public void begin(String name, long iterations) {
    depth++;
    if (depth > 1) {
      return;
    }
    begun = System.nanoTime();
    said = begun;
    if (terminal && iterations > 1) {
      bar =
          new ProgressBarBuilder()
              .setTaskName(name)
              .setInitialMax(iterations)
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

  @Override
  public void done(String name, long iterations, long of) {
    if (depth > 1) {
      return;
    }
    if (bar != null) {
      bar.stepTo(iterations);
      return;
    }
    long now = System.nanoTime();
    if (!terminal && now - said > SILENCE.toNanos() && iterations < of) {
      said = now;
      double each = (now - begun) / 1e9 / iterations;
      err.printf(
          "%s: %d of %d, %.2g s each, %.0f s left%n",
          name, iterations, of, each, each * (of - iterations));
    }
  }

  @Override
  public void makeWay() {
    if (bar != null) {
      err.print(CLEAR);
      err.flush();
    }
  }

  @Override
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
