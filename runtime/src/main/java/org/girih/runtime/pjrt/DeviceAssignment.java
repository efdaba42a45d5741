package org.girih.runtime.pjrt;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;

/// Which devices run a module, and how often: `replicas` copies that compute on different data
/// (`pmap`), each cut by XLA's partitioner (GSPMD) into `partitions` parts.
///
/// @param replicas how many copies there are, at least 1
/// @param partitions how many devices share a copy, at least 1
/// @param devices ids, one for each part of each copy: the parts of copy 0, then those of copy 1
public record DeviceAssignment(int replicas, int partitions, List<Integer> devices) {

  /// @throws IllegalArgumentException if a count is not positive, or the ids are not as many as the
  ///     counts ask for, negative or not distinct; a plugin would abort the process
  public DeviceAssignment {
    devices = List.copyOf(devices);
    if (replicas < 1 || partitions < 1) {
      throw new IllegalArgumentException(
          "replicas and partitions must be positive, not " + replicas + " and " + partitions);
    }
    if (devices.size() != (long) replicas * partitions) {
      throw new IllegalArgumentException(
          replicas + " × " + partitions + " devices are needed, not " + devices.size());
    }
    if (devices.stream().anyMatch(d -> d < 0) || new HashSet<>(devices).size() < devices.size()) {
      throw new IllegalArgumentException("the ids of devices must be distinct and not negative");
    }
  }

  /// One copy, not cut, on one device.
  public static DeviceAssignment single(int device) {
    return new DeviceAssignment(1, 1, List.of(device));
  }

  /// One copy that these devices share.
  public static DeviceAssignment partitioned(List<Integer> devices) {
    return new DeviceAssignment(1, devices.size(), devices);
  }

  /// The bytes of a `CompileOptionsProto` (openxla/xla, `xla/pjrt/proto/compile_options.proto`).
  /// The counts are always written: without them the plugin aborts the process.
  ///
  /// @param cpu whether it is for a CPU plugin, whose compiler has options of its own
  byte[] encode(boolean cpu) {
    Message assignment = message().varint(1, replicas).varint(2, partitions);
    for (int part = 0; part < partitions; part++) { // DeviceAssignmentProto: part first, then copy
      Message computation = message();
      for (int copy = 0; copy < replicas; copy++) {
        computation.varint(1, devices.get(copy * partitions + part));
      }
      assignment.nested(3, computation.bytes());
    }
    Message build = // ExecutableBuildOptionsProto
        message()
            .varint(1, -1) // device_ordinal: unset, the assignment decides
            .varint(4, replicas) // num_replicas
            .varint(5, partitions); // num_partitions
    if (partitions > 1) {
      build.varint(6, 1); // use_spmd_partitioning
      // allow_spmd_sharding_propagation_to_output: the partitioner places the results
      build.nested(12, new byte[] {1});
    }
    Message options = message().nested(3, build.nested(9, assignment.bytes()).bytes());
    if (cpu) {
      // XLA's CPU compiler may let maximum and minimum drop a NaN; older ones do so by default.
      byte[] off = message().varint(2, 0).bytes(); // OptionOverrideProto: a bool
      byte[] name = "xla_cpu_enable_fast_min_max".getBytes(StandardCharsets.US_ASCII);
      options.nested(7, message().nested(1, name).nested(2, off).bytes());
    }
    return options.bytes();
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
