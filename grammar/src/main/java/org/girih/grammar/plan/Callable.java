package org.girih.grammar.plan;

import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.girih.ir.source.Span;
import org.girih.ir.type.ArrayType;

/// A def as those outside see it who do not speak the language: a name, and types.
///
/// @param at where its name is
/// @param doc its comment
/// @param params those that a caller passes; one with a default keeps it
/// @param result empty if it cannot be called from outside
/// @param refusal why not; empty if it can
public record Callable(
    String name,
    Span at,
    Optional<String> doc,
    List<Param> params,
    Optional<Type> result,
    Optional<String> refusal) {

  /// A parameter.
  public record Param(String name, Type type) {}

  /// A type whose sizes may be names.
  public sealed interface Type {
    /// @param key whether it is a random key, or an array of keys, whose last axis has two words
    record Array(ArrayType type, boolean key) implements Type {}

    record Tuple(List<Type> items) implements Type {}

    /// @param name under which the source defines it; empty for one that is written out
    /// @param fields in the order in which they are written
    record Record(Optional<String> name, SequencedMap<String, Type> fields) implements Type {}
  }
}
