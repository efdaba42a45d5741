package org.girih.embed;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.girih.runtime.artifact.DType;
import org.girih.runtime.host.ArgumentException;
import org.girih.runtime.host.Device;
import org.girih.runtime.host.DeviceArray;
import org.girih.runtime.host.Function;
import org.girih.runtime.host.Program;
import org.girih.runtime.host.Tree;
import org.girih.runtime.plugin.PluginException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The API for Java, on programs that are compiled from source. Expected values are worked out by
/// hand.
class EmbedTest {
  private static final String SOURCE =
      """
      type Layer[n, m] = {w: f32[n, m], b: f32[m]}

      ## Squares.
      def square(x: f32[3]) = x ** 2

      ## A layer.
      def dense[n, d, m](layer: Layer[d, m], x: f32[n, d]) -> f32[n, m] = x @ layer.w + layer.b

      def step(state: f32[4], add: f32[4]) = (state + add, sum(add))

      def twice[n](x: f32[n]) -> f32[2 * n] = concatenate((x, x))

      def rows[n, m](x: f32[n, m]) -> f32[n] = sum(x, 1)

      def cube[n, m, k](x: f32[n, m, k]) -> f32[k] = sum(x, (0, 1))

      def scale(x: f32, y: f64, n: i32[2], on: bool[2]) = where(on, n, 0)

      def noise(k: key) -> f32[2] = random.uniform(k, (2,))

      def same_noise() -> f32[2] = random.uniform(random.key(7 * 2 ** 30), (2,))

      def free(x) = x
      """;

  private static Device device;
  private static Program program;

  @BeforeAll
  static void open() throws PluginException {
    device = Device.open();
    program = Embed.load(device, "test.girih", SOURCE);
  }

  @AfterAll
  static void close() {
    program.close();
    device.close();
  }

  @Test
  void arraysOfTheHost() {
    try (var call = program.function("square").prepare()) {
      assertArrayEquals(new float[] {1, 4, 9}, call.add(1, 2, 3f).floats());
    }
  }

  @Test
  void arraysOfTheDevice() {
    try (var x = device.array(new float[] {1, 2, 3}, 3);
        var y = program.function("square").call(x)[0];
        var z = program.function("square").call(y)[0]) {
      assertArrayEquals(new float[] {1, 16, 81}, z.floats());
      assertEquals("f32[3]", z.type());
    }
  }

  @Test
  void buffers() {
    FloatBuffer direct =
        ByteBuffer.allocateDirect(20).order(ByteOrder.nativeOrder()).asFloatBuffer();
    direct.put(0, 7).put(1, 1).put(2, 2).put(3, 3).position(1).limit(4);
    try (var call = program.function("square").prepare();
        var y = call.add(direct).run()[0]) {
      var out = FloatBuffer.allocate(4);
      y.copyTo(out);
      assertEquals(3, out.position());
      assertArrayEquals(new float[] {1, 4, 9, 0}, out.array());
      assertEquals(1, direct.position());
      var small = FloatBuffer.allocate(2);
      assertThrows(IllegalArgumentException.class, () -> y.copyTo(small));
      var ints = java.nio.IntBuffer.allocate(3);
      assertThrows(IllegalArgumentException.class, () -> y.copyTo(ints));
      var readOnly = FloatBuffer.allocate(3).asReadOnlyBuffer();
      assertThrows(IllegalArgumentException.class, () -> y.copyTo(readOnly));
    }
    FloatBuffer swapped = ByteBuffer.allocate(12).order(ByteOrder.BIG_ENDIAN).asFloatBuffer();
    try (var call = program.function("square").prepare()) {
      var wrong = assertThrows(IllegalArgumentException.class, () -> call.add(swapped));
      assertTrue(wrong.getMessage().contains("BIG_ENDIAN"), wrong.getMessage());
    }
  }

  @Test
  void sizesAreFoundFromLengths() {
    Function dense = program.function("dense");
    assertEquals("dense(layer.b: f32[m], layer.w: f32[d, m], x: f32[n, d])", dense.toString());
    float[] w = {1, 2, 3, 4, 5, 6}; // 3 × 2
    float[] b = {10, 20};
    try (var call = dense.prepare()) {
      float[] y = call.add(b).add(w).add(1, 0, 0, 0, 1, 0f).floats();
      assertArrayEquals(new float[] {11, 22, 13, 24}, y);
    }
  }

