package org.girih.ir.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.nio.charset.StandardCharsets;
import org.girih.ir.source.SourceReader.Decoded;
import org.junit.jupiter.api.Test;

class SourceReaderTest {
  private static Decoded decode(int... bytes) {
    byte[] all = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      all[i] = (byte) bytes[i];
    }
    return SourceReader.decode("t.girih", all);
  }

  private static String text(Decoded decoded) {
    return assertInstanceOf(Decoded.Text.class, decoded).source().text();
  }

  @Test
  void textOfSeveralScripts() {
    byte[] bytes = "é 行 😀\r\n".getBytes(StandardCharsets.UTF_8);
    assertEquals("é 行 😀\r\n", text(SourceReader.decode("t.girih", bytes)));
  }

  @Test
  void aByteOrderMarkIsDropped() {
    assertEquals("a", text(decode(0xEF, 0xBB, 0xBF, 'a')));
    assertEquals("", text(decode(0xEF, 0xBB, 0xBF)));
    assertEquals("", text(decode()));
  }

  @Test
  void wrongBytesAreToldWithTheirPlace() {
    assertEquals(new Decoded.Malformed(4, 3, 0xFF), decode('a', '\n', 'b', '\n', 0xFF, 'c'));
    assertEquals(new Decoded.Malformed(1, 1, 0xE9), decode('a', 0xE9, 'b')); // Latin-1
    assertEquals(new Decoded.Malformed(0, 1, 0xC0), decode(0xC0, 0x80)); // overlong
    assertEquals(new Decoded.Malformed(0, 1, 0xED), decode(0xED, 0xA0, 0x80)); // surrogate
    assertEquals(new Decoded.Malformed(0, 1, 0xF5), decode(0xF5, 0x80, 0x80, 0x80)); // too large
    assertEquals(new Decoded.Malformed(2, 1, 0xE8), decode('a', 'b', 0xE8, 0xA1)); // cut off
    assertEquals(new Decoded.Malformed(0, 1, 0xFE), decode(0xFE, 0xFF, 0, 'a')); // UTF-16
    assertEquals(
        "it is not UTF-8: byte 0xff at offset 12, in line 3",
        new Decoded.Malformed(12, 3, 0xFF).message());
  }
}
