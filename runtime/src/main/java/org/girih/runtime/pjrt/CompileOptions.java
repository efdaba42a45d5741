package org.girih.runtime.pjrt;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// How a module is compiled: for one replica and one partition, on one device.
///
/// @param device the device that it will run on
public record CompileOptions(Device device) {

  /// The bytes of a `CompileOptionsProto` (openxla/xla, `xla/pjrt/proto/compile_options.proto`).
  /// The counts are always written: without them the plugin aborts the process.
  public byte[] encode() {
    byte[] devices = message().varint(1, device.id()).bytes(); // ComputationDevice
    byte[] assignment = // DeviceAssignmentProto
        message().varint(1, 1).varint(2, 1).nested(3, devices).bytes();
    byte[] build = // ExecutableBuildOptionsProto
        message()
            .varint(1, -1) // device_ordinal: unset, the assignment decides
            .varint(4, 1) // num_replicas
            .varint(5, 1) // num_partitions
            .nested(9, assignment)
            .bytes();
    // XLA's CPU compiler may let maximum and minimum drop a NaN, and older ones do so by default.
    byte[] off = message().varint(2, 0).bytes(); // OptionOverrideProto: a bool
    byte[] name = "xla_cpu_enable_fast_min_max".getBytes(StandardCharsets.US_ASCII);
    byte[] override = message().nested(1, name).nested(2, off).bytes();
    return message().nested(3, build).nested(7, override).bytes();
  }

  private static Message message() {
    return new Message(new ByteArrayOutputStream());
  }

  /// The part of the protobuf wire format that the options need.
  private record Message(ByteArrayOutputStream out) {
    Message varint(int field, long value) {
      raw((long) field << 3);
      raw(value);
      return this;
    }

    Message nested(int field, byte[] message) {
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
}
