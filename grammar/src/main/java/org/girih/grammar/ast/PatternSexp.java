package org.girih.grammar.ast;

import java.util.stream.Stream;

/// Patterns as S-expressions.
final class PatternSexp {
  private PatternSexp() {}

  static Sexp of(Pattern pattern) {
    return switch (pattern) {
      case Pattern.NamePattern it -> Sexp.atom(it.span(), it.name());
      case Pattern.Wildcard it -> Sexp.atom(it.span(), "_");
      case Pattern.TuplePattern it ->
          Sexp.list(it.span(), "tuple", it.items().stream().map(PatternSexp::of));
      case Pattern.RecordPattern it ->
          Sexp.list(
              it.span(),
              "record",
              Stream.concat(
                  it.fields().stream().map(PatternSexp::field),
                  it.open() ? Stream.of(Sexp.atom("...")) : Stream.of()));
    };
  }

  private static Sexp field(Pattern.FieldPattern it) {
    return Sexp.list(it.span(), it.name(), of(it.pattern()));
  }
}
