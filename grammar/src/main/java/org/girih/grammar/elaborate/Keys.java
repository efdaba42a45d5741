package org.girih.grammar.elaborate;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.diagnostic.CompilerBug;
import org.girih.ir.diagnostic.Diagnostic;
import org.girih.ir.source.Span;

/// Keys that cross the border of a function of the IR: in as parameters, out as results.
///
/// @param number of the function under construction
/// @param params the keys among its parameters, in order; empty for other arrays
/// @param results the keys among its results, in order; empty for other arrays
/// @param outside what it did with keys that it captured
record Keys(
    int number,
    List<Optional<KeyUse>> params,
    List<Optional<KeyUse>> results,
    List<KeyUse.Event> outside) {

  /// What a body did, given the events of its elaboration.
  static Keys of(
      Trace inside, List<Val.Array> params, List<Val.Array> results, List<KeyUse.Event> events) {
    return new Keys(
        inside.number(),
        params.stream().map(a -> Optional.ofNullable(a.key())).toList(),
        results.stream().map(a -> Optional.ofNullable(a.key())).toList(),
        events.stream().filter(event -> event.key().owner().number() < inside.number()).toList());
  }

  /// Does to the arguments what the function does to its parameters.
  void call(Elaboration e, List<Val.Array> arguments, Span at) {
    for (int i = 0; i < params.size(); i++) {
      if (params.get(i).isPresent()) {
        params.get(i).get().replay(e, key(arguments.get(i)), at);
      }
    }
  }

  /// Does once more what it did with captured keys.
  void again(Elaboration e, Span at) {
    for (KeyUse.Event event : outside) {
      if (event.fold()) {
        event.key().fold(e, at);
      } else {
        event.key().use(e, at);
      }
    }
  }

  /// The results of a call, keys where the function's are: the argument's own where the function
  /// gives a parameter back.
  Iterator<Val.Array> results(Elaboration e, List<Val.Array> arrays, List<Val.Array> arguments) {
    var made = new java.util.IdentityHashMap<KeyUse, KeyUse>();
    return IntStream.range(0, arrays.size())
        .mapToObj(
            i -> {
              Val.Array array = arrays.get(i);
              return results.get(i).map(k -> array.as(stands(e, k, arguments, made))).orElse(array);
            })
        .iterator();
  }

  private KeyUse stands(
      Elaboration e,
      KeyUse result,
      List<Val.Array> arguments,
      java.util.IdentityHashMap<KeyUse, KeyUse> made) {
    for (int i = 0; i < params.size(); i++) {
      if (params.get(i).isPresent()) {
        var alias = result.alias(params.get(i).get(), key(arguments.get(i)));
        if (alias.isPresent()) {
          return alias.get();
        }
      }
    }
    return result.owner().number() < number
        ? result
        : made.computeIfAbsent(result, _ -> KeyUse.in(e.trace()));
  }

  /// The results of a choice: a key of either branch counts as both.
  static Iterator<Val.Array> either(
      Elaboration e, List<Val.Array> results, List<Val.Array> then, List<Val.Array> otherwise) {
    return IntStream.range(0, results.size())
        .mapToObj(
            i -> {
              KeyUse a = then.get(i).key();
              KeyUse b = otherwise.get(i).key();
              if (a == null) {
                return results.get(i);
              }
              int here = e.trace().number();
              var sources =
                  java.util.stream.Stream.of(a, b).filter(k -> k.owner().number() <= here);
              return results.get(i).as(KeyUse.of(e.trace(), sources.distinct().toList()));
            })
        .iterator();
  }

  /// The carries behind a loop: a key that each round passes on untouched is still the first one.
  ///
  /// @param params those of the body
  /// @param next what the body gives for them
  static Iterator<Val.Array> carried(
      Elaboration e,
      Span at,
      List<Val.Array> first,
      List<Val.Array> params,
      List<Val.Array> next,
      List<Val.Array> results) {
    var out = new ArrayList<Val.Array>();
    for (int i = 0; i < results.size(); i++) {
      if (i >= params.size() || params.get(i).key() == null) {
        out.add(results.get(i));
        continue;
      }
      KeyUse param = params.get(i).key();
      KeyUse given = key(next.get(i));
      if (param.touched() && given.usedUp()) {
        throw e.fault(
            Diagnostic.error(
                    Code.KEY_USED_TWICE,
                    at,
                    "the loop carries a key on that its body has used: the next round would use it"
                        + " again")
                .help("split it in each round: `let (key, k) = random.split(key)`"));
      }
      param.replay(e, key(first.get(i)), at);
      out.add(results.get(i).as(given == param ? key(first.get(i)) : KeyUse.in(e.trace())));
    }
    return out.iterator();
  }

  /// Arrays of keys that a loop or a `vmap` goes over are used if their elements are.
  static void swept(Elaboration e, Span at, List<Val.Array> elements, List<Val.Array> arrays) {
    for (int i = 0; i < arrays.size(); i++) {
      if (elements.get(i).key() != null) {
        elements.get(i).key().replayWhole(e, key(arrays.get(i)), at);
      }
    }
  }

  static KeyUse key(Val.Array array) {
    if (array.key() == null) {
      throw new CompilerBug("an array where a key is due");
    }
    return array.key();
  }

  /// The keys in a value.
  static List<KeyUse> in(Val val) {
    var out = new ArrayList<KeyUse>();
    for (Val.Array array : Trees.arrays(val)) {
      if (array.key() != null) {
        out.add(array.key());
      }
    }
    return out;
  }
}
