package org.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.FloatBuffer;
import java.util.List;
import org.girih.runtime.host.ArgumentException;
import org.girih.runtime.host.Device;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The classifier on 100 digits that its training has not seen.
class DigitsTest {
  private static Device device;
  private static Digits digits;
  private static int[] labels;
  private static float[] images;

  @BeforeAll
  static void load() throws Exception {
    device = Device.open();
    digits = Digits.load(device);
    List<String> lines;
    try (var in = DigitsTest.class.getResourceAsStream("digits.txt")) {
      lines = new String(in.readAllBytes()).lines().filter(l -> !l.startsWith("#")).toList();
    }
    labels = lines.stream().mapToInt(l -> l.charAt(0) - '0').toArray();
    images = new float[lines.size() * 64];
    for (int i = 0; i < images.length; i++) {
      images[i] = Character.digit(lines.get(i / 64).charAt(2 + i % 64), 17);
    }
  }

  @AfterAll
  static void close() {
    digits.close();
    device.close();
  }

  private static int right(int[] classes) {
    int right = 0;
    for (int i = 0; i < classes.length; i++) {
      right += classes[i] == labels[i] ? 1 : 0;
    }
    return right;
  }

  @Test
  void arrays() {
    // NumPy counts as many with the same weights.
    assertEquals(95, right(digits.classify(images)));
  }

  @Test
  void buffers() {
    assertEquals(95, right(digits.classify(FloatBuffer.wrap(images))));
  }

  @Test
  void arraysOfTheDevice() {
    try (var all = device.array(images, 100, 8, 8);
        var classes = digits.classify(all)) {
      assertEquals(95, right(classes.ints()));
    }
  }

  @Test
  void wrongLength() {
    var e = assertThrows(ArgumentException.class, () -> digits.classify(new float[100]));
    assertEquals(
        "parameter `images` of `classify`: expected f32[n, 8, 8], given 100 × float",
        e.getMessage());
  }
}
