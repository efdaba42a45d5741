package org.girih.grammar.elaborate.array;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.girih.grammar.elaborate.core.Affine;
import org.girih.grammar.elaborate.core.Elaboration;
import org.girih.grammar.elaborate.core.Fault;
import org.girih.grammar.elaborate.core.KeyArray;
import org.girih.grammar.elaborate.core.KeyUse;
import org.girih.grammar.elaborate.core.Keys;
import org.girih.grammar.elaborate.core.Symbol;
import org.girih.grammar.elaborate.core.Trace;
import org.girih.grammar.elaborate.core.Val;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.diagnostic.Diagnostic;
import org.girih.ir.source.Span;

/// Keys that a loop carries: an iteration may use those that it gets, and has to pass others on.
public final class KeyCarries {
  private final Elaboration e;
  private final Span at;
  private final List<Slot> slots = new ArrayList<>();
  private final Map<KeyArray, KeyArray> made = new IdentityHashMap<>();
  private boolean used;
  private boolean shifted;

  /// A key of the carry.
  ///
  /// @param first before the loop
  /// @param param in the body
  /// @param next what the body passes on
  private record Slot(KeyUse first, KeyUse param, KeyUse next) {
    boolean kept() {
      return next.isAllOf(param);
    }

    KeyArray array() {
      return param.parts().getFirst().array();
    }
  }

  private KeyCarries(Elaboration e, Span at) {
    this.e = e;
    this.at = at;
  }

