package org.girih.grammar.ast;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;

/// Lists the names that patterns and blocks of the host program bind.
public final class BoundNames {
  private BoundNames() {}

  /// Returns the names that a pattern binds, in order.
  public static List<String> of(Pattern pattern) {
    var names = new ArrayList<String>();
    collect(pattern, names);
    return names;
  }

  private static void collect(Pattern pattern, List<String> names) {
    switch (pattern) {
      case Pattern.NamePattern(_, String name) -> names.add(name);
      case Pattern.Wildcard _ -> {}
      case Pattern.TuplePattern(_, var items) -> items.forEach(i -> collect(i, names));
      case Pattern.RecordPattern(_, var fields, _) ->
          fields.forEach(f -> collect(f.pattern(), names));
    }
  }

  /// Returns the names that a block's `let`s bind, those of inner blocks among them.
  public static SequencedSet<String> of(List<Stmt> body) {
    var out = new LinkedHashSet<String>();
    for (Stmt stmt : body) {
      switch (stmt) {
        case Stmt.Let let -> out.addAll(of(let.pattern()));
        case Stmt.HostFor f -> {
          var inner = of(f.body());
          inner.removeAll(of(f.pattern()));
          out.addAll(inner);
        }
        case Stmt.HostWhile w -> out.addAll(of(w.body()));
        case Stmt.HostIf i -> {
          out.addAll(of(i.then()));
          out.addAll(of(i.otherwise()));
        }
        case Stmt.Assert _, Stmt.DebugPrint _, Stmt.Effect _ -> {}
      }
    }
    return out;
  }
}
