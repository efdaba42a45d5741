package org.girih.grammar.elaborate.core;

import java.util.List;
import java.util.Map;
import org.girih.ir.source.Span;

/// What a function that was made from another does when it is called.
public interface Derived {
  /// The arguments of a call.
  ///
  /// @param at the whole call
  record Arguments(Span at, List<Given> positional, Map<String, Given> named) {}

  Val apply(Elaboration e, Val.Made made, Arguments args);

  /// How messages call it.
  String label();
}
