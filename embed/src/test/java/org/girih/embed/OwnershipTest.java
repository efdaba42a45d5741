package org.girih.embed;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.girih.runtime.host.ArgumentException;
import org.girih.runtime.host.Device;
import org.girih.runtime.host.DeviceArray;
import org.girih.runtime.host.Function;
import org.girih.runtime.plugin.PluginException;
import org.junit.jupiter.api.Test;

/// Who owns an array: donated, closed and foreign ones, what calls copy and free.
class OwnershipTest extends HostFixture {
  @Test
  void donationSpendsTheHandle() {
    Function step = program.function("step");
    var state = device.array(new float[] {0, 0, 0, 0}, 4);
    try (var add = device.array(new float[] {1, 2, 3, 4}, 4)) {
      for (int i = 0; i < 10; i++) {
        DeviceArray[] next = step.call(state.donate(), add);
        var spent = state;
        var used = assertThrows(IllegalStateException.class, spent::floats);
        assertEquals("the array f32[4] was donated", used.getMessage());
        assertThrows(IllegalStateException.class, spent::donate);
        spent.close(); // nothing to do
        state = next[0];
        assertEquals(10f, next[1].floats()[0]);
        next[1].close();
      }
      assertArrayEquals(new float[] {10, 20, 30, 40}, state.floats());
      var last = state;
      var donated = last.donate();
      assertThrows(ArgumentException.class, () -> step.call(donated, null));
      assertThrows(IllegalStateException.class, donated::floats); // spent by the call that failed
    }
  }

  @Test
  void whatIsClosed() throws PluginException {
    Function square = program.function("square");
    var x = device.array(new float[3], 3);
    x.close();
    x.close();
    var closed = assertThrows(IllegalStateException.class, () -> square.call(x));
    assertEquals("parameter `x` of `square`: the array f32[3] is closed", closed.getMessage());
    assertThrows(IllegalStateException.class, x::floats);

    var own = Embed.load(device, "test.girih", SOURCE);
    try (var y = device.array(new float[] {1, 2, 3}, 3)) {
      DeviceArray z = own.function("square").call(y)[0];
      own.close();
      assertArrayEquals(new float[] {1, 4, 9}, z.floats());
      z.close();
      assertThrows(IllegalStateException.class, () -> own.function("square").call(y));
      Function never = own.function("same_noise"); // not compiled before, nor any more
      assertThrows(IllegalStateException.class, never::call);
    }
  }

  @Test
  void arraysOfAnotherDevice() throws PluginException {
    try (var other = Device.open();
        var x = other.array(new float[3], 3)) {
      var e = assertThrows(ArgumentException.class, () -> program.function("square").call(x));
      assertTrue(e.getMessage().contains("another device"), e.getMessage());
    }
  }

  /// A call makes no copy on Java's heap that the API does not name: what it allocates there does
  /// not depend on the size of its arrays.
  @Test
  void copiesAreThoseThatTheApiNames() {
    int n = 1 << 20;
    int bytes = 4 * n;
    int little = 1 << 16;
    var room = ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder()).asFloatBuffer();
    float[] values = new float[n];
    String text = "def f(x: f32[1048576]) = x + 1";
    try (var own = Embed.load(device, "big.girih", text);
        var x = device.array(values, n)) {
      Function f = own.function("f");
      f.call(x)[0].close(); // compiled
      Runnable onDevice =
          () -> {
            try (var y = f.call(x)[0]) {
              y.await();
            }
          };
      Runnable buffers =
          () -> {
            try (var call = f.prepare();
                var y = call.add(room.rewind()).run()[0]) {
              y.copyTo(room.rewind());
            }
          };
      Runnable arrays =
          () -> {
            try (var call = f.prepare()) {
              assertEquals(1f, call.add(values).floats()[n - 1]);
            }
          };
      long device = allocated(onDevice);
      assertTrue(device < little, device + " bytes on the device");
      long direct = allocated(buffers);
      assertTrue(direct < little, direct + " bytes between buffers");
      long heap = allocated(arrays);
      assertTrue(heap >= bytes && heap < bytes + little, heap + " bytes between arrays");
    }
  }

  /// Copies and results of calls from the host are freed: a gigabyte of each would show.
  @Test
  void whatCallsMakeIsFreed() throws IOException {
    int n = 1 << 20;
    float[] values = new float[n];
    try (var own = Embed.load(device, "big.girih", "def f(x: f32[1048576]) = x + 1")) {
      long before = 0;
      for (int i = 0; i < 300; i++) {
        before = i == 30 ? resident() : before;
        try (var call = own.function("f").prepare()) {
          assertEquals(1f, call.add(values).floats()[n - 1]);
        }
      }
      long grown = resident() - before;
      assertTrue(grown < 800L << 20, grown + " bytes more");
    }
  }

  private static long resident() throws IOException {
    String pages = Files.readString(Path.of("/proc/self/statm")).split(" ")[1];
    return Long.parseLong(pages) * 4096;
  }

  /// The bytes that the second of two runs allocates on the heap.
  private static long allocated(Runnable body) {
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    body.run();
    long before = threads.getCurrentThreadAllocatedBytes();
    body.run();
    return threads.getCurrentThreadAllocatedBytes() - before;
  }
}
