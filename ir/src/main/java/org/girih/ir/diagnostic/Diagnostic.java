package org.girih.ir.diagnostic;

import java.util.List;
import java.util.Optional;
import org.girih.ir.source.Span;

/// A fault of the user's program, as data: collected in a [Diagnostics], printed by [Renderer],
/// never thrown across a module's boundary. Whatever text it is given, it holds what is [Visible].
///
/// @param code the stable code, explained by `girih explain`
/// @param message one line, without a full stop: types and sizes included
/// @param labels places; the first primary one is where the caret is. Empty where no source is
///     involved (a plugin that does not load)
/// @param trace the calls that led here, innermost first
/// @param help a way out, one line
/// @param fixes changes of the source that are this way out
public record Diagnostic(
    Code code,
    Severity severity,
    String message,
    List<Label> labels,
    List<Frame> trace,
    Optional<String> help,
    List<Fix> fixes) {

  public Diagnostic {
    message = Visible.text(message);
    labels = List.copyOf(labels);
    trace = List.copyOf(trace);
    fixes = List.copyOf(fixes);
    help = help.map(Visible::text);
  }

  /// A place with what is to be reported of it; empty text draws the carets alone.
  public record Label(Span span, String text, boolean primary) {
    public Label {
      text = Visible.text(text);
    }
  }

  /// A change of the source.
  ///
  /// @param certain whether it means what the program meant, so that nobody need look at it
  public record Fix(Span span, String replacement, boolean certain) {}

  /// A call that is being elaborated: `predict(params: f32[5], ...)`, and where it was called.
  public record Frame(String signature, Optional<Span> calledAt, Optional<String> caller) {
    public Frame {
      signature = Visible.text(signature);
      caller = caller.map(Visible::text);
    }
  }

  /// Returns an error at one place.
  public static Diagnostic error(Code code, Span at, String message) {
    return new Diagnostic(
        code,
        Severity.ERROR,
        message,
        List.of(new Label(at, "", true)),
        List.of(),
        Optional.empty(),
        List.of());
  }

  /// Returns an error that no source text is to blame for.
  public static Diagnostic error(Code code, String message) {
    return new Diagnostic(
        code, Severity.ERROR, message, List.of(), List.of(), Optional.empty(), List.of());
  }

  /// Returns a warning at one place.
  public static Diagnostic warning(Code code, String message) {
    return error(code, message).withSeverity(Severity.WARNING);
  }

  public static Diagnostic warning(Code code, Span at, String message) {
    return error(code, at, message).withSeverity(Severity.WARNING);
  }

  public Diagnostic withSeverity(Severity other) {
    return new Diagnostic(code, other, message, labels, trace, help, fixes);
  }

  /// Returns the same with a further label.
  public Diagnostic label(Span span, String text) {
    var more = new java.util.ArrayList<>(labels);
    more.add(new Label(span, text, false));
    return new Diagnostic(code, severity, message, more, trace, help, fixes);
  }

  /// Returns the same with another text at the primary label.
  public Diagnostic primary(String text) {
    var changed =
        labels.stream().map(l -> l.primary() ? new Label(l.span(), text, true) : l).toList();
    return new Diagnostic(code, severity, message, changed, trace, help, fixes);
  }

  public Diagnostic help(String text) {
    return new Diagnostic(code, severity, message, labels, trace, Optional.of(text), fixes);
  }

  /// Returns the same with a further fix.
  public Diagnostic fix(Span span, String replacement, boolean certain) {
    var more = new java.util.ArrayList<>(fixes);
    more.add(new Fix(span, replacement, certain));
    return new Diagnostic(code, severity, message, labels, trace, help, more);
  }

  public Diagnostic trace(List<Frame> frames) {
    return new Diagnostic(code, severity, message, labels, frames, help, fixes);
  }

  /// Returns the place of the primary label.
  public Optional<Span> span() {
    return labels.stream().filter(Label::primary).map(Label::span).findFirst();
  }
}