  /// The carries behind a loop: a key that each iteration passes on untouched is still the first
  /// one.
  ///
  /// @param params those of the body
  /// @param next what the body gives for them
  public static List<Val.Array> of(
      Elaboration e,
      Span at,
      List<Val.Array> first,
      List<Val.Array> params,
      List<Val.Array> next,
      List<Val.Array> results) {
    var carries = new KeyCarries(e, at);
    for (int i = 0; i < params.size(); i++) {
      if (params.get(i).key() != null) {
        carries.slots.add(
            new Slot(Keys.key(first.get(i)), Keys.key(params.get(i)), Keys.key(next.get(i))));
      }
    }
    carries.check();
    carries.uses();
    var slots = carries.slots.iterator();
    var out = new ArrayList<Val.Array>();
    for (int i = 0; i < results.size(); i++) {
      boolean key = i < params.size() && params.get(i).key() != null;
      out.add(key ? results.get(i).as(carries.result(slots.next())) : results.get(i));
    }
    return out;
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

  private Optional<Slot> slot(KeyArray array) {
    return slots.stream().filter(s -> s.array() == array).findFirst();
  }

  private boolean around(KeyArray array, Slot slot) {
    return array.owner().number() < slot.array().owner().number();
  }

  /// Refuses what would use a key again in a later iteration.
  private void check() {
    for (Slot slot : slots) {
      used |= slot.param.touched();
      shifted |=
          !slot.kept()
              && slot.next.parts().stream()
                  .anyMatch(p -> slot(p.array()).isPresent() || around(p.array(), slot));
    }
    for (Slot slot : slots) {
      boolean repeats =
          slot.param.usedUp() && slot.next.touched() || slot.param.touched() && slot.next.usedUp();
      if (repeats) {
        throw refused("passes on a key that its body has used: the next iteration uses it again");
      }
      for (KeyUse.Part part : slot.next.parts()) {
        if (used && around(part.array(), slot)) {
          throw refused("passes on a key from outside: each later iteration uses it again");
        }
        boolean own = part.array() == slot.array() && slot.kept();
        if (!own && used && slot(part.array()).isPresent() && slot.next.usedUp()) {
          throw refused("passes on a key that its body has used: the next iteration uses it again");
        }
      }
    }
    for (int i = 0; used && i < slots.size(); i++) {
      for (int k = 0; k < i; k++) {
        if (meet(slots.get(i).next, slots.get(k).next)) {
          throw refused("passes on one key twice: the next iteration uses it twice");
        }
      }
    }
  }

  private static boolean meet(KeyUse a, KeyUse b) {
    return a.parts().stream()
        .anyMatch(
            p ->
                b.parts().stream()
                    .anyMatch(q -> p.array() == q.array() && !KeyArray.apart(p.at(), q.at())));
  }

  private Fault refused(String what) {
    return e.fault(
        Diagnostic.error(Code.KEY_USED_TWICE, at, "the loop " + what)
            .help("split it in each iteration: `let (key, k) = random.split(key)`"));
  }

  /// Does to the first keys what the body does to its parameters: in the first iteration these are
  /// the ones, in later ones they are if keys change places.
  private void uses() {
    for (Slot slot : slots) {
      KeyArray array = slot.array();
      if (shifted && used) {
        slot.first.use(e, at);
        continue;
      }
      int inside = array.owner().depth();
      for (KeyArray.Use use : array.uses()) {
        var rounds = new ArrayList<>(e.trace().rounds());
        rounds.addAll(use.rounds().subList(inside, use.rounds().size()));
        var like = new KeyArray.Use(List.of(), List.of(), rounds, List.of(), use.fold(), at);
        KeyUse touched = slot.first;
        for (int axis = use.at().size() - 1; axis >= 0; axis--) {
          touched = touched.at(axis, use.at().get(axis).with(s -> anyIteration(s, array)));
        }
        touched.mark(e, like, sides(use, array));
      }
    }
  }

  private List<Trace.Side> sides(KeyArray.Use use, KeyArray array) {
    var sides = new ArrayList<>(e.trace().sides());
    for (Trace.Side s : use.sides().subList(array.owner().sides().size(), use.sides().size())) {
      sides.add(
          new Trace.Side(
              s.choice(),
              s.branch(),
              e.trace().depth() + Math.max(0, s.depth() - array.owner().depth())));
    }
    return sides;
  }

  /// A number of some iteration, behind the loop.
  private Affine anyIteration(Symbol symbol, KeyArray array) {
    Trace inside = array.owner();
    return switch (symbol) {
      case Symbol.Iteration it when it == inside.rounds().getLast() ->
          Affine.of(new Symbol.Axis(it.count()));
      case Symbol.Unknown u when u.depth() > e.trace().depth() ->
          Affine.of(new Symbol.Unknown(u.what(), u.number(), Symbol.Unknown.ANYTHING));
      default -> null;
    };
  }

  private KeyUse result(Slot slot) {
    if (slot.kept()) {
      return slot.first;
    }
    var all = new ArrayList<KeyUse>();
    if (shifted && !used) {
      // Where keys change places, each may be any of them.
      slots.stream()
          .filter(s -> s.first.axes().size() == slot.first.axes().size())
          .forEach(s -> all.add(s.first));
    } else if (!slot.param.touched()) {
      // The loop may have no iteration.
      all.add(slot.first);
    }
    for (KeyUse.Part part : slot.next.parts()) {
      if (around(part.array(), slot)) {
        all.add(new KeyUse(List.of(part.with(this::behind)), slot.next.axes(), Optional.empty()));
      } else if (slot(part.array()).isEmpty() || used) {
        KeyArray last = made.computeIfAbsent(part.array(), this::last);
        all.add(
            new KeyUse(
                List.of(new KeyUse.Part(last, part.with(this::behind).at())),
                slot.next.axes(),
                Optional.empty()));
      }
    }
    return KeyUse.oneOf(all);
  }

  private Affine behind(Symbol symbol) {
    boolean inner =
        symbol instanceof Symbol.Iteration it && !e.trace().rounds().contains(it)
            || symbol instanceof Symbol.Unknown u && u.depth() > e.trace().depth();
    return inner ? Affine.read(Affine.of(Symbol.Unknown.any()), symbol.count(), 1, "") : null;
  }

  /// The keys that the last iteration made, with what it did to them.
  private KeyArray last(KeyArray array) {
    var out = new KeyArray(e.trace(), array.axes(), false);
    for (KeyArray.Use use : array.uses()) {
      List<Affine> used = KeyUse.positions(use.at(), this::behind);
      out.note(
          e,
          new KeyArray.Use(
              used, used, e.trace().rounds(), e.trace().sides(), use.fold(), use.span()));
    }
    return out;
  }
}
