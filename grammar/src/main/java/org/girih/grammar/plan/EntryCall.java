package org.girih.grammar.plan;

import java.util.Map;
import java.util.Set;
import org.girih.grammar.ast.Expr;
import org.girih.ir.type.ArrayType;

/// A function that a command asks for, with arguments by the names of its parameters.
public record EntryCall(String function, Map<String, Arg> args) {
  /// An argument of the command line for a parameter of an entry.
  public sealed interface Arg {
    /// Arrays from a file, by name; a single array has the empty name.
    ///
    /// @param keys the names of those that are random keys
    record Arrays(Map<String, ArrayType> types, Set<String> keys) implements Arg {
      public Arrays(Map<String, ArrayType> types) {
        this(types, Set.of());
      }
    }

    /// An expression of static values: `3`, `(2, 3)`, `1.5`.
    record Static(Expr value) implements Arg {}
  }
}
