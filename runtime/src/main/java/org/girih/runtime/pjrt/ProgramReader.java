package org.girih.runtime.pjrt;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.girih.runtime.status.PjrtException;
import org.girih.runtime.status.StatusCode;

/// Reads what a plugin reports of a compiled program. Whoever calls it holds the program.
final class ProgramReader {
  private ProgramReader() {}

  static List<Shape> results(long api, long program) {
    try (var arena = Arena.ofConfined()) {
      MemorySegment out = arena.allocate(JAVA_LONG, 4);
      Native.check(Shim.executable_results(api, program, out.address()));
      long[] o = out.toArray(JAVA_LONG);
      MemorySegment types = Native.memory(o[1], o[0] * JAVA_INT.byteSize());
      MemorySegment ranks = Native.memory(o[3], o[0] * JAVA_LONG.byteSize());
      var shapes = new ArrayList<Shape>();
      long at = o[2];
      for (int i = 0; i < o[0]; i++) {
        int number = types.getAtIndex(JAVA_INT, i);
        ElementType type =
            ElementType.of(number).orElseThrow(() -> unknownType(shapes.size(), number));
        long bytes = ranks.getAtIndex(JAVA_LONG, i) * JAVA_LONG.byteSize();
        shapes.add(new Shape(type, Native.memory(at, bytes).toArray(JAVA_LONG)));
        at += bytes;
      }
      return shapes;
    }
  }

  static PjrtException unknownType(int result, int number) {
    return new PjrtException(
        StatusCode.UNIMPLEMENTED, "result " + result + " has the unknown element type " + number);
  }

  static Executable.Optimized optimized(long api, long program) {
    try (var arena = Arena.ofConfined()) {
      MemorySegment out = arena.allocate(JAVA_LONG, 3);
      Native.check(Shim.executable_optimized(api, program, 0, 0, out.address()));
      long size = out.getAtIndex(JAVA_LONG, 2);
      MemorySegment code = arena.allocate(Math.max(1, size));
      Native.check(Shim.executable_optimized(api, program, code.address(), size, out.address()));
      String format = Native.string(out.getAtIndex(JAVA_LONG, 0), out.getAtIndex(JAVA_LONG, 1));
      return new Executable.Optimized(format, code.asSlice(0, size).toArray(JAVA_BYTE));
    }
  }

  static byte[] serialized(long api, long program) {
    try (var arena = Arena.ofConfined()) {
      MemorySegment out = arena.allocate(JAVA_LONG, 4);
      Native.check(Shim.executable_serialize(api, program, out.address()));
      long[] o = out.toArray(JAVA_LONG);
      try {
        return Native.memory(o[0], o[1]).toArray(JAVA_BYTE);
      } finally {
        Shim.serialized_free(o[2], o[3]);
      }
    }
  }

  static Executable.Memory memory(long api, long program) {
    try (var arena = Arena.ofConfined()) {
      MemorySegment out = arena.allocate(JAVA_LONG, 6);
      Native.check(Shim.executable_memory(api, program, out.address()));
      long[] o = out.toArray(JAVA_LONG);
      return new Executable.Memory(o[0], o[1], o[2], o[3], o[4], o[5]);
    }
  }

  static Executable.Cost cost(long api, long program) {
    try (var arena = Arena.ofConfined()) {
      MemorySegment out = arena.allocate(JAVA_DOUBLE, 3);
      Native.check(Shim.executable_cost(api, program, out.address()));
      double[] o = out.toArray(JAVA_DOUBLE);
      return new Executable.Cost(o[0], o[1], o[2]);
    } catch (PjrtException e) {
      if (e.code() == StatusCode.UNIMPLEMENTED) {
        return new Executable.Cost(Double.NaN, Double.NaN, Double.NaN);
      }
      throw e;
    }
  }
}
