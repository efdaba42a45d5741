package org.girih.grammar.elaborate.expression;

import java.util.ArrayList;
import java.util.List;
import org.girih.grammar.elaborate.array.Operands;
import org.girih.grammar.elaborate.array.Rows;
import org.girih.grammar.elaborate.core.Elaboration;
import org.girih.grammar.elaborate.core.Trees;
import org.girih.grammar.elaborate.core.Val;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.op.Arithmetic;
import org.girih.ir.source.Span;
import org.girih.ir.type.DType;
import org.girih.ir.type.Dim;

/// What a `for` goes through, once it is known.
public sealed interface Sequence {
  /// A `for` is unrolled at most this many times.
  int MAX_UNROLLED = 100_000;

  /// Values of the compile time: the `for` is unrolled.
  record Items(List<Val> items) implements Sequence {}

  /// What one iteration after the other computes.
  ///
  /// @param xs arrays that are cut along their leading axes, or [Val#NONE]
  /// @param low the first number, if it counts
  /// @param counts whether an item needs the iteration's number
  record Steps(Dim length, Val xs, Dim low, boolean counts, Item item) implements Sequence {}

  /// What an iteration gets.
  interface Item {
    /// Returns the item, given `low` plus the iteration's number, and the slices of `xs`.
    Val of(Elaboration e, Val number, Val slice);
  }

  /// Returns the numbers from `low` on.
  static Sequence range(Dim length, Dim low) {
    return new Steps(length, Val.NONE, low, true, (_, number, _) -> number);
  }

  /// Returns the same numbers later by a static number.
  static Val plus(Elaboration e, Val number, Dim by) {
    if (by.equals(Dim.of(0))) {
      return number;
    }
    if (number instanceof Val.Int(var value)) {
      return new Val.Int(value.add(java.math.BigInteger.valueOf(e.size(by))));
    }
    return e.emit1(
        Arithmetic.ADD, (Val.Array) number, Operands.constant(e, Val.of(by), DType.I32, e.here()));
  }

  /// Returns all items one after the other, with their numbers known.
  default List<Val> unrolled(Elaboration e, Span at) {
    return switch (this) {
      case Items(var items) -> {
        checkCount(e, items.size(), at);
        yield items;
      }
      case Steps steps -> {
        long count = e.size(steps.length);
        checkCount(e, count, at);
        e.at(at);
        var rows = new ArrayList<List<Val>>();
        Trees.arrays(steps.xs).forEach(a -> rows.add(Rows.of(e, a)));
        var out = new ArrayList<Val>();
        for (int i = 0; i < count; i++) {
          int row = i;
          var each = rows.iterator();
          Val slice =
              Trees.map(steps.xs, leaf -> leaf instanceof Val.Array ? each.next().get(row) : leaf);
          out.add(steps.item.of(e, plus(e, Val.Int.of(i), steps.low), slice));
        }
        yield out;
      }
    };
  }

  private static void checkCount(Elaboration e, long count, Span at) {
    if (count > MAX_UNROLLED) {
      throw e.fault(Code.TOO_LARGE, at, "a loop over " + count + " values is unrolled");
    }
  }
}
