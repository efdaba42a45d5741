package org.girih.grammar.elaborate.core;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.girih.ir.source.Span;

/// A function that the compiler knows. The library written in Girih is built on these.
///
/// @param name as it is called
/// @param params in order; a trailing `*` marks one that takes all further positional arguments as
///     a tuple
/// @param library whether the library alone sees it
/// @param namespace the library whose names are written after this one's and a dot, if there is one
public record Intrinsic(
    String name, List<Param> params, Body body, boolean library, Optional<String> namespace) {
  /// @param init the value where none is given; empty where one must be
  public record Param(String name, Optional<Val> init) {}

  public interface Body {
    Val apply(Elaboration e, Args args);
  }

  /// The arguments, by parameter; all there.
  ///
  /// @param at the whole call
  /// @param spans the places of those that were written
  /// @param named arguments that no parameter has, if the last one is `**named`
  /// @param let the name that a `let` gives to the call's whole value
  public record Args(
      Span at,
      String function,
      Map<String, Val> values,
      Map<String, Span> spans,
      Map<String, Given> named,
      Optional<String> let) {
    public Val get(String name) {
      return values.get(name);
    }

    /// The argument's place, or the call's.
    public Span span(String name) {
      return spans.getOrDefault(name, at);
    }
  }

  /// Makes it from a documented signature: `of("sum(x, axis = none, keepdims = false)", body)`.
  /// Defaults are `none`, `true`, `false` or integers.
  public static Intrinsic of(String signature, Body body) {
    int open = signature.indexOf('(');
    String inside = signature.substring(open + 1, signature.length() - 1);
    var params =
        inside.isBlank()
            ? List.<Param>of()
            : java.util.Arrays.stream(inside.split(",")).map(Intrinsic::param).toList();
    return new Intrinsic(signature.substring(0, open), params, body, false, Optional.empty());
  }

  /// Returns the same where the library alone sees it.
  public Intrinsic inLibrary() {
    return new Intrinsic(name, params, body, true, namespace);
  }

  /// Returns the same where `name.x` is `namespace.x`.
  public Intrinsic before(String namespace) {
    return new Intrinsic(name, params, body, library, Optional.of(namespace));
  }

  private static Param param(String text) {
    String[] halves = text.split("=");
    return new Param(
        halves[0].strip(), halves.length == 1 ? Optional.empty() : Optional.of(init(halves[1])));
  }

  private static Val init(String text) {
    return switch (text.strip()) {
      case "none" -> Val.NONE;
      case "true" -> Val.TRUE;
      case "false" -> Val.FALSE;
      case String number -> Val.Int.of(Long.parseLong(number));
    };
  }

  /// Returns whether it takes named arguments that it does not know.
  public boolean open() {
    return !params.isEmpty() && params.getLast().name().startsWith("**");
  }

  /// `sum(x, axis = none)`, for messages.
  public String signature() {
    return name
        + "("
        + String.join(
            ", ",
            params.stream()
                .map(p -> p.name() + p.init().map(i -> " = " + Trees.describe(i)).orElse(""))
                .toList())
        + ")";
  }
}
