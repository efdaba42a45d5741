package org.girih.runtime.cache;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// The content of a file of the cache: a mark with the version, three parts, each behind its
/// length, and the checksum of all that.
///
/// @param around [CompileEnvironment#text]
record CacheEntry(byte[] program, String around, byte[] serialized) {
  /// `grh` and the version of the format.
  private static final int MARK = 0x67726801;

  byte[] encode() {
    byte[] text = around.getBytes(StandardCharsets.UTF_8);
    int size = Integer.BYTES * 5 + text.length + program.length + serialized.length;
    var out = ByteBuffer.allocate(size).putInt(MARK);
    for (byte[] part : new byte[][] {text, program, serialized}) {
      out.putInt(part.length).put(part);
    }
    return out.putInt(Hash.checksum(out.array(), out.position())).array();
  }

  /// Returns the entry; empty if the bytes are not those of a whole entry of this version.
  static Optional<CacheEntry> decode(byte[] content) {
    var in = ByteBuffer.wrap(content);
    int end = content.length - Integer.BYTES;
    if (end < Integer.BYTES
        || in.getInt() != MARK
        || in.getInt(end) != Hash.checksum(content, end)) {
      return Optional.empty();
    }
    try {
      String around = new String(part(in), StandardCharsets.UTF_8);
      var entry = new CacheEntry(part(in), around, part(in));
      return in.position() == end ? Optional.of(entry) : Optional.empty();
    } catch (BufferUnderflowException _) {
      return Optional.empty();
    }
  }

  private static byte[] part(ByteBuffer in) {
    int length = in.getInt();
    if (length < 0 || length > in.remaining()) {
      throw new BufferUnderflowException();
    }
    byte[] part = new byte[length];
    in.get(part);
    return part;
  }
}
