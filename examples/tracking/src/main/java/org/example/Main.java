package org.example;

import java.nio.file.Path;
import java.util.Locale;
import org.girih.runtime.host.Device;

/// Learns how noisy a table of measurements is, then follows the vehicles second by second.
final class Main {
  private Main() {}

  public static void main(String[] args) throws Exception {
    Measurements all = Measurements.read(Path.of(args[0]));
    try (var device = Device.open();
        var tracking = Tracking.load(device);
        var guess = new Tracking.Noise(device.scalar(2.0), device.scalar(1.0));
        var noise = tracking.learn(all.seconds() - 1, all.vehicles(), all.positions(), 1, guess)) {
      System.out.printf(
          Locale.ROOT,
          "noise: %.2f m/s² of acceleration, %.2f m of position%n",
          noise.acceleration().doubles()[0],
          noise.position().doubles()[0]);
      Tracking.Tracks tracks = tracking.begin(all.at(0), noise);
      for (int second = 1; second < all.seconds(); second++) {
        // Beliefs stay on the device from second to second; only the measurements go there.
        try (var before = tracks;
            var later = tracking.advance(before, 1, noise)) {
          var update = tracking.update(later, all.at(second), noise);
          update.surprise().close();
          tracks = update.tracks();
        }
      }
      try (var last = tracks) {
        double[] mean = last.mean().doubles();
        for (int vehicle = 0; vehicle < all.vehicles(); vehicle++) {
          System.out.printf(
              Locale.ROOT,
              "vehicle %d at (%.1f, %.1f) m, %.1f m/s%n",
              vehicle,
              mean[4 * vehicle],
              mean[4 * vehicle + 1],
              Math.hypot(mean[4 * vehicle + 2], mean[4 * vehicle + 3]));
        }
      }
    }
  }
}
