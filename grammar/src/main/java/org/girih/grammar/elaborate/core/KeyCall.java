package org.girih.grammar.elaborate.core;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.girih.ir.source.Span;

/// A call of a function of the IR: what the function did, in terms of the caller. Its integer
/// parameters are the arguments, and the loops and branches around the call are around all that it
/// does.
final class KeyCall {
  private final Elaboration e;
  private final Keys keys;
  private final List<Val.Array> arguments;
  private final Span at;
  private final Map<Val.Array, Val.Array> given = new HashMap<>();
  private final Map<Symbol, Affine> unknown = new HashMap<>();
  private final Map<Choice, Choice> choices = new HashMap<>();
  private final Map<KeyArray, KeyArray> made = new IdentityHashMap<>();

  KeyCall(Elaboration e, Keys keys, List<Val.Array> arguments, Span at) {
    this.e = e;
    this.keys = keys;
    this.arguments = arguments;
    this.at = at;
    for (int i = 0; i < arguments.size(); i++) {
      given.put(keys.params().get(i), arguments.get(i));
    }
  }

  /// Does to the arguments what was done to the parameters.
  void params() {
    for (int i = 0; i < arguments.size(); i++) {
      if (keys.params().get(i).key() != null) {
        KeyUse param = Keys.key(keys.params().get(i));
        for (KeyArray.Use use : param.parts().getFirst().array().uses()) {
          taken(Keys.key(arguments.get(i)), positions(use.at()), List.of())
              .mark(e, here(use), sides(use));
        }
      }
    }
  }

  /// Does once more what was done to captured keys.
  void captured() {
    for (KeyArray.Event event : keys.outside()) {
      var part = new KeyUse.Part(event.array(), positions(event.use().at()));
      new KeyUse(List.of(part), List.of(), Optional.empty())
          .mark(e, here(event.use()), sides(event.use()));
    }
  }

  /// The keys of an argument at positions of a parameter.
  ///
  /// @param left the axes that these keys have
  private static KeyUse taken(KeyUse argument, List<Affine> at, List<Symbol.Axis> left) {
    var positions = new HashMap<Symbol, Affine>();
    for (int i = 0; i < at.size(); i++) {
      positions.put(argument.axes().get(i), at.get(i));
    }
    return new KeyUse(
        argument.parts().stream().map(p -> p.with(positions::get)).toList(), left, argument.text());
  }

  /// A use at this call, but for its positions and branches.
  private KeyArray.Use here(KeyArray.Use use) {
    var iterations = new ArrayList<>(e.trace().iterations());
    iterations.addAll(use.iterations().subList(keys.inside().depth(), use.iterations().size()));
    return new KeyArray.Use(List.of(), List.of(), iterations, List.of(), use.fold(), at);
  }

  private List<FunctionTrace.Side> sides(KeyArray.Use use) {
    var sides = new ArrayList<>(e.trace().sides());
    sides.addAll(here(use.sides().subList(keys.inside().sides().size(), use.sides().size())));
    return sides;
  }

  /// Each call chooses for itself.
  private List<FunctionTrace.Side> here(List<FunctionTrace.Side> inside) {
    return inside.stream()
        .map(
            side ->
                new FunctionTrace.Side(
                    choices.computeIfAbsent(side.choice(), Choice::again),
                    side.branch(),
                    moved(side.depth())))
        .toList();
  }

  private int moved(int depth) {
    return depth == Symbol.Unknown.ANYTHING
        ? depth
        : e.trace().depth() + Math.max(0, depth - keys.inside().depth());
  }

  private List<Affine> positions(List<Affine> inside) {
    return KeyUse.positions(inside, this::here);
  }

  private Affine here(Symbol symbol) {
    if (!(symbol instanceof Symbol.Unknown(var what, int number, int depth))
        || number < keys.inside().number()) {
      return null;
    }
    if (what instanceof Val.Array param && given.containsKey(param)) {
      return Indices.of(given.get(param));
    }
    return unknown.computeIfAbsent(
        symbol, _ -> Affine.of(new Symbol.Unknown(new Object(), e.trace().number(), moved(depth))));
  }

  /// Returns the results, keys where the function's are: the argument's own where the function
  /// returns a parameter, else new ones.
  Iterator<Val.Array> results(List<Val.Array> arrays) {
    return IntStream.range(0, arrays.size())
        .mapToObj(
            i -> {
              KeyUse inside = keys.results().get(i).key();
              return inside == null ? arrays.get(i) : arrays.get(i).as(result(inside));
            })
        .iterator();
  }

  private KeyUse result(KeyUse inside) {
    var parts = new ArrayList<KeyUse.Part>();
    for (KeyUse.Part part : inside.parts()) {
      Optional<KeyUse> argument = argument(part.array());
      List<Affine> positions = positions(part.at());
      List<FunctionTrace.Side> under = here(part.under());
      if (argument.isPresent()) {
        taken(argument.get(), positions, inside.axes()).parts().stream()
            .map(p -> p.under(under))
            .forEach(parts::add);
      } else if (part.array().owner().number() < keys.inside().number()) {
        parts.add(new KeyUse.Part(part.array(), positions, under));
      } else {
        parts.add(new KeyUse.Part(made(part.array()), positions, under));
      }
    }
    return new KeyUse(parts, inside.axes(), inside.text());
  }

  private Optional<KeyUse> argument(KeyArray array) {
    for (int i = 0; i < arguments.size(); i++) {
      KeyUse param = keys.params().get(i).key();
      if (param != null && param.parts().getFirst().array() == array) {
        return Optional.of(Keys.key(arguments.get(i)));
      }
    }
    return Optional.empty();
  }

  /// Returns keys that the function makes and returns, with what it did to them.
  private KeyArray made(KeyArray inside) {
    KeyArray known = made.get(inside);
    if (known != null) {
      return known;
    }
    var out = new KeyArray(e.trace(), inside.axes(), false);
    made.put(inside, out);
    for (KeyArray.Use use : inside.uses()) {
      KeyArray.Use like = here(use);
      List<Affine> positions = positions(use.at());
      out.note(
          e, new KeyArray.Use(positions, positions, like.iterations(), sides(use), use.fold(), at));
    }
    return out;
  }
}