  @Test
  void eachCombinationOfSizesIsCompiledOnce() {
    try (var own = Embed.load(device, "test.girih", SOURCE)) {
      for (int i = 0; i < 3; i++) {
        for (int n : new int[] {1, 5}) {
          try (var x = device.array(new float[n * 2], n, 2);
              var y = own.function("rows").call(x)[0]) {
            assertEquals("f32[" + n + "]", y.type());
          }
        }
      }
      assertEquals(2, own.compiled());
    }
  }

  @Test
  void aSizeThatLengthsDoNotTellIsSaid() {
    Function rows = program.function("rows");
    try (var call = rows.prepare()) {
      call.add(1, 2, 3, 4f);
      var wrong = assertThrows(IllegalArgumentException.class, call::floats);
      assertTrue(wrong.getMessage().contains("the size n is not found"), wrong.getMessage());
    }
    try (var call = rows.prepare()) {
      assertArrayEquals(new float[] {3, 7}, call.size("n", 2).add(1, 2, 3, 4f).floats());
    }
    try (var call = rows.prepare()) {
      call.size("n", 3).add(1, 2, 3, 4f);
      var wrong = assertThrows(ArgumentException.class, call::floats);
      assertEquals("f32[n, m] with n = 3", wrong.expected());
      assertEquals("4 × float", wrong.given());
    }
    for (long m : new long[] {1L << 40, 0, 3}) {
      try (var call = program.function("cube").prepare()) {
        call.size("n", 1L << 40).size("m", m).add(1, 2, 3, 4f);
        assertThrows(ArgumentException.class, call::floats);
      }
    }
    try (var call = rows.prepare()) {
      assertThrows(IllegalArgumentException.class, () -> call.size("q", 3));
      assertThrows(IllegalArgumentException.class, () -> call.size("n", -1));
    }
  }

  @Test
  void computedSizesComeFromDeviceArrays() {
    try (var x = device.array(new float[] {1, 2}, 2);
        var y = program.function("twice").call(x)[0]) {
      assertArrayEquals(new float[] {1, 2, 1, 2}, y.floats());
    }
  }

  @Test
  void manyDtypes() {
    try (var call = program.function("scale").prepare()) {
      int[] y = call.add(1f).add(2.0).add(5, 6).add(true, false).ints();
      assertArrayEquals(new int[] {5, 0}, y);
    }
  }

  @Test
  void keysAreThoseOfTheLanguage() {
    try (var key = device.key(7L << 30);
        var y = program.function("noise").call(key)[0];
        var same = program.function("same_noise").call()[0]) {
      assertArrayEquals(same.floats(), y.floats());
    }
  }

  @Test
  void treesByPath() {
    try (var layer =
            Tree.of(
                Map.of(
                    "w", device.array(new float[] {2, 3}, 1, 2),
                    "b", device.array(new float[] {1, 1}, 2)));
        var x = Tree.of(Map.of("x", device.array(new float[] {10}, 1, 1)));
        var y = program.function("dense").call(layer.under("layer").with(x))) {
      assertArrayEquals(new float[] {21, 31}, y.get("").floats());
      assertEquals(java.util.Set.of(""), y.paths());
      assertEquals(
          List.of("layer.b"),
          layer.under("layer").paths().stream().filter(p -> p.endsWith("b")).toList());
      assertThrows(IllegalArgumentException.class, () -> y.get("z"));
      assertThrows(IllegalArgumentException.class, () -> layer.below("z"));
      assertThrows(
          ArgumentException.class, () -> program.function("dense").call(x)); // layer is missing
      assertThrows(
          IllegalArgumentException.class, () -> program.function("square").call(layer.with(x)));
    }
  }

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
  void argumentsThatDoNotFit() {
    Function square = program.function("square");
    try (var ints = device.array(new int[] {1, 2, 3}, 3);
        var matrix = device.array(new float[3], 3, 1);
        var longer = device.array(new float[4], 4);
        var fit = device.array(new float[3], 3)) {
      wrong(square, "i32[3]", ints);
      wrong(square, "f32[3, 1]", matrix);
      wrong(square, "f32[4]", longer);
      assertThrows(IllegalArgumentException.class, square::call);
      assertThrows(IllegalArgumentException.class, () -> square.call(fit, fit));
      assertThrows(ArgumentException.class, () -> square.call((DeviceArray) null));
    }
    try (var call = square.prepare()) {
      call.add(1, 2f);
      var e = assertThrows(ArgumentException.class, call::floats);
      assertEquals("parameter `x` of `square`: expected f32[3], given 2 × float", e.getMessage());
    }
    try (var call = square.prepare()) {
      call.add(1, 2, 3.0);
      var e = assertThrows(ArgumentException.class, call::floats);
      assertEquals("3 × double", e.given());
    }
    try (var call = square.prepare()) {
      call.add(1, 2, 3f);
      assertThrows(IllegalStateException.class, call::ints);
    }
    assertThrows(IllegalArgumentException.class, () -> device.array(new float[3], 2, 2));
    assertThrows(
        IllegalArgumentException.class, () -> device.array(DType.F64, FloatBuffer.allocate(2), 1));
    assertThrows(IllegalArgumentException.class, () -> program.function("free"));
  }

