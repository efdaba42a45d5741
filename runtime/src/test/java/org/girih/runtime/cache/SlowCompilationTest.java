package org.girih.runtime.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SlowCompilationTest {
  /// What is printed, a line at a time.
  private static final class Lines extends PrintStream {
    private final LinkedBlockingQueue<String> lines = new LinkedBlockingQueue<>();

    Lines() {
      super(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
    }

    @Override
    public void println(String line) {
      lines.add(line);
    }
  }

  @Test
  void saysOnceWhatTakesLong() throws InterruptedException {
    var out = new Lines();
    try (var _ = SlowCompilation.watch("`f` (a.girih:12)", Duration.ofMillis(1), out)) {
      assertEquals(
          "girih: XLA is still compiling `f` (a.girih:12) after 0 s; Ctrl-C ends it",
          out.lines.poll(1, TimeUnit.MINUTES));
    }
    assertTrue(out.lines.isEmpty(), "said again");
  }

  @Test
  void saysNothingOfWhatIsDone() {
    var out = new Lines();
    SlowCompilation.watch("`f`", Duration.ofHours(1), out).close();
    assertTrue(out.lines.isEmpty());
  }
}
