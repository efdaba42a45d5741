package org.girih.grammar.elaborate.core;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.girih.ir.diagnostic.CompilerBug;
import org.girih.ir.source.Span;

/// Keys that cross the border of a function of the IR that is shared: in as parameters, out as
/// results.
///
/// @param inside the function
/// @param params its parameters, in order
/// @param results its results, in order
/// @param outside what it did with keys that it captured, in terms of its parameters
public record Keys(
    FunctionTrace inside,
    List<Val.Array> params,
    List<Val.Array> results,
    List<KeyArray.Event> outside) {

  /// Returns what a body did, given the events of its elaboration.
  public static Keys of(
      FunctionTrace inside,
      List<Val.Array> params,
      List<Val.Array> results,
      List<KeyArray.Event> events) {
    var outside = new ArrayList<KeyArray.Event>();
    for (KeyArray.Event event : events) {
      if (event.array().owner().number() < inside.number()) {
        KeyArray.Use use = event.use();
        List<Affine> at = KeyUse.known(use.raw(), inside.number());
        outside.add(
            new KeyArray.Event(
                event.array(),
                new KeyArray.Use(at, at, use.iterations(), use.sides(), use.fold(), use.span())));
      }
    }
    return new Keys(inside, List.copyOf(params), List.copyOf(results), outside);
  }

  /// Does to the arguments what the function does to its parameters, and, at another call than the
  /// first, to captured keys what it did to them; returns the results of the call.
  ///
  /// @param again whether it was called before
  public java.util.function.Function<List<Val.Array>, Iterator<Val.Array>> call(
      Elaboration e, List<Val.Array> arguments, boolean again, Span at) {
    var call = new KeyCall(e, this, arguments, at);
    if (again) {
      call.captured();
    }
    call.params();
    return call::results;
  }

  /// Returns the results of a choice: a key is that of the one branch or that of the other.
  ///
  /// @param choice what the branches are sides of
  public static Iterator<Val.Array> either(
      Elaboration e,
      Choice choice,
      List<Val.Array> results,
      List<Val.Array> then,
      List<Val.Array> otherwise) {
    int depth = e.trace().depth();
    return IntStream.range(0, results.size())
        .mapToObj(
            i ->
                then.get(i).key() == null
                    ? results.get(i)
                    : results
                        .get(i)
                        .as(KeyUse.either(choice, depth, key(then.get(i)), key(otherwise.get(i)))))
        .iterator();
  }

  /// Returns the results of a function that is inlined: keys stay the keys that they are.
  public static Iterator<Val.Array> same(List<Val.Array> results, List<Optional<KeyUse>> keys) {
    return IntStream.range(0, results.size())
        .mapToObj(i -> keys.get(i).map(results.get(i)::as).orElse(results.get(i)))
        .iterator();
  }

  public static KeyUse key(Val.Array array) {
    if (array.key() == null) {
      throw new CompilerBug("expected a key, got an array");
    }
    return array.key();
  }
}
