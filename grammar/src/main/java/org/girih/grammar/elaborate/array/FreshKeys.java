package org.girih.grammar.elaborate.array;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.girih.grammar.elaborate.core.Affine;
import org.girih.grammar.elaborate.core.Elaboration;
import org.girih.grammar.elaborate.core.FunctionTrace;
import org.girih.grammar.elaborate.core.KeyArray;
import org.girih.grammar.elaborate.core.KeyUse;
import org.girih.ir.source.Span;

/// Proves by induction that each iteration of a loop gets keys that nothing has used: if those of
/// one iteration are fresh and different, so are those that it passes on.
///
/// In
///
/// ```
/// loop (key, s) = (k, 0.0) for i in 0..n {
///   if i % 2 == 0 then {
///     let (next, draw) = random.split(key)
///     (next, s + random.normal(draw))
///   } else (key, s)
/// }
/// ```
///
/// the next `key` is a new one, or, where the other branch runs, the old one, which is not used
/// there. It is not known which of the two the loop ends with: `k` counts as used by the loop, and
/// its result as a new key.
///
/// It sees nothing of keys that are used in some iterations and carried through others by a place
/// of the carry of their own: these are for [KeyIterations], which in its turn forgets the
/// branches.
final class FreshKeys {
  private final List<KeyCarries.Slot> slots;
  private final FunctionTrace body;

  private FreshKeys(List<KeyCarries.Slot> slots) {
    this.slots = slots;
    this.body = slots.getFirst().array().owner();
  }

  /// Returns the keys behind the loop, and uses those before it up; nothing where the induction
  /// fails or where no branch decides.
  static Optional<List<KeyUse>> of(Elaboration e, Span at, List<KeyCarries.Slot> slots) {
    List<KeyCarries.Slot> moving = slots.stream().filter(slot -> !slot.kept()).toList();
    boolean chosen =
        moving.stream()
            .flatMap(slot -> slot.next().parts().stream())
            .anyMatch(part -> !part.under().isEmpty());
    if (!chosen || !new FreshKeys(moving).hold()) {
      return Optional.empty();
    }
    var out = new ArrayList<KeyUse>();
    for (KeyCarries.Slot slot : slots) {
      if (slot.kept()) {
        out.add(slot.first());
      } else {
        slot.first().use(e, at);
        out.add(KeyUse.of(new KeyArray(e.trace(), slot.first().axes(), false)));
      }
    }
    return Optional.of(out);
  }

  private boolean hold() {
    for (int i = 0; i < slots.size(); i++) {
      KeyUse next = slots.get(i).next();
      for (KeyUse.Part part : next.parts()) {
        if (!fresh(part) || !distinct(part, next) || !alone(part, i)) {
          return false;
        }
      }
    }
    return true;
  }

  /// Returns whether the body gets or makes the key, and does not use it where it passes it on.
  private boolean fresh(KeyUse.Part part) {
    boolean carried = slots.stream().anyMatch(slot -> slot.array() == part.array());
    boolean made =
        part.array().owner().number() > body.number()
            || part.array().owner() == body && !part.array().parameter();
    return (carried || made)
        && part.array().uses().stream()
            .allMatch(
                use -> KeyArray.apart(use.at(), part.at()) || apart(use.sides(), part.under()));
  }

  /// Returns whether the part is one key, or another key at each position of the axes.
  private static boolean distinct(KeyUse.Part part, KeyUse next) {
    return next.axes().stream().allMatch(axis -> part.at().contains(Affine.of(axis)));
  }

  /// Returns whether no other place of the carry gets the key too.
  private boolean alone(KeyUse.Part part, int slot) {
    for (int i = 0; i < slots.size(); i++) {
      for (KeyUse.Part other : i == slot ? List.<KeyUse.Part>of() : slots.get(i).next().parts()) {
        if (other.array() == part.array()
            && !KeyArray.apart(other.at(), part.at())
            && !apart(other.under(), part.under())) {
          return false;
        }
      }
    }
    return true;
  }

  /// Returns whether the two are different branches of one choice. It is one of the body, which
  /// each iteration makes once: keys that come out of an inner loop are under none.
  private static boolean apart(List<FunctionTrace.Side> a, List<FunctionTrace.Side> b) {
    return a.stream()
        .anyMatch(
            x -> b.stream().anyMatch(y -> y.choice() == x.choice() && y.branch() != x.branch()));
  }
}
