package org.example;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.example.Tracking.Noise;
import org.girih.runtime.host.ArgumentException;
import org.girih.runtime.host.Device;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Against a filter in NumPy and gradients by JAX, which made expected.txt.
class TrackingTest {
  private static final Path FOLDER = Path.of("src/test/resources/org/example");
  private static Device device;
  private static Tracking tracking;
  private static Measurements all;

  @BeforeAll
  static void load() throws Exception {
    device = Device.open();
    tracking = Tracking.load(device);
    all = Measurements.read(FOLDER.resolve("positions.csv"));
  }

  @AfterAll
  static void close() {
    tracking.close();
    device.close();
  }

  private static double[] expected(String name) throws Exception {
    String line =
        Files.readAllLines(FOLDER.resolve("expected.txt")).stream()
            .filter(l -> l.startsWith(name + " "))
            .findFirst()
            .orElseThrow();
    return Arrays.stream(line.substring(name.length() + 1).split(" "))
        .mapToDouble(Double::parseDouble)
        .toArray();
  }

  private static Noise noise(double acceleration, double position) {
    return new Noise(device.scalar(acceleration), device.scalar(position));
  }

  @Test
  void paths() throws Exception {
    try (var noise = noise(0.5, 3)) {
      double[] path = tracking.follow(all.seconds() - 1, all.vehicles(), all.positions(), 1, noise);
      int last = path.length - 4 * all.vehicles();
      for (int vehicle = 0; vehicle < all.vehicles(); vehicle++) {
        double[] mean = Arrays.copyOfRange(path, last + 4 * vehicle, last + 4 * vehicle + 4);
        assertArrayEquals(expected("last " + vehicle), mean, 1e-9);
      }
    }
  }

  @Test
  void densities() throws Exception {
    try (var noise = noise(0.5, 3)) {
      double surprise =
          tracking.surprise(all.seconds() - 1, all.vehicles(), all.positions(), 1, noise);
      assertEquals(expected("surprise")[0], surprise, 1e-9 * surprise);
    }
  }

  @Test
  void secondBySecondIsAllAtOnce() throws Exception {
    try (var noise = noise(0.5, 3)) {
      var tracks = tracking.begin(all.at(0), noise);
      double surprise = 0;
      for (int second = 1; second < all.seconds(); second++) {
        try (var before = tracks;
            var later = tracking.advance(before, 1, noise)) {
          var update = tracking.update(later, all.at(second), noise);
          try (var costs = update.surprise()) {
            surprise += Arrays.stream(costs.doubles()).sum();
          }
          tracks = update.tracks();
        }
      }
      try (var last = tracks) {
        double[] mean = last.mean().doubles();
        assertArrayEquals(expected("last 4"), Arrays.copyOfRange(mean, 16, 20), 1e-9);
      }
      assertEquals(expected("surprise")[0], surprise, 1e-9 * surprise);
    }
  }

  @Test
  void learning() throws Exception {
    try (var guess = noise(2, 1);
        var learned =
            tracking.learn(all.seconds() - 1, all.vehicles(), all.positions(), 1, guess)) {
      double[] values = {learned.acceleration().doubles()[0], learned.position().doubles()[0]};
      assertArrayEquals(expected("learned"), values, 1e-7);
    }
  }

  @Test
  void wrongSizes() {
    try (var noise = noise(0.5, 3)) {
      var e =
          assertThrows(
              ArgumentException.class, () -> tracking.follow(60, 4, all.positions(), 1, noise));
      assertTrue(e.getMessage().contains("positions"), e.getMessage());
      assertThrows(ArgumentException.class, () -> tracking.begin(new double[5], noise));
    }
  }
}
