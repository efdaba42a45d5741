package org.girih.grammar.elaborate.expression;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.girih.grammar.elaborate.array.LiteralLeaves;
import org.girih.grammar.elaborate.core.Elaboration;
import org.girih.grammar.elaborate.core.Trees;
import org.girih.grammar.elaborate.core.Val;
import org.girih.ir.source.Span;

/// The parts of a loop's last carry that are made of literals alone.
final class LoopLiterals {
  private LoopLiterals() {}

  /// The last carry; of its parts that began as literals and stayed guesses to the end, so that
  /// they take the dtype that they meet: then the loop is elaborated again from literals of that
  /// dtype.
  ///
  /// @param guessed `none` for a loop that has an effect, which is elaborated once
  static List<Val.Array> pliable(
      Elaboration e,
      Elaboration.KeyMark keys,
      Val guessed,
      Val first,
      Val carry,
      List<Val.Array> last,
      UnaryOperator<Val> loop) {
    if (guessed instanceof Val.None || e.keyMark().events() != keys.events()) {
      return last;
    }
    var literals = new ArrayList<Boolean>();
    List<Boolean> begun = LiteralLeaves.of(carry, List.of(first));
    Trees.map(
        guessed,
        leaf -> {
          if (leaf instanceof Val.Hole(_, boolean guess, _)) {
            literals.add(guess && begun.get(literals.size()));
          }
          return leaf;
        });
    Span at = e.here();
    return LiteralLeaves.pliable(
        e,
        last,
        literals,
        (real, dtype) -> {
          Val typed = LiteralLeaves.retyped(carry, literals, real, dtype);
          Val again = LiteralLeaves.begun(e, first, carry, typed, at);
          return Trees.arrays(loop.apply(again));
        });
  }
}
