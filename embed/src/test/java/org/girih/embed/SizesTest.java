package org.girih.embed;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.girih.runtime.host.ArgumentException;
import org.girih.runtime.host.Function;
import org.junit.jupiter.api.Test;

/// Sizes that arrays and lengths tell, and those that are said.
class SizesTest extends HostFixture {
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
  void sizesFollowFromOthers() {
    Function apart = program.function("apart");
    try (var call = apart.prepare()) {
      assertArrayEquals(new float[] {1, 2, 4}, call.size("n", 3).add(1, 2, 4, 8f).floats());
    }
    try (var call = apart.prepare()) {
      call.size("n", 4).add(1, 2, 4, 8f);
      var wrong = assertThrows(ArgumentException.class, call::floats);
      assertEquals("f32[n + 1] with n = 4", wrong.expected());
    }
    try (var call = apart.prepare()) {
      call.add(1, 2, 4, 8f);
      var wrong = assertThrows(IllegalArgumentException.class, call::floats);
      assertTrue(wrong.getMessage().contains("the size n is not found"), wrong.getMessage());
    }
    try (var x = device.scalar(2f);
        var y = device.array(new float[] {1, 3}, 2);
        var z = apart.call(y)[0]) {
      assertEquals("f32", x.type());
      assertArrayEquals(new float[] {2}, z.floats());
    }
  }
}