  private static void wrong(Function function, String given, DeviceArray array) {
    var e = assertThrows(ArgumentException.class, () -> function.call(array));
    assertEquals("x", e.parameter());
    assertEquals("f32[3]", e.expected());
    assertEquals(given, e.given());
  }

  @Test
  void sizesThatDisagree() {
    try (var b = device.array(new float[3], 3);
        var w = device.array(new float[4], 2, 2);
        var x = device.array(new float[2], 1, 2)) {
      var e = assertThrows(ArgumentException.class, () -> program.function("dense").call(b, w, x));
      assertEquals(
          "parameter `layer.w` of `dense`: expected f32[d, m] with d = 2, m = 3, given f32[2, 2]",
          e.getMessage());
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

  @Test
  void laterResultsCanBeAwaited() throws Exception {
    try (var pool = Executors.newSingleThreadExecutor();
        var x = device.array(new float[] {1, 2, 3}, 3);
        var y = program.function("square").call(x)[0]) {
      assertArrayEquals(new float[] {1, 4, 9}, y.ready(pool).get().floats());
    }
  }

  @Test
  void programsThatAreWrong() {
    var e =
        assertThrows(
            ProgramException.class,
            () -> Embed.load(device, "bad.girih", "def f(x: f32[3]) = x + y"));
    assertTrue(e.getMessage().startsWith("error[E0201]"), e.getMessage());
    assertTrue(e.getMessage().contains("bad.girih:1:24"), e.getMessage());
    assertThrows(
        ProgramException.class, () -> Embed.load(device, "bad.girih", "let x = load(\"x.npy\")"));
    assertThrows(
        ProgramException.class, () -> Embed.load(device, "bad.girih", "import \"x.girih\" as x"));
    try (var sizes =
            Embed.load(
                device, "s.girih", "def f[n](x: f32[n]) -> f32[n // 2] = x[:n // 2] + ones(2)");
        var x = device.array(new float[6], 6)) {
      var wrong = assertThrows(ProgramException.class, () -> sizes.function("f").call(x));
      assertFalse(wrong.diagnostics().isEmpty());
    }
  }

  @Test
  void importsComeAlong() {
    var texts = Map.of("lib.girih", "def twice(x) = x * 2");
    String text = "import \"lib.girih\" as lib\ndef f[n](x: f32[n]) -> f32[n] = lib.twice(x)";
    try (var own = Embed.load(device, "main.girih", text, texts);
        var call = own.function("f").prepare()) {
      assertArrayEquals(new float[] {2, 4}, call.add(1, 2f).floats());
    }
  }

  @Test
  void arraysToLoadComeAlong() {
    String text =
        """
        let w = load("w.npz")
        let b = load("b.npy")
        def f(x: f32[2]) = x * w.layer.scale + b
        def g[n](x: f32[n]) -> f32[n] = x * sum(b)
        """;
    var b = device.array(new float[] {1, 2}, 2);
    try (var scale = device.array(new float[] {10}, 1);
        var unused = device.array(new int[] {7}, 1)) {
      var loaded =
          Map.of(
              "w.npz", Tree.of(Map.of("layer.scale", scale, "unused", unused)),
              "b.npy", Tree.of(Map.of("", b)));
      try (var own = Embed.load(device, "w.girih", text, Map.of(), loaded);
          var f = own.function("f").prepare();
          var g = own.function("g").prepare()) {
        b.close(); // it was copied
        assertArrayEquals(new float[] {31, 42}, f.add(3, 4f).floats());
        assertArrayEquals(new float[] {3, 6, 9}, g.add(1, 2, 3f).floats());
      }
      assertThrows(
          IllegalStateException.class,
          () -> Embed.load(device, "w.girih", text, Map.of(), loaded)); // b is closed
    }
    var none =
        assertThrows(ProgramException.class, () -> Embed.load(device, "w.girih", text))
            .getMessage();
    assertTrue(none.startsWith("error[E0601]: cannot read `w.npz`"), none);
  }

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
