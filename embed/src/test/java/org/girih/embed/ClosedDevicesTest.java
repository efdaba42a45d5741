package org.girih.embed;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.girih.runtime.host.Device;
import org.girih.runtime.host.DeviceArray;
import org.junit.jupiter.api.Test;

/// What a device leaves when it is closed: its threads tell whether it is still there.
class ClosedDevicesTest {
  private static final int THREADS = 4;

  /// The threads of XLA's devices; those of the JVM and of tests come and go.
  private static long threads() throws IOException {
    try (var tasks = Files.list(Path.of("/proc/self/task"))) {
      return tasks.filter(task -> name(task).startsWith("tf_")).count();
    }
  }

  /// Counts them again until those that are ending are gone: the system lists a thread a moment
  /// longer than the one that joined it waits.
  private static long threadsThatStay(long expected) throws IOException, InterruptedException {
    for (int i = 0; i < 100 && threads() > expected; i++) {
      Thread.sleep(100);
    }
    return threads();
  }

  private static String name(Path task) {
    try {
      return Files.readString(task.resolve("comm"));
    } catch (NoSuchFileException _) {
      return ""; // it has just ended
    } catch (IOException e) {
      // A task that ends while its file is read.
      if (Files.exists(task)) {
        throw new UncheckedIOException(e);
      }
      return "";
    }
  }

  private static float[] ones() {
    return new float[] {1, 1, 1};
  }

  /// Calls until the device is closed; whatever it made, it closes.
  private static int calls(
      Device device, org.girih.runtime.host.Program own, CountDownLatch begun) {
    int calls = 0;
    try {
      var square = own.function("square");
      while (true) {
        try (var x = device.array(ones(), 3);
            var y = square.call(x)[0];
            var call = square.prepare()) {
          assertArrayEquals(ones(), y.floats());
          call.add(ones()).floats();
          calls++;
        } finally {
          begun.countDown();
        }
      }
    } catch (IllegalStateException closed) {
      return calls;
    }
  }

  @Test
  void nothingIsLeftOfDevicesThatAreClosedUnderRunningThreads() throws Exception {
    long before = threads();
    int calls = 0;
    for (int round = 0; round < 40; round++) {
      var device = Device.open();
      var own = Embed.load(device, "p.girih", "def square(x: f32[3]) = x * x");
      var begun = new CountDownLatch(round % 2 == 0 ? THREADS : 0); // or while it is compiled
      try (var pool = Executors.newFixedThreadPool(THREADS)) {
        var running = new ArrayList<Future<Integer>>();
        for (int i = 0; i < THREADS; i++) {
          running.add(pool.submit(() -> calls(device, own, begun)));
        }
        begun.await();
        own.close();
        device.close();
        for (Future<Integer> each : running) {
          calls += each.get();
        }
      }
    }
    assertTrue(calls > 0);
    assertEquals(before, threadsThatStay(before));
  }

  /// An array that nobody closes keeps its device, with threads and memory.
  @Test
  void anArrayKeepsItsDevice() throws Exception {
    long before = threads();
    var device = Device.open();
    DeviceArray result;
    try (var own = Embed.load(device, "p.girih", "def square(x: f32[3]) = x * x");
        var x = device.array(ones(), 3)) {
      result = own.function("square").call(x)[0];
    }
    device.close();
    assertThrows(IllegalStateException.class, () -> device.scalar(1));
    assertTrue(threads() > before);
    assertArrayEquals(ones(), result.floats());
    result.close();
    assertEquals(before, threadsThatStay(before));
  }
}
