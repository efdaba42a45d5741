package org.girih.grammar.elaborate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.diagnostic.Diagnostic;
import org.girih.ir.source.Span;

/// What has been done with a random key: it may be used once. One object stands for one key however
/// many names it has; the elements of an array of keys at distinct static indices are keys of their
/// own.
///
/// A sampler and `split` use their key; `fold_in` leaves it to further `fold_in`s only. A call uses
/// what its callee uses: see [#replay].
final class KeyUse {
  private final Trace owner;
  private final Optional<KeyUse> whole;
  private final List<KeyUse> sources;
  private final Map<Long, KeyUse> elements = new HashMap<>();
  private Optional<Span> used = Optional.empty();
  private Optional<Span> folded = Optional.empty();

  private KeyUse(Trace owner, Optional<KeyUse> whole, List<KeyUse> sources) {
    this.owner = owner;
    this.whole = whole;
    this.sources = sources;
  }

  /// A new key, made in this function.
  static KeyUse in(Trace owner) {
    return new KeyUse(owner, Optional.empty(), List.of());
  }

  /// A key that is one of others, or a part of one that the run decides: using it uses them all.
  static KeyUse of(Trace owner, List<KeyUse> sources) {
    return new KeyUse(owner, Optional.empty(), List.copyOf(sources));
  }

  Trace owner() {
    return owner;
  }

  /// The element of an array of keys.
  KeyUse element(long index) {
    return elements.computeIfAbsent(index, _ -> new KeyUse(owner, Optional.of(this), List.of()));
  }

  /// What was done, and what was before, so that it can be taken back.
  record Event(
      KeyUse key, boolean fold, Optional<Span> usedBefore, Optional<Span> foldedBefore, Span at) {
    void undo() {
      key.used = usedBefore;
      key.folded = foldedBefore;
    }

    /// Does it again; nothing where the key is used already, by the other branch.
    void redo(Elaboration e) {
      if (key.used.isEmpty() && (!fold || key.folded.isEmpty())) {
        key.note(e, fold, at);
      }
    }
  }

  /// Uses the key up.
  void use(Elaboration e, Span at) {
    touch(e, at, false);
  }

  /// Derives a key from it.
  void fold(Elaboration e, Span at) {
    touch(e, at, true);
  }

  private void touch(Elaboration e, Span at, boolean fold) {
    for (KeyUse k = this; k != null; k = k.whole.orElse(null)) {
      k.refuse(e, at, fold);
    }
    refuseElements(e, at, fold);
    if (!fold && e.trace().depth() > owner.depth()) {
      throw e.fault(
          Diagnostic.error(
                  Code.KEY_USED_TWICE,
                  at,
                  "a key from outside is used in a loop or a mapped function, so each round would"
                      + " draw the same numbers")
              .help("carry the key and split it in each round, or go over `random.split(key, n)`"));
    }
    note(e, fold, at);
    sources.forEach(s -> s.touch(e, at, fold));
  }

  private void note(Elaboration e, boolean fold, Span at) {
    e.keyEvents().add(new Event(this, fold, used, folded, at));
    if (fold) {
      folded = folded.or(() -> Optional.of(at));
    } else {
      used = Optional.of(at);
    }
  }

  private void refuseElements(Elaboration e, Span at, boolean fold) {
    for (KeyUse element : elements.values()) {
      element.refuse(e, at, fold);
      element.refuseElements(e, at, fold);
    }
  }

  private void refuse(Elaboration e, Span at, boolean fold) {
    Optional<Span> before = fold ? used : used.or(() -> folded);
    if (before.isPresent()) {
      boolean derived = used.isEmpty();
      String message =
          derived
              ? "the key was given to `fold_in`, and is used here itself"
              : fold ? "the key was used, and is given to `fold_in` here" : "the key is used twice";
      throw e.fault(
          Diagnostic.error(Code.KEY_USED_TWICE, at, message)
              .label(before.get(), derived ? "given to `fold_in` here" : "first used here")
              .help("split it before: `let (a, b) = random.split(key)`"));
    }
  }

  /// Whether it, or a part of it, was used or folded.
  boolean touched() {
    return used.isPresent()
        || folded.isPresent()
        || elements.values().stream().anyMatch(KeyUse::touched);
  }

  /// Whether it, or a part of it, was used up.
  boolean usedUp() {
    return used.isPresent() || elements.values().stream().anyMatch(KeyUse::usedUp);
  }

  /// Does to an argument what a function did to its parameter, which this is.
  void replay(Elaboration e, KeyUse argument, Span at) {
    if (used.isPresent()) {
      argument.use(e, at);
    } else if (folded.isPresent()) {
      argument.fold(e, at);
    }
    // Elements that were touched, in the order of their indices.
    new ArrayList<>(elements.keySet())
        .stream().sorted().forEach(i -> elements.get(i).replay(e, argument.element(i), at));
  }

  /// Uses the whole of what is given for an array of keys if any element was touched.
  void replayWhole(Elaboration e, KeyUse argument, Span at) {
    if (touched()) {
      argument.use(e, at);
    }
  }

  /// The argument's key that stands for this, if this is the parameter or an element of it.
  Optional<KeyUse> alias(KeyUse parameter, KeyUse argument) {
    if (this == parameter) {
      return Optional.of(argument);
    }
    for (var element : parameter.elements.entrySet()) {
      var found = alias(element.getValue(), argument.element(element.getKey()));
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }
}
