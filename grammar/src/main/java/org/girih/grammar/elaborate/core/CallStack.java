package org.girih.grammar.elaborate.core;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.diagnostic.Diagnostic;
import org.girih.ir.source.Span;

/// Knows where an elaboration is: the place in the source, and the calls that led there.
final class CallStack {
  /// Calls of defs inside calls of defs, at most.
  private static final int MAX_CALLS = 1000;

  private record Frame(Supplier<String> signature, Span calledAt, String name) {}

  private final Deque<Frame> frames = new ArrayDeque<>();
  private Span here;

  CallStack(Span start) {
    this.here = start;
  }

  Span here() {
    return here;
  }

  void at(Span span) {
    here = span;
  }

  /// Does the body of a call.
  <T> T call(Span at, String name, Supplier<String> signature, Supplier<T> body) {
    if (frames.size() >= MAX_CALLS) {
      throw fault(
          Diagnostic.error(
                  Code.ENDLESS_RECURSION, at, "over " + MAX_CALLS + " calls deep in `" + name + "`")
              .help("a recursion must end by a static argument or a size; use a loop otherwise"));
    }
    frames.push(new Frame(signature, at, name));
    try {
      return body.get();
    } finally {
      frames.pop();
    }
  }

  /// Returns where the innermost call is.
  Optional<Span> caller() {
    return Optional.ofNullable(frames.peek()).map(Frame::calledAt);
  }

  /// Returns a fault that shows the calls.
  Fault fault(Diagnostic diagnostic) {
    return new Fault(atCaller(diagnostic).trace(calls()));
  }

  /// Returns the warning with the calls, unless its place is in the library.
  Optional<Diagnostic> warning(Diagnostic warning) {
    return inLibrary(warning.span().orElse(here))
        ? Optional.empty()
        : Optional.of(warning.trace(calls()));
  }

  /// An error inside the library is shown where the user's program called it.
  private Diagnostic atCaller(Diagnostic diagnostic) {
    boolean library = diagnostic.span().map(CallStack::inLibrary).orElse(false);
    Optional<Span> call =
        frames.stream().map(Frame::calledAt).filter(at -> !inLibrary(at)).findFirst();
    if (!library || call.isEmpty()) {
      return withoutLibrary(diagnostic);
    }
    return new Diagnostic(
        diagnostic.code(),
        diagnostic.severity(),
        diagnostic.message(),
        List.of(new Diagnostic.Label(call.get(), "", true)),
        List.of(),
        diagnostic.help(),
        List.of());
  }

  /// Leaves out places in the library beside one in the user's program: nobody looks for them
  /// there.
  private static Diagnostic withoutLibrary(Diagnostic diagnostic) {
    if (diagnostic.span().map(CallStack::inLibrary).orElse(true)) {
      return diagnostic;
    }
    return new Diagnostic(
        diagnostic.code(),
        diagnostic.severity(),
        diagnostic.message(),
        diagnostic.labels().stream().filter(l -> !inLibrary(l.span())).toList(),
        diagnostic.trace(),
        diagnostic.help(),
        diagnostic.fixes());
  }

  private static boolean inLibrary(Span at) {
    return at.source().isLibrary();
  }

  private List<Diagnostic.Frame> calls() {
    var out = new ArrayList<Diagnostic.Frame>();
    // What the library calls inside is its own business, except where it is checked itself.
    boolean own = frames.stream().allMatch(frame -> inLibrary(frame.calledAt));
    var all = frames.stream().filter(frame -> own || !inLibrary(frame.calledAt)).toList();
    for (int i = 0; i < all.size() && i < 8; i++) {
      String caller = i + 1 < all.size() ? all.get(i + 1).name : null;
      out.add(
          new Diagnostic.Frame(
              all.get(i).signature.get(),
              Optional.of(all.get(i).calledAt),
              Optional.ofNullable(caller)));
    }
    return out;
  }
}
