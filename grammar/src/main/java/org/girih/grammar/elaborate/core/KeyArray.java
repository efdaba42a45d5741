package org.girih.grammar.elaborate.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.girih.ir.source.Span;

/// A key, or an array of keys, that was made in one place, and what was done with it.
public final class KeyArray {
  private final FunctionTrace owner;
  private final List<Symbol.Axis> axes;
  private final boolean parameter;
  private final List<Use> uses = new ArrayList<>();

  /// @param owner the function that makes it
  /// @param parameter whether the owner has it as a parameter
  public KeyArray(FunctionTrace owner, List<Symbol.Axis> axes, boolean parameter) {
    this.owner = owner;
    this.axes = axes;
    this.parameter = parameter;
  }

  public FunctionTrace owner() {
    return owner;
  }

  /// Returns whether the owner has it as a parameter.
  public boolean parameter() {
    return parameter;
  }

  public List<Symbol.Axis> axes() {
    return axes;
  }

  public List<Use> uses() {
    return List.copyOf(uses);
  }

  /// A use of some of the keys.
  ///
  /// @param at the positions, one an axis, in terms of the function that owns the array
  /// @param raw the same, in terms of the function where it was done
  /// @param iterations the loops and mapped functions around, from the outermost on
  /// @param sides the branches around
  /// @param fold whether keys were derived by `fold_in`, which may be done again
  public record Use(
      List<Affine> at,
      List<Affine> raw,
      List<Symbol.Iteration> iterations,
      List<FunctionTrace.Side> sides,
      boolean fold,
      Span span) {}

  /// A use, so that it can be taken back or done again.
  public record Event(KeyArray array, Use use) {
    void undo() {
      array.uses.removeIf(u -> u == use);
    }
  }

  /// Takes note of a use without a look at others.
  public void note(Elaboration e, Use use) {
    uses.add(use);
    e.keyEvents().add(new Event(this, use));
  }

  /// Two uses that touch a key in common, or may; or one, where each iteration touches it.
  ///
  /// @param surely whether they do
  /// @param iteration the loop in each of whose iterations the second one touches it
  public record Conflict(
      KeyArray array,
      Use first,
      Use second,
      boolean surely,
      Optional<Symbol.Iteration> iteration) {}

  /// Takes note of a use, unless it may touch a key that was touched before, or touches one in more
  /// than one iteration.
  ///
  /// @param text the keys as they are written, if they were chosen by an index
  /// @param fault what is reported of a conflict
  void use(Elaboration e, Use use, Optional<String> text, Function<Conflict, Fault> fault) {
    for (Use before : uses) {
      if (!(use.fold && before.fold) && clash(before, use)) {
        boolean surely = choice(before, use).isEmpty() && surely(before, use);
        if (surely || !open(e, before) && !open(e, use)) {
          throw fault.apply(new Conflict(this, before, use, surely, Optional.empty()));
        }
      }
    }
    if (!use.fold) {
      List<Symbol.Iteration> inside = inside(use.iterations);
      var unproved = Separation.unproved(use.at, use.at, owner.iterations(), inside);
      var same = repeating(use, unproved);
      if (same.isPresent()) {
        throw fault.apply(new Conflict(this, use, use, true, same));
      }
      if (!unproved.isEmpty() && !deferred(use) && !open(e, use)) {
        throw KeyFaults.maybeAgain(e, use, unproved.getLast(), text);
      }
    }
    note(e, use);
  }

  /// The loops around a use that are inside of the function that owns the array.
  private List<Symbol.Iteration> inside(List<Symbol.Iteration> iterations) {
    return iterations.subList(Math.min(owner.depth(), iterations.size()), iterations.size());
  }

  /// A loop in each of whose iterations the very same keys are used.
  private static Optional<Symbol.Iteration> repeating(Use use, List<Symbol.Iteration> unproved) {
    return unproved.stream()
        .filter(
            iteration -> {
              int depth = use.iterations.indexOf(iteration);
              return use.at.stream()
                  .noneMatch(
                      at ->
                          at.depends(
                              s ->
                                  s == iteration
                                      || s instanceof Symbol.Unknown u && u.depth() > depth));
            })
        .reduce((_, inner) -> inner);
  }

  /// Returns whether each call has to prove it, since the positions depend on what it passes.
  private boolean deferred(Use use) {
    return parameter
        && use.at.stream()
            .anyMatch(
                at ->
                    at.depends(
                        s ->
                            s instanceof Symbol.Unknown(Val.Array array, _, _)
                                && array.owner() == owner
                                && owner.argument(array.value()).isPresent()));
  }

  /// Returns whether sizes that a check for all sizes leaves open decide: calls look at it again.
  private boolean open(Elaboration e, Use use) {
    return e.symbolic()
        && (axes.stream().anyMatch(a -> a.count().isEmpty())
            || use.iterations.stream().anyMatch(r -> r.count().isEmpty()));
  }

  private boolean clash(Use a, Use b) {
    if (apart(a.at, b.at)) {
      return false;
    }
    var side = choice(a, b);
    if (side.isEmpty()) {
      return true;
    }
    // One of the two is done in an iteration; different iterations may do both.
    int depth = Math.max(owner.depth(), side.get().depth());
    List<Symbol.Iteration> common = a.iterations.subList(owner.depth(), depth);
    return !common.equals(b.iterations.subList(owner.depth(), depth))
        || !Separation.unproved(a.at, b.at, owner.iterations(), common).isEmpty();
  }

  /// A choice of which the two are different branches.
  private static Optional<FunctionTrace.Side> choice(Use a, Use b) {
    return a.sides.stream()
        .filter(
            side ->
                b.sides.stream()
                    .anyMatch(s -> s.choice() == side.choice() && s.branch() != side.branch()))
        .findFirst();
  }

  /// Returns whether no key is at both.
  public static boolean apart(List<Affine> a, List<Affine> b) {
    for (int i = 0; i < a.size(); i++) {
      if (a.get(i).apart(b.get(i))) {
        return true;
      }
    }
    return false;
  }

  /// Returns whether two uses that are not apart touch a key in common for sure.
  private boolean surely(Use a, Use b) {
    boolean exact = exact(a.at) && exact(b.at);
    for (int i = 0; i < axes.size(); i++) {
      Affine x = a.at.get(i);
      Affine y = b.at.get(i);
      boolean meet = exact && x.meets(y) || x.equals(y) && !x.depends(KeyArray::free);
      if (!meet && !x.isAll(axes.get(i)) && !y.isAll(axes.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean free(Symbol symbol) {
    return symbol instanceof Symbol.Unknown u && u.depth() == Symbol.Unknown.ANYTHING;
  }

  /// Returns whether each combination of positions is touched.
  private static boolean exact(List<Affine> at) {
    var seen = new ArrayList<Symbol>();
    for (Affine each : at) {
      for (Symbol symbol : each.terms().keySet()) {
        boolean all = symbol instanceof Symbol.Axis || symbol instanceof Symbol.Iteration;
        if (!all || seen.contains(symbol)) {
          return false;
        }
        seen.add(symbol);
      }
    }
    return true;
  }

  /// Returns whether such keys were used or folded, or only used.
  boolean touched(List<Affine> at, boolean folds) {
    return uses.stream().anyMatch(u -> (folds || !u.fold) && !apart(u.at, at));
  }
}
