package org.girih.runtime.pjrt;

import static org.girih.runtime.pjrt.PluginFixture.buffer;
import static org.girih.runtime.pjrt.PluginFixture.compile;
import static org.girih.runtime.pjrt.PluginFixture.f32;
import static org.girih.runtime.pjrt.PluginFixture.floats;
import static org.girih.runtime.pjrt.PluginFixture.scalar;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.girih.runtime.plugin.PluginPackage;
import org.girih.runtime.status.PjrtException;
import org.girih.runtime.status.StatusCode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Many threads on one client; closing under their hands; nothing left behind.
class ConcurrencyTest {
  private static final int THREADS = 8;

  private static void onAllThreads(Callable<Void> work)
      throws InterruptedException, ExecutionException {
    try (var pool = Executors.newFixedThreadPool(THREADS)) {
      var running = new ArrayList<Future<Void>>();
      for (int i = 0; i < THREADS; i++) {
        running.add(pool.submit(work));
      }
      for (Future<Void> one : running) {
        one.get();
      }
    }
  }

  @Test
  void threadsShareAnExecutable() throws Exception {
    try (var client = Client.create(PluginFixture.plugin(PluginPackage.CPU));
        var add = compile(client, "add", f32(3), f32(3));
        var step = buffer(client, 1, 2, 3)) {
      onAllThreads(
          () -> {
            Buffer sum = buffer(client, 0, 0, 0);
            for (int i = 0; i < 5_000; i++) {
              Buffer next = add.execute(sum, step)[0];
              sum.close();
              sum = next;
            }
            assertArrayEquals(new float[] {5_000, 10_000, 15_000}, floats(sum));
            sum.close();
            return null;
          });
    }
  }

  @Test
  void threadsCompileAtOnce() throws Exception {
    try (var client = Client.create(PluginFixture.plugin(PluginPackage.CPU))) {
      onAllThreads(
          () -> {
            try (var add = compile(client, "add", f32(3), f32(3));
                var x = buffer(client, 1, 2, 3);
                var sum = add.execute(x, x)[0]) {
              assertArrayEquals(new float[] {2, 4, 6}, floats(sum));
            }
            return null;
          });
    }
  }

  @Test
  void closingWhileOthersExecuteEndsThemCleanly() throws Exception {
    for (int round = 0; round < 20; round++) {
      var client = Client.create(PluginFixture.plugin(PluginPackage.CPU));
      var add = compile(client, "add", f32(3), f32(3));
      var x = buffer(client, 1, 2, 3);
      var running = new CountDownLatch(THREADS);
      try (var pool = Executors.newFixedThreadPool(THREADS)) {
        var threads = new ArrayList<Future<Integer>>();
        for (int i = 0; i < THREADS; i++) {
          threads.add(
              pool.submit(
                  () -> {
                    int runs = 0;
                    try {
                      while (true) {
                        add.execute(x, x)[0].close();
                        if (runs++ == 0) {
                          running.countDown();
                        }
                      }
                    } catch (IllegalStateException closed) {
                      return runs;
                    }
                  }));
        }
        running.await();
        x.close();
        add.close();
        client.close();
        for (Future<Integer> thread : threads) {
          assertTrue(thread.get() > 0);
        }
      }
    }
  }

  /// 200,000 undestroyed events take 60 MB: the bound finds one lost object in each run.
  @Test
  @Tag("full")
  void memoryDoesNotGrow() throws IOException {
    try (var client = Client.create(PluginFixture.plugin(PluginPackage.CPU));
        var add = compile(client, "add_scalar", f32(), f32());
        var x = scalar(client, 1);
        var deleted = scalar(client, 1)) {
      deleted.delete();
      for (int i = 0; i < 20_000; i++) {
        everything(client, add, x, deleted);
      }
      long before = residentMegabytes();
      for (int i = 0; i < 200_000; i++) {
        everything(client, add, x, deleted);
      }
      long grown = residentMegabytes() - before;
      assertTrue(grown < 25, grown + " MB more after 200,000 runs");
    }
  }

  /// Each call that makes a buffer, an event or an error.
  private static void everything(Client client, Executable add, Buffer x, Buffer deleted) {
    try (var y = scalar(client, 2);
        var sum = add.execute(x, y)[0]) {
      sum.await();
      assertEquals(3f, floats(sum)[0]);
    }
    try {
      add.execute(x, deleted);
    } catch (PjrtException expected) {
      assertEquals(StatusCode.INVALID_ARGUMENT, expected.code());
    }
    try {
      deleted.await();
    } catch (PjrtException expected) {
      assertTrue(expected.getMessage().length() > 0);
    }
  }

  private static long residentMegabytes() throws IOException {
    System.gc();
    try (var lines = Files.lines(Path.of("/proc/self/status"))) {
      return lines
          .filter(l -> l.startsWith("VmRSS:"))
          .mapToLong(l -> Long.parseLong(l.replaceAll("\\D+", "")) / 1024)
          .findFirst()
          .orElseThrow();
    }
  }
}
