package org.girih.grammar.elaborate.core;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.girih.ir.source.Span;
import org.girih.ir.type.ArrayType;

/// The keys that a value of the program is: the part of one array of keys ([KeyArray]), or of one
/// of several. Using the value uses these keys, however many names they have.
///
/// A sampler and `split` use their key; `fold_in` leaves it to further `fold_in`s only. A call uses
/// what its callee uses: see [Keys].
///
/// @param parts of which the run chooses one; all count as used
/// @param axes of the value: the positions of each part are given in terms of them
/// @param text how the keys are written, where they are chosen by an index
public record KeyUse(List<Part> parts, List<Symbol.Axis> axes, Optional<String> text) {
  /// With more parts than this, branches are told apart no more: their number could double with
  /// each choice.
  private static final int MANY = 32;

  /// Some keys of an array.
  ///
  /// @param at their positions, one an axis of the array
  /// @param under the branches of choices behind us without which the value is not these keys
  public record Part(KeyArray array, List<Affine> at, List<FunctionTrace.Side> under) {
    public Part(KeyArray array, List<Affine> at) {
      this(array, at, List.of());
    }

    public Part with(Function<Symbol, Affine> replacement) {
      return new Part(array, positions(at, replacement), under);
    }

    public Part under(List<FunctionTrace.Side> more) {
      var all = new ArrayList<>(under);
      all.addAll(more);
      return new Part(array, at, all);
    }
  }

  public KeyUse {
    parts = List.copyOf(parts);
    axes = List.copyOf(axes);
  }

  public static List<Affine> positions(List<Affine> at, Function<Symbol, Affine> replacement) {
    return at.stream().map(each -> each.with(replacement)).toList();
  }

  /// Returns all keys of an array.
  public static KeyUse of(KeyArray array) {
    return new KeyUse(
        List.of(new Part(array, Axes.whole(array.axes()))), array.axes(), Optional.empty());
  }

  /// Returns new keys, made in this function.
  public static KeyUse in(FunctionTrace owner, ArrayType type) {
    return of(new KeyArray(owner, Axes.of(type), false));
  }

  /// Keys that come to this function as a parameter.
  static KeyUse param(FunctionTrace owner, ArrayType type) {
    return of(new KeyArray(owner, Axes.of(type), true));
  }

  /// One of several, of equal shapes.
  public static KeyUse oneOf(List<KeyUse> all) {
    KeyUse first = all.getFirst();
    var parts = new ArrayList<Part>();
    for (KeyUse each : all) {
      var renamed = new HashMap<Symbol, Affine>();
      for (int i = 0; i < each.axes.size(); i++) {
        renamed.put(each.axes.get(i), Affine.of(first.axes.get(i)));
      }
      each.parts.forEach(part -> parts.add(part.with(renamed::get)));
    }
    return new KeyUse(parts.stream().distinct().toList(), first.axes, first.text);
  }

  /// Returns the keys of one branch or of the other, of equal shapes; what both give is given
  /// whichever runs.
  static KeyUse either(Choice choice, int depth, KeyUse then, KeyUse otherwise) {
    List<Part> first = then.parts;
    List<Part> second = oneOf(List.of(then.none(), otherwise)).parts;
    var parts = new ArrayList<Part>();
    for (Part part : first) {
      parts.add(
          second.contains(part)
              ? part
              : part.under(List.of(new FunctionTrace.Side(choice, 0, depth))));
    }
    for (Part part : second) {
      if (!first.contains(part)) {
        parts.add(part.under(List.of(new FunctionTrace.Side(choice, 1, depth))));
      }
    }
    return new KeyUse(parts.size() > MANY ? merged(parts) : parts, then.axes, then.text);
  }

  private KeyUse none() {
    return new KeyUse(List.of(), axes, text);
  }

  /// Returns the parts with equal ones made one, under the branches that they have in common.
  private static List<Part> merged(List<Part> parts) {
    var all = new LinkedHashMap<Part, List<FunctionTrace.Side>>();
    for (Part part : parts) {
      var bare = new Part(part.array, part.at);
      if (all.containsKey(bare)) {
        all.get(bare).retainAll(part.under);
      } else {
        all.put(bare, new ArrayList<>(part.under));
      }
    }
    return all.entrySet().stream().map(each -> each.getKey().under(each.getValue())).toList();
  }

  /// The keys at a position along an axis, which goes.
  public KeyUse at(int axis, Affine position) {
    var kept = new ArrayList<>(axes);
    Symbol.Axis gone = kept.remove(axis);
    return new KeyUse(
        parts.stream().map(p -> p.with(s -> s == gone ? position : null)).toList(), kept, text);
  }

  /// Returns the keys that an index chooses.
  ///
  /// @param positions what is at each axis
  /// @param left the axes that the result has
  public KeyUse index(Map<Symbol, Affine> positions, List<Symbol.Axis> left, String written) {
    return new KeyUse(
        parts.stream().map(p -> p.with(positions::get)).toList(), left, Optional.of(written));
  }

  /// Uses the keys up.
  public void use(Elaboration e, Span at) {
    touch(e, at, false);
  }

  /// Derives keys from them.
  public void fold(Elaboration e, Span at) {
    touch(e, at, true);
  }

  private void touch(Elaboration e, Span at, boolean fold) {
    var here = new KeyArray.Use(List.of(), List.of(), e.trace().iterations(), List.of(), fold, at);
    mark(e, here, e.trace().sides());
  }

  /// Does to these keys what was done to a parameter or a copy of them.
  ///
  /// @param like everything about the use but positions and branches
  public void mark(Elaboration e, KeyArray.Use like, List<FunctionTrace.Side> sides) {
    mark(e, like, sides, conflict -> KeyFaults.of(e, conflict));
  }

  /// Does the same, with what is reported of a conflict.
  public void mark(
      Elaboration e,
      KeyArray.Use like,
      List<FunctionTrace.Side> sides,
      Function<KeyArray.Conflict, Fault> fault) {
    var choice = Choice.implied();
    for (int i = 0; i < parts.size(); i++) {
      Part part = parts.get(i);
      var branches = new ArrayList<>(sides);
      branches.addAll(part.under);
      if (parts.size() > 1) {
        branches.add(new FunctionTrace.Side(choice, i, like.iterations().size()));
      }
      part.array.use(
          e,
          new KeyArray.Use(
              known(part.at, part.array.owner().number()),
              part.at,
              like.iterations(),
              branches,
              like.fold(),
              like.span()),
          text,
          fault);
    }
  }

  /// Returns positions in terms of the function with this number: parameters of code that is shared
  /// and that is inside of it are what the call under way passes for them.
  static List<Affine> known(List<Affine> at, int number) {
    return positions(at, symbol -> given(symbol, number));
  }

  private static Affine given(Symbol symbol, int number) {
    return symbol instanceof Symbol.Unknown(Val.Array param, _, _)
            && param.owner().number() > number
            && param.owner().argument(param.value()).isPresent()
        ? Indices.of(param.owner().argument(param.value()).get()).with(s -> given(s, number))
        : null;
  }

  /// Returns whether it is all of that array, and nothing else.
  public boolean isAllOf(KeyUse whole) {
    return whole.axes.size() == axes.size() && oneOf(List.of(whole, this)).parts.size() == 1;
  }

  /// Returns whether a part of other keys is one of the same array.
  public boolean holds(Part part) {
    return parts.stream().anyMatch(p -> p.array == part.array);
  }

  /// Returns whether any of the keys was used or folded.
  public boolean touched() {
    return parts.stream().anyMatch(p -> p.array.touched(p.at, true));
  }
}
