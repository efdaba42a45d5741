package org.girih.runtime.pjrt;

import java.io.ByteArrayOutputStream;

/// The part of the protobuf wire format that the options of a compilation need.
final class ProtoMessage {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  ProtoMessage varint(int field, long value) {
    raw((long) field << 3);
    raw(value);
    return this;
  }

  ProtoMessage nested(int field, byte[] message) {
    raw((long) field << 3 | 2);
    raw(message.length);
    out.writeBytes(message);
    return this;
  }

  private void raw(long value) {
    long rest = value;
    for (; (rest & ~0x7fL) != 0; rest >>>= 7) {
      out.write((int) (rest & 0x7f | 0x80));
    }
    out.write((int) rest);
  }

  byte[] bytes() {
    return out.toByteArray();
  }
}
