package org.girih.runtime.pjrt;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// How a module is compiled: for one device, or partitioned over several.
///
/// @param devices the devices that it will run on, in the order in which the module's shardings
///     number them
public record CompileOptions(List<Device> devices) {
  public CompileOptions {
    devices = List.copyOf(devices);
    if (devices.isEmpty()) {
      throw new IllegalArgumentException("a module is compiled for one device at least");
    }
  }

  /// For one replica and one partition.
  public CompileOptions(Device device) {
    this(List.of(device));
  }

  /// The first device.
  public Device device() {
    return devices.getFirst();
  }

  /// The bytes of a `CompileOptionsProto` (openxla/xla, `xla/pjrt/proto/compile_options.proto`).
  /// The counts are always written: without them the plugin aborts the process.
  public byte[] encode() {
    int partitions = devices.size();
    Message assigned = message().varint(1, 1).varint(2, partitions); // DeviceAssignmentProto
    for (Device each : devices) {
      assigned.nested(3, message().varint(1, each.id()).bytes()); // ComputationDevice
    }
    Message build = // ExecutableBuildOptionsProto
        message()
            .varint(1, -1) // device_ordinal: unset, the assignment decides
            .varint(4, 1) // num_replicas
            .varint(5, partitions); // num_partitions
    if (partitions > 1) {
      build.varint(6, 1); // use_spmd_partitioning
      // allow_spmd_sharding_propagation_to_output: the partitioner places the results
      build.nested(12, new byte[] {1});
    }
    build.nested(9, assigned.bytes());
    // XLA's CPU compiler may let maximum and minimum drop a NaN, and older ones do so by default.
    byte[] off = message().varint(2, 0).bytes(); // OptionOverrideProto: a bool
    byte[] name = "xla_cpu_enable_fast_min_max".getBytes(StandardCharsets.US_ASCII);
    byte[] override = message().nested(1, name).nested(2, off).bytes();
    return message().nested(3, build.bytes()).nested(7, override).bytes();
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
