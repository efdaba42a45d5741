package org.example;

import org.girih.runtime.host.Device;

/// Shows the classifier an image.
final class Main {
  private static final String IMAGE =
      """
      ..####..
      .##..##.
      .##..##.
      .##..##.
      .##..##.
      .##..##.
      .##..##.
      ..####..
      """;

  private Main() {}

  public static void main(String[] args) throws Exception {
    float[] pixels = new float[64];
    String dots = IMAGE.replace("\n", "");
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = dots.charAt(i) == '#' ? 16 : 0;
    }
    try (var device = Device.open();
        var digits = Digits.load(device);
        var guess = digits.guess(pixels)) {
      System.out.printf(
          "This is a %d (%.0f %%).%n",
          guess.digit().ints()[0], 100 * guess.probability().floats()[0]);
    }
  }
}
