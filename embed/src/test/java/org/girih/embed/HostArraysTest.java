package org.girih.embed;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import org.girih.runtime.artifact.DType;
import org.girih.runtime.host.ArgumentException;
import org.girih.runtime.host.DeviceArray;
import org.girih.runtime.host.Function;
import org.girih.runtime.host.Tree;
import org.junit.jupiter.api.Test;

/// Arrays of the host and of the device as arguments and results.
class HostArraysTest extends HostFixture {
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
  void laterResultsCanBeAwaited() throws Exception {
    try (var pool = Executors.newSingleThreadExecutor();
        var x = device.array(new float[] {1, 2, 3}, 3);
        var y = program.function("square").call(x)[0]) {
      assertArrayEquals(new float[] {1, 4, 9}, y.ready(pool).get().floats());
    }
  }
}
