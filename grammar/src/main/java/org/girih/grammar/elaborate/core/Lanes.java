package org.girih.grammar.elaborate.core;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.girih.ir.type.Dim;

/// Knows the named axes of the mapped functions around; code that speaks of them is not shared with
/// other calls.
public final class Lanes {
  /// The axis that a `vmap` names.
  public record Lane(int id, Dim size) {}

  private final Map<String, Lane> named = new LinkedHashMap<>();
  private int next;

  /// Returns a number that no axis has yet.
  public int fresh() {
    return next++;
  }

  public Optional<Lane> find(String name) {
    return Optional.ofNullable(named.get(name));
  }

  /// Returns the axes in sight.
  public Map<String, Lane> all() {
    return Map.copyOf(named);
  }

  /// Does something inside of a `vmap`.
  ///
  /// @param name what the axis is called; null for none
  public <T> T with(String name, Lane lane, Supplier<T> body) {
    if (name == null) {
      return body.get();
    }
    Lane before = named.put(name, lane);
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
