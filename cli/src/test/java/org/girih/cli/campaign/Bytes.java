package org.girih.cli.campaign;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Random;

/// Files with bytes set, cut out, doubled and cut off.
final class Bytes {
  private Bytes() {}

  static byte[] mutated(byte[] file, Random random) {
    byte[] bytes = file.clone();
    for (int i = random.nextInt(1, 4); i > 0 && bytes.length > 0; i--) {
      int at = random.nextInt(bytes.length);
      int end = Math.min(bytes.length, at + random.nextInt(1, 9));
      switch (random.nextInt(5)) {
        case 0 -> bytes[at] = (byte) random.nextInt(256);
        case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 2 -> bytes = joined(bytes, at, end);
        case 3 -> bytes = joined(bytes, end, at);
        case 4 -> bytes = random.nextInt(4) == 0 ? Arrays.copyOf(bytes, at) : bytes;
        default -> throw new AssertionError();
      }
    }
    return bytes;
  }

  /// The bytes up to `to` and those from `from` on: with `to` behind `from` some are there twice.
  private static byte[] joined(byte[] bytes, int to, int from) {
    var out = new ByteArrayOutputStream();
    out.write(bytes, 0, to);
    out.write(bytes, from, bytes.length - from);
    return out.toByteArray();
  }
}
