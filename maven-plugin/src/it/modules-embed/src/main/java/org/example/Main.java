package org.example;

import java.util.Arrays;
import org.girih.embed.Embed;
import org.girih.embed.ProgramException;
import org.girih.runtime.host.Device;

public final class Main {
  private Main() {}

  public static void main(String[] args) throws Exception {
    float[] given = {1, 2};
    try (var device = Device.open();
        var numbers = Numbers.load(device);
        var text = Embed.load(device, "text", "def f(x: f32[2]) = x * 10");
        var call = text.function("f").prepare();
        var x = device.array(given, 2);
        var y = call.add(x).run()[0]) {
      System.out.println(
          Arrays.toString(numbers.thrice(given))
              + " of any size, "
              + Arrays.toString(y.floats())
              + " of a text");
      Embed.run(device, "whole.girih", "print(\"{sum(arange(4))} of a whole program\")");
      Embed.load(device, "wrong", "def f(x: f32[2]) = y");
    } catch (ProgramException e) {
      var first = e.diagnostics().getFirst();
      System.out.println(first.code().text() + ": " + first.message());
    }
  }
}
