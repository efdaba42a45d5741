package org.girih.grammar.ast;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.girih.ir.source.Span;

/// A node of a printed tree: `(head child child)`, or `head` alone if it is an atom.
///
/// @param span what it was made from; children that only group others have none
record Sexp(String head, Optional<Span> span, boolean atom, List<Sexp> children) {
  private static final int WIDTH = 100;

  static Sexp atom(Span span, String text) {
    return new Sexp(text, Optional.of(span), true, List.of());
  }

  static Sexp atom(String text) {
    return new Sexp(text, Optional.empty(), true, List.of());
  }

  static Sexp list(Span span, String head, Sexp... children) {
    return list(span, head, Arrays.stream(children));
  }

  static Sexp list(Span span, String head, Stream<Sexp> children) {
    return new Sexp(head, Optional.of(span), false, children.toList());
  }

  static Sexp group(String head, Stream<Sexp> children) {
    return new Sexp(head, Optional.empty(), false, children.toList());
  }

  /// Prints in one line where that fits, else each child on a line of its own. A loop over lines,
  /// but a recursion over nesting, which the parser bounds.
  void print(StringBuilder out, int indent) {
    int start = out.length();
    if (flat(out, WIDTH - indent) && out.length() - start <= WIDTH - indent) {
      return;
    }
    out.setLength(start);
    out.append('(').append(head);
    for (Sexp child : children) {
      out.append('\n').append(" ".repeat(indent + 2));
      child.print(out, indent + 2);
    }
    out.append(')');
  }

  /// @return false as soon as it is clear that it takes more room
  private boolean flat(StringBuilder out, int room) {
    int start = out.length();
    if (atom) {
      out.append(head);
      return true;
    }
    out.append('(').append(head);
    for (Sexp child : children) {
      out.append(' ');
      int left = room - (out.length() - start);
      if (left <= 0 || !child.flat(out, left)) {
        return false;
      }
    }
    out.append(')');
    return true;
  }
}
