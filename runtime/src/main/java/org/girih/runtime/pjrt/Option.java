package org.girih.runtime.pjrt;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;

/// An option with which a client or a topology is created; the plugin defines names and types.
public sealed interface Option {
  String name();

  /// A string.
  record Text(String name, String value) implements Option {}

  /// A 64-bit integer.
  record Number(String name, long value) implements Option {}

  /// A boolean.
  record Flag(String name, boolean value) implements Option {}

  /// A 32-bit float.
  record Real(String name, float value) implements Option {}

  /// The options as three arrays of the same length, which live as long as the arena.
  ///
  /// @param names addresses of terminated names
  /// @param values addresses of terminated strings, or the values themselves (of a float the bits)
  /// @param kinds 0 string, 1 integer, 2 boolean, 3 float
  record Arrays(long names, long values, long kinds) {
    static Arrays of(Arena arena, List<Option> options) {
      MemorySegment names = arena.allocate(JAVA_LONG, options.size() + 1L);
      MemorySegment values = arena.allocate(JAVA_LONG, options.size() + 1L);
      MemorySegment kinds = arena.allocate(JAVA_LONG, options.size() + 1L);
      for (int i = 0; i < options.size(); i++) {
        Option option = options.get(i);
        names.setAtIndex(JAVA_LONG, i, arena.allocateFrom(option.name()).address());
        values.setAtIndex(
            JAVA_LONG,
            i,
            switch (option) {
              case Text(_, var text) -> arena.allocateFrom(text).address();
              case Number(_, var number) -> number;
              case Flag(_, var flag) -> flag ? 1 : 0;
              case Real(_, var real) -> Float.floatToRawIntBits(real);
            });
        kinds.setAtIndex(
            JAVA_LONG,
            i,
            switch (option) {
              case Text _ -> 0;
              case Number _ -> 1;
              case Flag _ -> 2;
              case Real _ -> 3;
            });
      }
      return new Arrays(names.address(), values.address(), kinds.address());
    }
  }
}
