package org.girih.grammar.elaborate.core;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/// Slices and stacks of keys: what goes into an iteration of a loop over an array, or into a lane
/// of a mapped function, and what comes out of all of them as one array.
public final class KeyLanes {
  private final Elaboration e;
  private final FunctionTrace inside;
  private final Symbol.Iteration lane;
  private final Map<KeyArray, KeyArray> made = new IdentityHashMap<>();

  /// @param inside the function of one lane
  public KeyLanes(Elaboration e, FunctionTrace inside) {
    this.e = e;
    this.inside = inside;
    this.lane = inside.iterations().getLast();
  }

  /// Records which slice of an array a parameter is: of keys, those at the number of the lane; of
  /// integers, the one there.
  public static Val.Array slice(FunctionTrace inside, Val.Array param, Val.Array array, int axis) {
    Affine position = Affine.of(inside.iterations().getLast());
    if (array.key() != null) {
      return param.as(array.key().at(axis, position));
    }
    if (array.rank() == 1 && array.dtype().integer()) {
      inside.means(param, Indices.element(array, position));
    }
    return param;
  }

  /// Returns the keys that all lanes return together.
  ///
  /// @param axis of the result that goes over the lanes; −1 if the result is any lane's
  public KeyUse out(KeyUse use, int axis) {
    var over = new Symbol.Axis(lane.count());
    Affine position =
        axis < 0
            ? Affine.read(Affine.of(Symbol.Unknown.any()), lane.count(), 1, "")
            : Affine.of(over);
    var parts = new ArrayList<KeyUse.Part>();
    for (KeyUse.Part part : use.parts()) {
      KeyUse.Part moved = part.with(symbol -> outside(symbol, position));
      if (part.array().owner().number() < inside.number()) {
        parts.add(new KeyUse.Part(part.array(), moved.at()));
        continue;
      }
      var at = new ArrayList<>(List.of(position));
      at.addAll(moved.at());
      parts.add(new KeyUse.Part(made.computeIfAbsent(part.array(), this::all), at));
    }
    var axes = new ArrayList<>(use.axes());
    if (axis >= 0) {
      axes.add(axis, over);
    }
    return new KeyUse(parts, axes, use.text());
  }

  /// A number of one lane in terms of what is around.
  private Affine outside(Symbol symbol, Affine position) {
    return switch (symbol) {
      case Symbol.Iteration it when it == lane -> position;
      case Symbol.Unknown u when u.depth() > e.trace().depth() ->
          Affine.of(new Symbol.Unknown(new Object(), u.number(), Symbol.Unknown.ANYTHING));
      default -> null;
    };
  }

  /// The keys that the lanes make, with what was done to them there.
  private KeyArray all(KeyArray array) {
    var axes = new ArrayList<>(List.of(new Symbol.Axis(lane.count())));
    axes.addAll(array.axes());
    var out = new KeyArray(e.trace(), axes, false);
    for (KeyArray.Use use : array.uses()) {
      var at = new ArrayList<>(List.of(Affine.of(lane)));
      at.addAll(use.at());
      out.note(e, new KeyArray.Use(at, at, use.iterations(), use.sides(), use.fold(), use.span()));
    }
    return out;
  }
}
