package org.example;

import org.girih.runtime.host.Device;

/// Fits a line to points, and says what it makes of another.
final class Main {
  private Main() {}

  public static void main(String[] args) throws Exception {
    float[] x = {0, 1, 2, 3};
    float[] y = {1, 3, 5, 7};
    try (var device = Device.open();
        var model = Model.load(device);
        var line = model.fit(x, y)) {
      float[] next = model.predict(line, new float[] {4});
      System.out.printf("At 4 the line is at %.1f.%n", next[0]);
    }
  }
}
