package org.girih.embed;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import org.girih.runtime.host.Device;
import org.girih.runtime.host.DeviceArray;
import org.girih.runtime.host.Function;
import org.girih.runtime.plugin.CacheFolder;
import org.girih.runtime.plugin.PluginCache;
import org.girih.runtime.plugin.PluginException;
import org.girih.runtime.plugin.PluginPackage;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What is donated again and again gives the numbers of what is not: results lie in the donated
/// memory, except on the oldest plugin, which then computes wrongly: there it is only freed.
class DonatedChainsTest {
  private static final String SOURCE =
      """
      def step(a: f32[64, 64], m: f32[64, 64], x: f32[8, 64]) = {
        let (l, g) = value_and_grad(w -> mean((tanh(x @ w) - x) ** 2))(a)
        let n = 0.9 * m + 0.1 * g
        (n, a - n, l)
      }
      def mix(x: f32[64, 64]) = x @ x / 8 + x / 2
      """;

  @Test
  void onTheDefaultPlugin() throws PluginException {
    chains(PluginPackage.CPU, 4);
  }

  @Test
  @Tag("full")
  void onOlderPlugins() throws PluginException {
    chains(PluginPackage.CPU_106, 4);
    chains(PluginPackage.CPU_81, 2);
  }

  /// @param compiled how many executables two functions take
  private static void chains(PluginPackage plugin, int compiled) throws PluginException {
    var cache = new PluginCache(CacheFolder.of(System.getenv()), System.err);
    Path library = cache.require(plugin).library();
    try (var device = Device.open(library);
        var program = Embed.load(device, "chain.girih", SOURCE);
        var x = ramp(device, 8, 64)) {
      Function step = program.function("step");
      assertArrayEquals(training(device, step, x, false), training(device, step, x, true));
      Function mix = program.function("mix");
      assertArrayEquals(mixed(device, mix, false), mixed(device, mix, true));
      assertEquals(compiled, program.compiled());
    }
  }

  private static float[] training(Device device, Function step, DeviceArray x, boolean donating) {
    DeviceArray a = ramp(device, 64, 64);
    DeviceArray m = ramp(device, 64, 64);
    for (int i = 0; i < 300; i++) {
      DeviceArray[] next = donating ? step.call(a.donate(), m.donate(), x) : step.call(a, m, x);
      a.close();
      m.close();
      m = next[0];
      a = next[1];
      next[2].close();
    }
    try (DeviceArray end = a) {
      m.close();
      return end.floats();
    }
  }

  private static float[] mixed(Device device, Function mix, boolean donating) {
    DeviceArray x = ramp(device, 64, 64);
    for (int i = 0; i < 40; i++) {
      DeviceArray next = (donating ? mix.call(x.donate()) : mix.call(x))[0];
      x.close();
      x = next;
    }
    try (DeviceArray end = x) {
      return end.floats();
    }
  }

  private static DeviceArray ramp(Device device, int rows, int columns) {
    float[] values = new float[rows * columns];
    for (int i = 0; i < values.length; i++) {
      values[i] = (i % 97) / 970f;
    }
    return device.array(values, rows, columns);
  }
}
