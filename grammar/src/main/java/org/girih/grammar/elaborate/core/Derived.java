package org.girih.grammar.elaborate.core;

import java.util.List;
import java.util.Map;
import org.girih.ir.source.Span;

/// The action of a function that was made from another when it is called.
public interface Derived {
  /// The arguments of a call.
  ///
  /// @param at the whole call
  record Arguments(Span at, List<Given> positional, Map<String, Given> named) {}

  Val apply(Elaboration e, Val.Made made, Arguments args);

  /// Returns what messages call it.
  String label();
}
