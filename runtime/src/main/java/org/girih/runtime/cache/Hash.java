package org.girih.runtime.cache;

import java.util.zip.CRC32;
import java.util.zip.CRC32C;

/// Names files by their content. What is found by a hash is compared as a whole, so that a clash
/// costs a miss; a cryptographic hash would cost 20 ms of class loading at each start.
final class Hash {
  private Hash() {}

  /// Returns 64 bits as 16 hexadecimal digits.
  static String of(byte[] content) {
    var first = new CRC32();
    first.update(content);
    return "%08x%08x".formatted((int) first.getValue(), checksum(content, content.length));
  }

  /// Returns CRC-32C of the first bytes: it finds every damage of up to 32 bits in a row.
  static int checksum(byte[] content, int length) {
    var sum = new CRC32C();
    sum.update(content, 0, length);
    return (int) sum.getValue();
  }
}
