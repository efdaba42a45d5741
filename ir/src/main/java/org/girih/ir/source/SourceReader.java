package org.girih.ir.source;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/// Decodes the bytes of a source: UTF-8, strictly, with or without a byte order mark. Nothing is
/// replaced silently, so that offsets mean what the user's editor shows.
public final class SourceReader {
  private SourceReader() {}

  /// The outcome of decoding bytes.
  public sealed interface Decoded {
    /// UTF-8.
    record Text(Source source) implements Decoded {}

    /// Not UTF-8.
    ///
    /// @param offset of the first wrong byte, from 0
    /// @param line that it is in, from 1
    /// @param value of that byte, 0 to 255
    record Malformed(long offset, int line, int value) implements Decoded {
      /// Returns `it is not UTF-8: byte 0xff at offset 12, in line 3`.
      public String message() {
        return String.format(
            "it is not UTF-8: byte 0x%02x at offset %d, in line %d", value, offset, line);
      }
    }
  }

  /// @param name how messages call the source
  public static Decoded decode(String name, byte[] bytes) {
    var decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    var in = ByteBuffer.wrap(bytes);
    var out = CharBuffer.allocate(bytes.length); // UTF-8 has no fewer bytes than UTF-16 units
    CoderResult result = decoder.decode(in, out, true);
    if (result.isError()) {
      return malformed(bytes, in.position());
    }
    String text = out.flip().toString();
    return new Decoded.Text(new Source(name, text.startsWith("\uFEFF") ? text.substring(1) : text));
  }

  private static Decoded malformed(byte[] bytes, int offset) {
    int line = 1;
    for (int i = 0; i < offset; i++) {
      line += bytes[i] == '\n' ? 1 : 0;
    }
    return new Decoded.Malformed(offset, line, bytes[offset] & 0xff);
  }
}
