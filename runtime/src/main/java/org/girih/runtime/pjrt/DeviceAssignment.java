package org.girih.runtime.pjrt;

import java.util.HashSet;
import java.util.List;

/// Tells which devices run a module, and how often: `replicas` copies that compute on different
/// data (`pmap`), each cut by XLA's partitioner (GSPMD) into `partitions` parts.
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

  /// Returns one copy, not cut, on one device.
  public static DeviceAssignment single(int device) {
    return new DeviceAssignment(1, 1, List.of(device));
  }

  /// Returns one copy that these devices share.
  public static DeviceAssignment partitioned(List<Integer> devices) {
    return new DeviceAssignment(1, devices.size(), devices);
  }

  /// Returns the bytes of a `CompileOptionsProto` (openxla/xla,
  /// `xla/pjrt/proto/compile_options.proto`). The counts are always written: without them the
  /// plugin aborts the process.
  ///
  /// @param xla what is passed to the compiler besides
  byte[] encode(List<XlaOption> xla) {
    var assignment = new ProtoMessage().varint(1, replicas).varint(2, partitions);
    for (int part = 0; part < partitions; part++) { // DeviceAssignmentProto: part first, then copy
      var computation = new ProtoMessage();
      for (int copy = 0; copy < replicas; copy++) {
        computation.varint(1, devices.get(copy * partitions + part));
      }
      assignment.nested(3, computation.bytes());
    }
    var build = // ExecutableBuildOptionsProto
        new ProtoMessage()
            .varint(1, -1) // device_ordinal: unset, the assignment decides
            .varint(4, replicas) // num_replicas
            .varint(5, partitions); // num_partitions
    if (partitions > 1) {
      build.varint(6, 1); // use_spmd_partitioning
      // allow_spmd_sharding_propagation_to_output: the partitioner places the results
      build.nested(12, new byte[] {1});
    }
    var options = new ProtoMessage().nested(3, build.nested(9, assignment.bytes()).bytes());
    xla.forEach(option -> options.nested(7, option.entry()));
    return options.bytes();
  }
}
