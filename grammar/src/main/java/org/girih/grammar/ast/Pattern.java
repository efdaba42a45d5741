package org.girih.grammar.ast;

import java.util.List;
import org.girih.ir.source.Span;

/// A pattern that takes a tree apart. `(p)` is `p` already; `(p,)` is a [TuplePattern] of one.
public sealed interface Pattern {
  Span span();

  record NamePattern(Span span, String name) implements Pattern {}

  /// `_`.
  record Wildcard(Span span) implements Pattern {}

  record TuplePattern(Span span, List<Pattern> items) implements Pattern {}

  /// `{a, b = p, ...}`.
  ///
  /// @param open whether it ends in `...`, so that fields may be left out
  record RecordPattern(Span span, List<FieldPattern> fields, boolean open) implements Pattern {}

  /// `name` (for `name = name`) or `name = pattern`.
  record FieldPattern(Span span, String name, Pattern pattern) {}
}
