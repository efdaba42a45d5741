package org.girih.cli.plot;

import java.awt.image.BufferedImage;
import org.girih.host.array.HostArray;
import org.girih.ir.type.DType;

/// Arrays as pixels.
final class Pixels {
  /// A grid's images are enlarged to about this many pixels, by a whole factor.
  private static final int LEAST = 64;

  private Pixels() {}

  /// Returns an element as a number, whatever its dtype.
  static double number(HostArray array, long at) {
    DType dtype = array.dtype();
    if (dtype.isBool()) {
      return array.bool(at) ? 1 : 0;
    }
    return dtype.integer() ? array.integer(at) : array.real(at);
  }

  /// Returns an image [height, width], with colours as a third axis or without: `u8`, or floats
  /// from 0 to 1.
  static BufferedImage image(HostArray array) {
    double scale = array.dtype() == DType.U8 ? 1 : 255;
    long[] dims = array.dims();
    int colours = dims.length == 3 ? (int) dims[2] : 1;
    var out = empty((int) dims[1], (int) dims[0], colours);
    put(out, array, 0, new Size((int) dims[0], (int) dims[1], colours), 0, 0, 1, x -> x * scale);
    return out;
  }

  private record Size(int height, int width, int colours) {}

  private interface Level {
    double of(double value);
  }

  /// Returns images side by side, about as many across as down; the least number is black, the
  /// greatest white.
  static BufferedImage grid(HostArray array) {
    long[] dims = array.dims();
    boolean last = dims[dims.length - 1] <= 4 && dims[dims.length - 1] != 2 && dims.length > 2;
    int colours = last ? (int) dims[dims.length - 1] : 1;
    int axes = last ? dims.length - 1 : dims.length;
    boolean many = axes == 3;
    int count = many ? (int) dims[0] : 1;
    int height = (int) dims[many ? 1 : 0];
    int width = (int) dims[many ? 2 : 1];
    double least = Double.POSITIVE_INFINITY;
    double greatest = Double.NEGATIVE_INFINITY;
    for (long i = 0; i < array.size(); i++) {
      double value = number(array, i);
      least = Math.min(least, Double.isNaN(value) ? least : value);
      greatest = Math.max(greatest, Double.isNaN(value) ? greatest : value);
    }
    double low = least;
    double range = greatest > least ? greatest - least : 1;
    int zoom = Math.max(1, Math.ceilDiv(LEAST, Math.max(1, Math.max(height, width))));
    int across = (int) Math.ceil(Math.sqrt(count));
    int down = across == 0 ? 0 : Math.ceilDiv(count, across);
    int gap = many ? 2 : 0;
    var out =
        empty(across * (width * zoom + gap) + gap, down * (height * zoom + gap) + gap, colours);
    for (int i = 0; i < count; i++) {
      int x = gap + i % across * (width * zoom + gap);
      int y = gap + i / across * (height * zoom + gap);
      long from = (long) i * height * width * colours;
      put(
          out,
          array,
          from,
          new Size(height, width, colours),
          x,
          y,
          zoom,
          v -> (v - low) / range * 255);
    }
    return out;
  }

  private static BufferedImage empty(int width, int height, int colours) {
    int type = colours == 4 ? BufferedImage.TYPE_INT_ARGB : BufferedImage.TYPE_INT_RGB;
    return new BufferedImage(Math.max(1, width), Math.max(1, height), type);
  }

  private static void put(
      BufferedImage out,
      HostArray array,
      long from,
      Size size,
      int left,
      int top,
      int zoom,
      Level level) {
    int colours = size.colours;
    for (int y = 0; y < size.height; y++) {
      for (int x = 0; x < size.width; x++) {
        long at = from + ((long) y * size.width + x) * colours;
        int red = clamp(level.of(number(array, at)));
        int green = colours < 3 ? red : clamp(level.of(number(array, at + 1)));
        int blue = colours < 3 ? red : clamp(level.of(number(array, at + 2)));
        int alpha = colours < 4 ? 255 : clamp(level.of(number(array, at + 3)));
        int pixel = alpha << 24 | red << 16 | green << 8 | blue;
        for (int i = 0; i < zoom * zoom; i++) {
          out.setRGB(left + x * zoom + i % zoom, top + y * zoom + i / zoom, pixel);
        }
      }
    }
  }

  private static int clamp(double value) {
    return Double.isNaN(value) ? 0 : Math.clamp(Math.round(value), 0, 255);
  }
}
