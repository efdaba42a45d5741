package org.girih.runtime.pjrt;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// The program that a plugin made of a module, read back from the executable.
///
/// @param replicas the number of copies that it runs as
/// @param partitions the number of parts of each copy
/// @param serialized the executable, for the plugin's loader
/// @param optimized the module as the compiler's passes left it
/// @param memory bytes on each device
/// @param cost what a run does on each device
public record CompiledProgram(
    int replicas,
    int partitions,
    byte[] serialized,
    Executable.Optimized optimized,
    Executable.Memory memory,
    Executable.Cost cost) {

  static CompiledProgram read(long api, long program) {
    try (var arena = Arena.ofConfined()) {
      MemorySegment out = arena.allocate(JAVA_LONG, 2);
      Native.check(Shim.executable_counts(api, program, out.address()));
      return new CompiledProgram(
          Math.toIntExact(out.getAtIndex(JAVA_LONG, 0)),
          Math.toIntExact(out.getAtIndex(JAVA_LONG, 1)),
          ProgramReader.serialized(api, program),
          ProgramReader.optimized(api, program),
          ProgramReader.memory(api, program),
          ProgramReader.cost(api, program));
    }
  }
}
