package org.girih.grammar.parse;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.girih.ir.diagnostic.Diagnostic;
import org.girih.ir.diagnostic.Diagnostics;
import org.girih.ir.source.Source;
import org.girih.ir.source.Span;

/// The syntax errors of one file: at most one a line, since what follows the first is mostly its
/// consequence, and told in the order of the text whoever found them.
final class SyntaxErrors {
  private final Source source;
  private final List<Diagnostic> found = new ArrayList<>();
  private final Set<Integer> lines = new HashSet<>();

  SyntaxErrors(Source source) {
    this.source = source;
  }

  Source source() {
    return source;
  }

  /// Keeps it, unless its line has an error already.
  ///
  /// @param error has a primary label
  void add(Diagnostic error) {
    if (lines.add(source.line(start(error)))) {
      found.add(error);
    }
  }

  /// Returns whether an error at the offset would not be kept.
  boolean covers(int offset) {
    return lines.contains(source.line(offset));
  }

  boolean any() {
    return !found.isEmpty();
  }

  int count() {
    return found.size();
  }

  /// Returns whether there are so many that no one would read more.
  boolean enough() {
    return found.size() >= Diagnostics.MAX_ERRORS;
  }

  void tell(Diagnostics diagnostics) {
    found.sort(Comparator.comparingInt(SyntaxErrors::start));
    found.forEach(diagnostics::add);
  }

  private static int start(Diagnostic error) {
    return error.span().map(Span::start).orElse(0);
  }
}
