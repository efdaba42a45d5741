package org.girih.grammar.elaborate.core;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// Knows the named axes of the mapped functions around.
final class Lanes {
  private final Map<String, Elaboration.Lane> named = new LinkedHashMap<>();
  private int next;

  int fresh() {
    return next++;
  }

  Optional<Elaboration.Lane> find(String name) {
    return Optional.ofNullable(named.get(name));
  }

  Map<String, Elaboration.Lane> all() {
    return Map.copyOf(named);
  }

  /// @param name what the axis is called; null for none
  <T> T with(String name, Elaboration.Lane lane, Supplier<T> body) {
    if (name == null) {
      return body.get();
    }
    Elaboration.Lane before = named.put(name, lane);
    try {
      return body.get();
    } finally {
      if (before == null) {
        named.remove(name);
      } else {
        named.put(name, before);
      }
    }
  }
}
