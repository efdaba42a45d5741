package org.girih.embed;

import org.girih.runtime.host.Device;
import org.girih.runtime.host.Program;
import org.girih.runtime.plugin.PluginException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/// A device, and a program that is compiled from source; expected values of tests are worked out by
/// hand.
abstract class HostFixture {
  static final String SOURCE =
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

      def apart[n](x: f32[n + 1]) -> f32[n] = x[1:] - x[:-1]

      def free(x) = x
      """;

  static Device device;
  static Program program;

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
}
