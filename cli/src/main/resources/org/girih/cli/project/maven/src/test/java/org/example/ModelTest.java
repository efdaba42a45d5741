package org.example;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.girih.runtime.host.Device;
import org.junit.jupiter.api.Test;

/// The line, called from Java.
class ModelTest {
  @Test
  void aLineIsFoundAgain() throws Exception {
    float[] x = {0, 1, 2, 3};
    float[] y = {1, 3, 5, 7};
    try (var device = Device.open();
        var model = Model.load(device);
        var line = model.fit(x, y)) {
      assertEquals(2, line.slope().floats()[0], 1e-5f);
      assertEquals(1, line.offset().floats()[0], 1e-5f);
      assertArrayEquals(y, model.predict(line, x), 1e-5f);
    }
  }
}
