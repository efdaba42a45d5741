package org.girih.runtime.pjrt;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.LongStream;

/// The facts that a plugin reports of a device, whether the device is there or not.
///
/// @param id the number by which device assignments name it
/// @param kind what the plugin calls it: `cpu`, `TPU v3`, `NVIDIA H100 …`
/// @param process the number of the process whose host has it
/// @param coordinates where its chip is in the network of chips; empty where there is none
/// @param core which core of its chip it is, where the plugin reports it
public record DeviceDescription(
    int id, String kind, int process, List<Long> coordinates, OptionalInt core) {
  public DeviceDescription {
    coordinates = List.copyOf(coordinates);
  }

  static DeviceDescription read(long api, long address) {
    try (var arena = Arena.ofConfined()) {
      MemorySegment out = arena.allocate(JAVA_LONG, 7);
      Native.check(Shim.description_read(api, address, out.address()));
      long[] o = out.toArray(JAVA_LONG);
      long[] coordinates = Native.memory(o[4], o[5] * JAVA_LONG.byteSize()).toArray(JAVA_LONG);
      return new DeviceDescription(
          (int) o[0],
          Native.string(o[1], o[2]),
          (int) o[3],
          LongStream.of(coordinates).boxed().toList(),
          o[6] < 0 ? OptionalInt.empty() : OptionalInt.of((int) o[6]));
    }
  }
}
