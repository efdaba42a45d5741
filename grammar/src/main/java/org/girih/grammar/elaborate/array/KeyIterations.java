package org.girih.grammar.elaborate.array;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.girih.grammar.elaborate.core.Affine;
import org.girih.grammar.elaborate.core.Choice;
import org.girih.grammar.elaborate.core.Elaboration;
import org.girih.grammar.elaborate.core.Fault;
import org.girih.grammar.elaborate.core.FunctionTrace;
import org.girih.grammar.elaborate.core.KeyArray;
import org.girih.grammar.elaborate.core.KeyFaults;
import org.girih.grammar.elaborate.core.KeyUse;
import org.girih.grammar.elaborate.core.Symbol;
import org.girih.ir.source.Span;

/// Follows the keys of a carry from one iteration to the next, until they are as they were before:
/// a key that a body makes in one iteration may be used in the next, or move on to another place of
/// the carry and be used there.
///
/// For `loop (a, b) = (k, l) …` whose body splits `b` into `n` and `d`, uses `d` and passes on
/// `(n, a)`, the keys at the beginning of each iteration are `(k, l)`, `(n₀, k)`, `(n₁, n₀)`,
/// `(n₂, n₁)`: the fourth is the third, one later. So `l` is used by the first iteration, `k` by
/// the second, each `n` two after it was made, and behind the loop neither of the two is used.
///
/// Which element of an array an iteration uses is not followed: it counts as any.
final class KeyIterations {
  /// At most this many iterations are followed.
  private static final int MAX = 200;

  private final Elaboration e;
  private final Span at;
  private final List<KeyCarries.Slot> slots;
  private final OptionalLong count;
  /// The keys at the beginning of each iteration, one a slot of the carry.
  private final List<List<KeyUse>> states = new ArrayList<>();
  private final Map<KeyArray, Birth> births = new IdentityHashMap<>();
  private final Map<KeyArray, KeyArray> old = new IdentityHashMap<>();
  private final Map<KeyArray.Use, Integer> marks = new IdentityHashMap<>();

  /// The origin of a key.
  ///
  /// @param made the array of the body
  /// @param iteration that made it; −1 for any that is long past
  private record Birth(KeyArray made, int iteration) {}

  /// @param at the loop
  /// @param slots the keys of the carry
  KeyIterations(Elaboration e, Span at, List<KeyCarries.Slot> slots) {
    this.e = e;
    this.at = at;
    this.slots = slots;
    this.count = slots.getFirst().array().owner().iterations().getLast().count();
  }

  /// Does to all keys what the iterations do to them, and returns those behind the loop.
  List<KeyUse> last() {
    states.add(slots.stream().map(KeyCarries.Slot::first).toList());
    var seen = new HashMap<List<Object>, Integer>();
    int begin = 0;
    int period = 0;
    while (period == 0 && states.size() <= count.orElse(Long.MAX_VALUE)) {
      int now = states.size() - 1;
      Integer before = seen.putIfAbsent(label(now), now);
      if (before != null) {
        begin = before;
        period = now - before;
      } else if (now == MAX) {
        throw refused("lets its keys change places in too many ways to be followed");
      } else {
        states.add(next(now));
      }
    }
    boolean exact = count.isPresent();
    long iterations = period == 0 ? states.size() - 1 : begin + 2L * period;
    var results = new ArrayList<List<KeyUse>>();
    var many = Choice.implied();
    var reached = new ArrayList<FunctionTrace.Side>();
    int from = 0;
    int to = begin + period;
    if (exact) {
      long n = count.getAsLong();
      from = (int) (period == 0 || n < begin ? n : begin + (n - begin) % period);
      to = from + 1;
    }
    for (int now = 0; now < Math.max(iterations, to); now++) {
      int depth = e.trace().depth();
      var goesOn = Choice.implied();
      if (now >= from && now < to) {
        var under = new ArrayList<>(reached);
        if (!exact) {
          under.add(
              now < begin
                  ? new FunctionTrace.Side(goesOn, 0, depth)
                  : new FunctionTrace.Side(many, now, depth));
        }
        results.add(snapshot(now, under));
      }
      if (!exact && now < begin) {
        reached.add(new FunctionTrace.Side(goesOn, 1, depth));
      }
      if (now < iterations) {
        use(now, reached);
      }
    }
    var out = new ArrayList<KeyUse>();
    for (int slot = 0; slot < slots.size(); slot++) {
      int each = slot;
      out.add(
          slots.get(slot).kept()
              ? slots.get(slot).first()
              : KeyUse.oneOf(results.stream().map(keys -> keys.get(each)).toList()));
    }
    return out;
  }

