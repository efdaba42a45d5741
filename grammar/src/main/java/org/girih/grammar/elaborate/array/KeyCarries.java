package org.girih.grammar.elaborate.array;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.girih.grammar.elaborate.core.Elaboration;
import org.girih.grammar.elaborate.core.KeyArray;
import org.girih.grammar.elaborate.core.KeyFaults;
import org.girih.grammar.elaborate.core.KeyUse;
import org.girih.grammar.elaborate.core.Keys;
import org.girih.grammar.elaborate.core.Symbol;
import org.girih.grammar.elaborate.core.Val;
import org.girih.ir.source.Span;

/// Keys that a loop carries: an iteration may use those that it gets, and has to pass others on.
///
/// A key that each iteration passes on untouched is as good as one from outside: what an iteration
/// uses of it is looked at as if the body had captured it. Where branches of the body decide, all
/// keys may be fresh in each iteration ([FreshKeys]); else they are followed from iteration to
/// iteration by [KeyIterations].
public final class KeyCarries {
  static final String AGAIN =
      "passes on a key that its body has used: the next iteration uses it again";

  private KeyCarries() {}

  /// A key of the carry.
  ///
  /// @param first before the loop
  /// @param param in the body
  /// @param next what the body passes on
  record Slot(KeyUse first, KeyUse param, KeyUse next) {
    /// Returns whether each iteration passes on what it gets.
    boolean kept() {
      return next.isAllOf(param);
    }

    /// The parameter of the body.
    KeyArray array() {
      return param.parts().getFirst().array();
    }
  }

  /// Returns the carries behind a loop.
  ///
  /// @param params those of the body
  /// @param next what the body returns for them
  public static List<Val.Array> of(
      Elaboration e,
      Span at,
      List<Val.Array> first,
      List<Val.Array> params,
      List<Val.Array> next,
      List<Val.Array> results) {
    var slots = new ArrayList<Slot>();
    for (int i = 0; i < params.size(); i++) {
      if (params.get(i).key() != null) {
        slots.add(new Slot(Keys.key(first.get(i)), Keys.key(params.get(i)), Keys.key(next.get(i))));
      }
    }
    if (slots.isEmpty()) {
      return results;
    }
    slots.stream().filter(Slot::kept).forEach(slot -> usesKept(e, at, slot));
    var last =
        FreshKeys.of(e, at, slots)
            .orElseGet(() -> new KeyIterations(e, at, slots).last())
            .iterator();
    var out = new ArrayList<Val.Array>();
    for (int i = 0; i < results.size(); i++) {
      boolean key = i < params.size() && params.get(i).key() != null;
      out.add(key ? results.get(i).as(last.next()) : results.get(i));
    }
    return out;
  }

  /// Does to a key that stays what all iterations do to it.
  private static void usesKept(Elaboration e, Span at, Slot slot) {
    Symbol.Iteration loop = slot.array().owner().iterations().getLast();
    for (KeyArray.Use use : slot.array().uses()) {
      KeyUse touched = slot.first();
      for (int axis = use.at().size() - 1; axis >= 0; axis--) {
        touched = touched.at(axis, use.at().get(axis));
      }
      touched.mark(
          e,
          use,
          use.sides(),
          conflict ->
              conflict.iteration().equals(Optional.of(loop))
                  ? KeyFaults.carried(e, at, AGAIN)
                  : KeyFaults.of(e, conflict));
    }
  }

  /// The keys that the condition of a loop uses, for each array of the carry.
  public static List<Boolean> tested(List<Val.Array> params) {
    return params.stream().map(p -> p.key() != null && p.key().touched()).toList();
  }

  /// Uses those keys that the condition uses: of the carry in the body, which follows it, and of
  /// the last one, for which it fails.
  public static List<Val.Array> use(
      Elaboration e, Span at, List<Val.Array> carry, List<Boolean> tested) {
    for (int i = 0; i < carry.size(); i++) {
      if (tested.get(i)) {
        Keys.key(carry.get(i)).use(e, at);
      }
    }
    return carry;
  }

  /// The keys among the results of a body. To stack a key of the carry is a use of it, and the
  /// stacked ones are new.
  public static List<KeyUse> stacked(
      Elaboration e, Span at, List<Val.Array> params, List<Val.Array> results) {
    var out = new ArrayList<KeyUse>();
    for (int i = 0; i < results.size(); i++) {
      KeyUse use = results.get(i).key();
      boolean carried =
          i >= params.size()
              && use != null
              && params.stream()
                  .anyMatch(p -> p.key() != null && use.parts().stream().anyMatch(p.key()::holds));
      if (carried) {
        use.use(e, at);
      }
      out.add(carried ? KeyUse.in(e.trace(), results.get(i).type()) : use);
    }
    return out;
  }
}
