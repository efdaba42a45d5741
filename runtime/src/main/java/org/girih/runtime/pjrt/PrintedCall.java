package org.girih.runtime.pjrt;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a compiled program prints while it runs: one call of the foreign function `girih.print`.
///
/// Calls wait in a queue of the process until they are [taken][#take]; a program that prints more
/// than is taken waits.
///
/// @param lanes how many leading axes of the arrays are those of a `vmap`
/// @param template the text, in which arrays stand by their numbers
/// @param arrays row-major, on the host
public record PrintedCall(int lanes, String template, List<Array> arrays) {
  /// A shape, and the bytes of its elements.
  public record Array(Shape shape, byte[] bytes) {}

  public PrintedCall {
    arrays = List.copyOf(arrays);
  }

  /// Returns the next call; empty if none comes in that many milliseconds.
  public static Optional<PrintedCall> take(int milliseconds) {
    try (var arena = Arena.ofConfined()) {
      MemorySegment out = arena.allocate(JAVA_LONG, 7);
      Native.check(Shim.printed_take(milliseconds, out.address()));
      long[] o = out.toArray(JAVA_LONG);
      if (o[0] == 0) {
        return Optional.empty();
      }
      try {
        return Optional.of(read(o));
      } finally {
        Shim.printed_free(o[0]);
      }
    }
  }

  private static PrintedCall read(long[] o) {
    long[] numbers = Native.memory(o[1], o[2] * JAVA_LONG.byteSize()).toArray(JAVA_LONG);
    MemorySegment bytes = Native.memory(o[5], o[6]);
    var arrays = new ArrayList<Array>();
    int at = 2;
    long from = 0;
    for (int i = 0; i < numbers[1]; i++) {
      ElementType type = type((int) numbers[at++]);
      var dims = new long[(int) numbers[at++]];
      for (int d = 0; d < dims.length; d++) {
        dims[d] = numbers[at++];
      }
      long size = numbers[at++];
      arrays.add(
          new Array(
              new Shape(type, dims), bytes.asSlice(from, size).toArray(ValueLayout.JAVA_BYTE)));
      from += size;
    }
    return new PrintedCall((int) numbers[0], Native.string(o[3], o[4]), arrays);
  }

  /// Returns the type of a number of XLA's, whose numbers are others than those of PJRT's buffers.
  private static ElementType type(int number) {
    return switch (number) {
      case 1 -> ElementType.PRED;
      case 2 -> ElementType.S8;
      case 3 -> ElementType.S16;
      case 4 -> ElementType.S32;
      case 5 -> ElementType.S64;
      case 6 -> ElementType.U8;
      case 7 -> ElementType.U16;
      case 8 -> ElementType.U32;
      case 9 -> ElementType.U64;
      case 10 -> ElementType.F16;
      case 11 -> ElementType.F32;
      case 12 -> ElementType.F64;
      case 15 -> ElementType.C64;
      case 16 -> ElementType.BF16;
      case 18 -> ElementType.C128;
      default -> throw new IllegalStateException("elements of type " + number + " are printed");
    };
  }

  /// Returns how many calls there were in this process so far.
  public static long count() {
    return Shim.printed_count();
  }
}