  /// The keys after an iteration.
  private List<KeyUse> next(int now) {
    var made = new IdentityHashMap<KeyArray, KeyArray>();
    var keys = new ArrayList<KeyUse>();
    for (KeyCarries.Slot slot : slots) {
      var parts = new ArrayList<KeyUse>();
      List<Symbol.Axis> axes = slot.next().axes();
      for (KeyUse.Part part : slot.next().parts()) {
        List<Affine> positions = KeyUse.positions(part.at(), this::behind);
        Optional<KeyUse> moved = carried(part.array(), now);
        if (moved.isPresent()) {
          var by = new HashMap<Symbol, Affine>();
          for (int i = 0; i < positions.size(); i++) {
            by.put(moved.get().axes().get(i), plain(positions.get(i), moved.get().axes().get(i)));
          }
          moved.get().parts().forEach(p -> parts.add(single(aged(p, now).with(by::get), axes)));
        } else {
          KeyArray array =
              around(part.array())
                  ? part.array()
                  : made.computeIfAbsent(part.array(), a -> made(a, new Birth(a, now)));
          parts.add(single(new KeyUse.Part(array, positions), axes));
        }
      }
      keys.add(KeyUse.oneOf(parts));
    }
    return keys;
  }

  private static KeyUse single(KeyUse.Part part, List<Symbol.Axis> axes) {
    return new KeyUse(List.of(part), axes, Optional.empty());
  }

  private Optional<KeyUse> carried(KeyArray array, int now) {
    for (int i = 0; i < slots.size(); i++) {
      if (slots.get(i).array() == array) {
        return Optional.of(states.get(now).get(i));
      }
    }
    return Optional.empty();
  }

  /// A key that has moved through more places than there are is one of many.
  private KeyUse.Part aged(KeyUse.Part part, int now) {
    Birth birth = births.get(part.array());
    boolean young = birth == null || birth.iteration < 0 || now - birth.iteration <= slots.size();
    return young
        ? part
        : new KeyUse.Part(
            old.computeIfAbsent(birth.made, a -> made(a, new Birth(a, -1))), part.at());
  }

  private boolean around(KeyArray array) {
    return array.owner().number() < slots.getFirst().array().owner().number();
  }

  /// Keys that an iteration makes, with what it does to them.
  private KeyArray made(KeyArray array, Birth birth) {
    var out = new KeyArray(e.trace(), array.axes(), false);
    births.put(out, birth);
    for (KeyArray.Use use : array.uses()) {
      List<Affine> used = KeyUse.positions(use.at(), this::behind);
      out.note(
          e,
          new KeyArray.Use(
              used, used, e.trace().iterations(), e.trace().sides(), use.fold(), use.span()));
    }
    return out;
  }

  /// A position of some iteration, behind the loop.
  private Affine behind(Symbol symbol) {
    boolean inner =
        symbol instanceof Symbol.Iteration it && !e.trace().iterations().contains(it)
            || symbol instanceof Symbol.Unknown u && u.depth() > e.trace().depth();
    return inner ? Affine.read(Affine.of(Symbol.Unknown.any()), symbol.count(), 1, "") : null;
  }

  /// A position that is moved once more in each iteration: what the run decides counts as anything.
  private static Affine plain(Affine position, Symbol.Axis axis) {
    return position.depends(s -> !(s instanceof Symbol.Axis))
        ? Affine.read(Affine.of(Symbol.Unknown.any()), axis.count(), 1, "")
        : position;
  }

