package org.girih.grammar.elaborate.core;

import java.util.Optional;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.diagnostic.Diagnostic;
import org.girih.ir.source.Span;

/// Reports a key's second use: no more than was proved.
public final class KeyFaults {
  private KeyFaults() {}

  public static Fault of(Elaboration e, KeyArray.Conflict conflict) {
    return conflict
        .iteration()
        .map(iteration -> again(e, conflict.second(), iteration))
        .orElseGet(() -> twice(e, conflict.first(), conflict.second(), conflict.surely()));
  }

  /// Reports a loop that uses a key of its carry again.
  ///
  /// @param what the loop does
  public static Fault carried(Elaboration e, Span at, String what) {
    return e.fault(
        Diagnostic.error(Code.KEY_USED_TWICE, at, "the loop " + what)
            .help("split it in each iteration: `let (key, k) = random.split(key)`"));
  }

  /// Reports two uses of which the second touches what the first has, or may have, touched.
  private static Fault twice(
      Elaboration e, KeyArray.Use first, KeyArray.Use second, boolean surely) {
    String message =
        first.fold()
            ? surely
                ? "the key was given to `fold_in`, and is used here itself"
                : "the key may be one that was given to `fold_in`, and is used here itself"
            : second.fold()
                ? surely
                    ? "the key was used, and is given to `fold_in` here"
                    : "the key may be one that was used, and is given to `fold_in` here"
                : surely
                    ? "the key is used twice"
                        + (independent(first, second) && independent(second, first)
                            ? " where both branches run"
                            : "")
                    : "the key may be used twice: Girih cannot prove that this is another one than"
                        + " before";
    String help =
        surely && first.at().equals(second.at())
            ? "split it before: `let (a, b) = random.split(key)`"
            : "give each use keys of its own: `let (a, b) = random.split(key)`, then"
                + " `random.split(a, n)` and `random.split(b, n)`";
    return e.fault(
        Diagnostic.error(Code.KEY_USED_TWICE, second.span(), message)
            .label(first.span(), first.fold() ? "given to `fold_in` here" : "first used here")
            .help(help));
  }

  /// Returns whether a use is in a branch of a choice that the other one knows nothing of.
  private static boolean independent(KeyArray.Use use, KeyArray.Use other) {
    return use.sides().stream()
        .filter(side -> side.choice().isWritten())
        .anyMatch(side -> other.sides().stream().noneMatch(s -> s.choice() == side.choice()));
  }

  /// Reports a key that each iteration uses.
  private static Fault again(Elaboration e, KeyArray.Use use, Symbol.Iteration iteration) {
    int depth = use.iterations().indexOf(iteration);
    boolean chosen =
        use.sides().stream().anyMatch(side -> side.choice().isWritten() && side.depth() > depth);
    String used = chosen ? "may be used again " : "is used again ";
    String what =
        switch (iteration.kind()) {
          case LOOP, HOST ->
              "the loop " + used + (chosen ? "in another" : "in each") + " iteration";
          case COMPREHENSION ->
              "the comprehension " + used + (chosen ? "for another" : "for each") + " element";
          case MAPPED ->
              "the mapped function " + used + (chosen ? "in another" : "in each") + " lane";
        };
    String help =
        switch (iteration.kind()) {
          case LOOP ->
              "carry the key and split it in each iteration, `let (key, k) = random.split(key)`, or"
                  + " loop over `random.split(key, n)`";
          case HOST ->
              "split it in each iteration, `let (key, k) = random.split(key)`, or loop over"
                  + " `random.split(key, n)`";
          case COMPREHENSION ->
              "split it before, `let keys = random.split(key, n)`, and use `keys[i]` with `i` from"
                  + " `0..n`";
          case MAPPED -> "map over keys too: `vmap((x, k) -> …)(xs, random.split(key, n))`";
        };
    return e.fault(
        Diagnostic.error(Code.KEY_USED_TWICE, use.span(), "a key from outside " + what).help(help));
  }

  /// Keys that may be the same in another iteration.
  static Fault maybeAgain(
      Elaboration e, KeyArray.Use use, Symbol.Iteration iteration, Optional<String> text) {
    String where =
        switch (iteration.kind()) {
          case LOOP, HOST -> "iteration";
          case COMPREHENSION -> "element";
          case MAPPED -> "lane";
        };
    String message =
        text.map(t -> "`" + t + "`").orElse("this")
            + (iteration.kind() == Symbol.Kind.COMPREHENSION
                ? " may be the same key for another "
                : " may be the same key in another ")
            + where
            + ": ";
    var outside = use.at().stream().flatMap(at -> at.reads().stream()).filter(KeyFaults::leaves);
    var read = outside.findFirst();
    if (read.isPresent()) {
      var range = read.get().index().range().orElseThrow();
      long size = read.get().size().orElseThrow();
      return e.fault(
          Diagnostic.error(
                  Code.KEY_USED_TWICE,
                  use.span(),
                  message
                      + "the index goes from "
                      + range.low()
                      + " to "
                      + (range.high() + read.get().width() - 1)
                      + ", and of "
                      + size
                      + " keys a read past the end gives the last")
              .help(
                  "make enough keys with `random.split(key, n)`, or keep the index from 0 to"
                      + " n - 1"));
    }
    String index =
        use.at().stream()
            .flatMap(at -> at.reads().stream())
            .map(Symbol.Read::text)
            .filter(t -> !t.isEmpty())
            .findFirst()
            .map(t -> "`" + t + "`")
            .orElse("the index");
    return e.fault(
        Diagnostic.error(
                Code.KEY_USED_TWICE,
                use.span(),
                message + "Girih cannot prove that " + index + " is different each time")
            .help(
                switch (iteration.kind()) {
                  case LOOP, HOST ->
                      "loop over the keys, `for k in keys`, or index them by the loop's own number,"
                          + " `for i in 0..n` and `keys[i]`";
                  case COMPREHENSION ->
                      "go over the keys, `[… for k in keys]`, or index them by the element's own"
                          + " number, `[… keys[i] … for i in 0..n]`";
                  case MAPPED -> "map over the keys too: `vmap((x, k) -> …)(xs, keys)`";
                }));
  }

  /// Returns whether a read begins or ends outside for some iteration.
  private static boolean leaves(Symbol.Read read) {
    var range = read.index().range();
    return range.isPresent()
        && read.size().isPresent()
        && range.get().low() >= 0
        && range.get().high() + read.width() > read.size().getAsLong();
  }
}
