package org.girih.embed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.girih.runtime.host.Function;
import org.junit.jupiter.api.Test;

/// Many threads on one program.
class ThreadsTest extends HostFixture {
  @Test
  void manyThreadsOnOneProgram() throws Exception {
    try (var own = Embed.load(device, "test.girih", SOURCE);
        var pool = Executors.newFixedThreadPool(64)) {
      Function rows = own.function("rows");
      var running = new ArrayList<Future<Void>>();
      for (int t = 0; t < 64; t++) {
        int n = t % 3 + 1;
        float value = t;
        running.add(
            pool.submit(
                () -> {
                  for (int i = 0; i < 100; i++) {
                    try (var x = device.array(new float[] {value, 1, value, 1, value, 1}, 3, 2);
                        var y = rows.call(x)[0];
                        var call = own.function("square").prepare()) {
                      assertEquals(value + 1, y.floats()[2]);
                      assertEquals(value * value, call.add(value, 0, 0).floats()[0]);
                    }
                    try (var call = rows.prepare()) {
                      assertEquals(n, call.size("n", n).add(new float[2 * n]).floats().length);
                    }
                  }
                  return null;
                }));
      }
      for (Future<Void> each : running) {
        each.get();
      }
      assertEquals(4, own.compiled()); // three sizes of rows, and square
    }
  }

  @Test
  void closingUnderManyThreadsEndsThemCleanly() throws Exception {
    var own = Embed.load(device, "test.girih", SOURCE);
    Function square = own.function("square");
    try (var pool = Executors.newFixedThreadPool(64);
        var x = device.array(new float[3], 3)) {
      var running = new ArrayList<Future<Integer>>();
      var started = new java.util.concurrent.CountDownLatch(64);
      for (int t = 0; t < 64; t++) {
        running.add(
            pool.submit(
                () -> {
                  int calls = 0;
                  try {
                    while (true) {
                      square.call(x)[0].close();
                      if (calls++ == 0) {
                        started.countDown();
                      }
                    }
                  } catch (IllegalStateException closed) {
                    return calls;
                  }
                }));
      }
      started.await();
      own.close();
      for (Future<Integer> each : running) {
        assertTrue(each.get() > 0);
      }
    }
  }
}
