package org.girih.grammar.elaborate.core;

import java.util.OptionalLong;

/// A whole number that a position in an array depends on (see [Affine]).
public sealed interface Symbol {
  /// If known: it is one of 0 … count − 1.
  OptionalLong count();

  /// The kinds of things that iterate.
  enum Kind {
    LOOP,
    HOST,
    COMPREHENSION,
    MAPPED
  }

  /// The number of an iteration of a loop, or of a lane of a mapped function. One object represents
  /// one loop.
  final class Iteration implements Symbol {
    private final Kind kind;
    private final OptionalLong count;

    public Iteration(Kind kind, OptionalLong count) {
      this.kind = kind;
      this.count = count;
    }

    Kind kind() {
      return kind;
    }

    @Override
    public OptionalLong count() {
      return count;
    }
  }

  /// All positions along an axis, each once.
  final class Axis implements Symbol {
    private final OptionalLong count;

    public Axis(OptionalLong count) {
      this.count = count;
    }

    @Override
    public OptionalLong count() {
      return count;
    }
  }

  /// A number that only the run determines.
  ///
  /// @param what tells whether two are the same: the array, for a value of the program
  /// @param number of the function that computes it (see [FunctionTrace#number])
  /// @param depth this many of the loops around it, from the outermost on, may change it;
  ///     [#ANYTHING] where more does
  record Unknown(Object what, int number, int depth) implements Symbol {
    public static final int ANYTHING = Integer.MAX_VALUE;

    /// A number of which nothing is known.
    public static Unknown any() {
      return new Unknown(new Object(), ANYTHING, ANYTHING);
    }

    @Override
    public OptionalLong count() {
      return OptionalLong.empty();
    }
  }

  /// The beginning of a read whose index is not proved to lie inside: indices below 0 count from
  /// the end, and what lies outside is clamped.
  ///
  /// @param size of the axis
  /// @param width how many positions are read
  /// @param text the index as it is written
  record Read(Affine index, OptionalLong size, long width, String text) implements Symbol {
    @Override
    public OptionalLong count() {
      return size.isEmpty() ? size : OptionalLong.of(Math.max(0, size.getAsLong() - width + 1));
    }
  }
}