  /// Returns what tells the keys at the beginning of one iteration from those of another.
  private List<Object> label(int now) {
    var out = new ArrayList<>();
    for (KeyUse keys : states.get(now)) {
      for (KeyUse.Part part : keys.parts()) {
        Birth birth = births.get(part.array());
        out.add(birth == null ? part.array() : birth.made);
        out.add(birth == null || birth.iteration < 0 ? -1 : now - birth.iteration);
        out.add(
            KeyUse.positions(
                part.at(),
                s ->
                    s instanceof Symbol.Axis axis && keys.axes().contains(axis)
                        ? Affine.of(new Symbol.Unknown(keys.axes().indexOf(axis), 0, 0))
                        : s instanceof Symbol.Unknown u && u.depth() == Symbol.Unknown.ANYTHING
                            ? Affine.of(new Symbol.Unknown("", 0, 0))
                            : null));
      }
      out.add("");
    }
    return out;
  }

  /// The keys at the beginning of an iteration, for one that does not come: what later ones do to
  /// keys that the loop made is not done to them.
  private List<KeyUse> snapshot(int now, List<FunctionTrace.Side> under) {
    var copies = new IdentityHashMap<KeyArray, KeyArray>();
    var out = new ArrayList<KeyUse>();
    for (KeyUse keys : states.get(now)) {
      out.add(
          new KeyUse(
              keys.parts().stream()
                  .map(
                      part ->
                          births.containsKey(part.array())
                              ? new KeyUse.Part(
                                  copies.computeIfAbsent(part.array(), this::copy), part.at())
                              : part.under(under))
                  .toList(),
              keys.axes(),
              Optional.empty()));
    }
    return out;
  }

  private KeyArray copy(KeyArray array) {
    var out = new KeyArray(e.trace(), array.axes(), false);
    array.uses().forEach(use -> out.note(e, use));
    return out;
  }

  /// Does to the keys of an iteration what the body does to its parameters.
  private void use(int now, List<FunctionTrace.Side> reached) {
    var choices = new HashMap<Choice, Choice>();
    for (int i = 0; i < slots.size(); i++) {
      KeyCarries.Slot slot = slots.get(i);
      if (slot.kept()) {
        continue;
      }
      FunctionTrace inside = slot.array().owner();
      for (KeyArray.Use use : slot.array().uses()) {
        var iterations = new ArrayList<>(e.trace().iterations());
        iterations.addAll(use.iterations().subList(inside.depth(), use.iterations().size()));
        var sides = new ArrayList<>(e.trace().sides());
        sides.addAll(reached);
        for (FunctionTrace.Side s :
            use.sides().subList(inside.sides().size(), use.sides().size())) {
          sides.add(
              new FunctionTrace.Side(
                  choices.computeIfAbsent(s.choice(), Choice::again),
                  s.branch(),
                  e.trace().depth() + Math.max(0, s.depth() - inside.depth())));
        }
        KeyUse touched = states.get(now).get(i);
        for (int axis = use.at().size() - 1; axis >= 0; axis--) {
          touched = touched.at(axis, use.at().get(axis).with(this::behind));
        }
        int before = e.keyEvents().size();
        var like = new KeyArray.Use(List.of(), List.of(), iterations, List.of(), use.fold(), at);
        touched.mark(e, like, sides, conflict -> fault(now, conflict));
        e.keyEvents().subList(before, e.keyEvents().size()).forEach(m -> marks.put(m.use(), now));
      }
    }
  }

  private Fault fault(int now, KeyArray.Conflict conflict) {
    Integer before = marks.get(conflict.first());
    if (conflict.iteration().isPresent()
        || before == null && !births.containsKey(conflict.array())) {
      return KeyFaults.of(e, conflict);
    }
    if (!conflict.surely()) {
      return refused(
          "may pass on a key that its body has used: Girih cannot prove that a later iteration"
              + " uses another");
    }
    boolean outer =
        slots.stream()
            .flatMap(slot -> slot.next().parts().stream())
            .anyMatch(
                p ->
                    p.array() == conflict.array()
                        && !KeyArray.apart(p.at(), conflict.second().at()));
    return refused(
        outer
            ? "passes on a key from outside: each later iteration uses it again"
            : before == null || before + 1 == now
                ? KeyCarries.AGAIN
                : before == now
                    ? "passes on one key twice: the next iteration uses it twice"
                    : "passes on a key that its body has used: a later iteration uses it again");
  }

  private Fault refused(String what) {
    return KeyFaults.carried(e, at, what);
  }
}
