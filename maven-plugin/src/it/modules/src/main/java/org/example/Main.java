package org.example;

import java.util.Arrays;
import org.girih.runtime.host.Device;
import org.girih.runtime.status.PjrtException;

public final class Main {
  private Main() {}

  public static void main(String[] args) throws Exception {
    Module runtime = Device.class.getModule();
    try (var device = Device.open();
        var numbers = Numbers.load(device)) {
      float[] twice = numbers.twice(new float[] {1, 2, 3});
      System.out.println(
          Arrays.toString(twice) + " on " + device + ", of the module " + runtime.getName());
    } catch (PjrtException e) {
      System.out.println("the plugin refused: " + e.code());
    }
    if (!runtime.isExported("org.girih.runtime.pjrt", Main.class.getModule())) {
      System.out.println("org.girih.runtime.pjrt is its own");
    }
  }
}
