package org.girih.grammar.elaborate.core;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.girih.grammar.ast.Expr;
import org.girih.grammar.foreign.ForeignName;
import org.girih.grammar.foreign.ForeignName.Kind;
import org.girih.grammar.foreign.ForeignNames;
import org.girih.grammar.foreign.JaxName;
import org.girih.ir.diagnostic.Diagnostic;
import org.girih.ir.source.Span;

/// Tells the way out to those who write a name of another language or library, or one of a library
/// that is not imported.
public final class WayOut {
  private static final Pattern ARGUMENTS = Pattern.compile("\\s*\\(\\s*\\)?");
  private static final Pattern MEMBERS = Pattern.compile("(\\.[A-Za-z_]\\w*)+");
  private static final String NEEDS_NO_IMPORT = ": it needs no import";

  private static final String NUMPY = "the prelude has NumPy's names without an import: `sum(x)`";

  private WayOut() {}

  /// Returns the dotted name that an expression spells, if it is nothing else.
  public static Optional<List<String>> path(Expr expr) {
    var path = new ArrayDeque<String>();
    Expr at = expr;
    while (at instanceof Expr.Field field) {
      path.push(field.name());
      at = field.base();
    }
    if (!(at instanceof Expr.Name(_, String first))) {
      return Optional.empty();
    }
    path.push(first);
    return Optional.of(List.copyOf(path));
  }

  /// Returns the place of a name with the members that are taken of it.
  public static Span dotted(Span name) {
    String text = name.source().text();
    var members = MEMBERS.matcher(text).region(name.end(), text.length());
    return members.lookingAt() ? new Span(name.source(), name.start(), members.end()) : name;
  }

  /// Returns the diagnostic of an unknown name with the way out, if that is known.
  public static Optional<Diagnostic> ofName(
      Elaboration e, Diagnostic unknown, Span at, List<String> path, Scope scope) {
    return named(e, unknown, at, path, scope)
        .map(found -> imported(found, library -> scope.find(library).isPresent()))
        .map(found -> guarded(found, scope));
  }

  private static Optional<Diagnostic> named(
      Elaboration e, Diagnostic unknown, Span at, List<String> path, Scope scope) {
    String first = path.getFirst();
    List<String> own = ForeignNames.own(path);
    String last = own.getLast();
    var entry =
        find(Kind.NAME, String.join(".", path))
            .or(() -> find(Kind.NAME, String.join(".", own)))
            .or(() -> own.size() == 1 ? find(Kind.TYPE, last) : Optional.empty());
    if (entry.isPresent()) {
      return Optional.of(with(unknown, at, entry.get()));
    }
    if (path.size() == 1) {
      return library(e, first)
          .or(() -> offered(e, first))
          .or(() -> ForeignNames.isLibrary(first) ? Optional.of(NUMPY) : Optional.empty())
          .map(unknown::help)
          .or(() -> jax(e, unknown, at, first, "", scope));
    }
    boolean foreign = ForeignNames.isLibrary(first);
    if (!foreign && !e.offers(first)) {
      return JaxName.find(last, path.get(path.size() - 2)).filter(JaxName::isMember).isPresent()
          ? jax(e, unknown, at, last, path.get(path.size() - 2), scope)
          : Optional.empty();
    }
    return foreign
        ? Optional.of(member(e, unknown, at, first, own, scope))
        : find(Kind.NAME, last)
            .map(found -> with(unknown, at, found))
            .or(() -> library(e, first).map(unknown::help))
            .or(() -> jax(e, unknown, at, last, first, scope));
  }

  /// Returns the way out of a name that is JAX's, Flax's or Optax's and has another here.
  private static Optional<Diagnostic> jax(
      Elaboration e, Diagnostic unknown, Span at, String name, String parent, Scope scope) {
    return JaxName.find(name, parent)
        .flatMap(
            row -> {
              if (row.girih().isEmpty()) {
                return Optional.of(unknown.help("JAX's `" + row.full() + "` is not there yet"));
              }
              String text = row.girih().get();
              if (!row.named()) {
                return Optional.of(unknown.help("it is written like `" + text + "`"));
              }
              String[] parts = text.split("\\.");
              if (parts.length == 1) {
                return scope.find(text).isEmpty()
                    ? Optional.empty()
                    : Optional.of(unknown.help("write `" + text + "`").fix(at, text, false));
              }
              boolean seen = scope.find(parts[0]).isPresent();
              return Optional.of(
                  seen
                      ? unknown.help("write `" + text + "`").fix(at, text, false)
                      : unknown.help("after `import " + parts[0] + "`, write `" + text + "`"));
            });
  }

  private static Diagnostic member(
      Elaboration e, Diagnostic unknown, Span at, String from, List<String> own, Scope scope) {
    String last = own.getLast();
    String dotted = String.join(".", own);
    // What Optax calls `trace` is not what NumPy does.
    boolean nested = from.equals("optax") || from.equals("F") || from.equals("flax");
    if (nested && offered(e, last).isPresent()) {
      return unknown.help(offered(e, last).get());
    }
    if (own.size() == 1 && scope.find(last).isPresent()) {
      return unknown.help("write `" + last + "`" + NEEDS_NO_IMPORT).fix(at, last, true);
    }
    if (own.size() == 2 && e.offers(own.getFirst(), last)) {
      if (library(e, own.getFirst()).isPresent()) {
        return unknown.help(imported(own.getFirst(), last));
      }
      return unknown.help("write `" + dotted + "`" + NEEDS_NO_IMPORT).fix(at, dotted, true);
    }
    return find(Kind.NAME, last)
        .map(entry -> with(unknown, at, entry))
        .or(() -> offered(e, last).map(unknown::help))
        .or(
            () ->
                jax(e, unknown, at, last, own.size() == 1 ? from : own.get(own.size() - 2), scope))
        .orElseGet(() -> unknown.help(NUMPY));
  }

  /// Returns the diagnostic of a name that a library does not have with the way out, if that is
  /// known.
  public static Optional<Diagnostic> ofMember(
      Elaboration e, Diagnostic unknown, Span whole, String library, String name, Scope scope) {
    return find(Kind.NAME, library + "." + name)
        .or(() -> find(Kind.NAME, name))
        .map(entry -> with(unknown, whole, entry))
        .or(() -> offered(e, name).map(unknown::help))
        .map(found -> imported(found, library::equals))
        .or(() -> jax(e, unknown, whole, name, library, scope));
  }

  /// Returns the diagnostic of a field that a value does not have with the way out, if that is
  /// known.
  public static Optional<Diagnostic> ofField(
      Elaboration e, Diagnostic missing, Expr.Field field, Val base, Scope scope) {
    return taken(e, missing, field, base).map(found -> guarded(found, scope));
  }

  /// Returns the same; of what the program itself has named, no fix is certain.
  private static Diagnostic guarded(Diagnostic diagnostic, Scope scope) {
    var fixes =
        diagnostic.fixes().stream()
            .map(
                fix -> {
                  String first = fix.replacement().split("\\W", 2)[0];
                  boolean own = scope.local(first).isPresent() || scope.file().names(first);
                  return new Diagnostic.Fix(fix.span(), fix.replacement(), fix.certain() && !own);
                })
            .toList();
    return new Diagnostic(
        diagnostic.code(),
        diagnostic.severity(),
        diagnostic.message(),
        diagnostic.labels(),
        diagnostic.trace(),
        diagnostic.help(),
        fixes);
  }

  private static Optional<Diagnostic> taken(
      Elaboration e, Diagnostic missing, Expr.Field field, Val base) {
    String of = field.base() instanceof Expr.Name(_, String name) ? name : "x";
    String after = field.span().source().text().substring(field.span().end());
    var call = ARGUMENTS.matcher(after);
    boolean called = call.lookingAt();
    var entry =
        find(called ? Kind.METHOD : Kind.ATTRIBUTE, field.name())
            .or(() -> find(called ? Kind.ATTRIBUTE : Kind.METHOD, field.name()));
    boolean array = base instanceof Val.Array || base instanceof Val.Num;
    if (entry.isEmpty() && array && e.offers("prelude", field.name())) {
      var help = missing.help("write `" + field.name() + "(" + of + ")`");
      return Optional.of(called ? asCall(help, field, call.end(), field.name(), true) : help);
    }
    return entry.map(
        found -> {
          var help = missing.help(found.help().replaceAll("\\bx\\b", of));
          if (found.fix().isEmpty()) {
            return help;
          }
          var fix = found.fix().get();
          return switch (found.kind()) {
            case ATTRIBUTE ->
                help.fix(
                    field.span(),
                    fix.text().replace("$", field.base().span().text()),
                    fix.certain() && !called);
            case METHOD ->
                called ? asCall(help, field, call.end(), fix.text(), fix.certain()) : help;
            case NAME, TYPE, IMPORT, WORD, DECORATOR -> help;
          };
        });
  }

  /// Adds the fix that makes an argument of what a method is called on.
  ///
  /// @param skipped what follows the field up to the first argument
  private static Diagnostic asCall(
      Diagnostic missing, Expr.Field field, int skipped, String function, boolean certain) {
    Span span = field.span();
    int end = span.end() + skipped;
    boolean alone = span.source().text().charAt(end - 1) == ')';
    return missing.fix(
        new Span(span.source(), span.start(), end),
        function + "(" + field.base().span().text() + (alone ? ")" : ", "),
        // Another function's arguments may mean something else.
        certain && (alone || function.equals(field.name())));
  }

  /// Returns the diagnostic of an unknown type with the way out, if that is known.
  public static Optional<Diagnostic> ofType(Diagnostic unknown, Span at, List<String> path) {
    String written = String.join(".", path);
    int end = at.text().startsWith(written) ? at.start() + written.length() : at.end();
    return find(Kind.TYPE, String.join(".", ForeignNames.own(path)))
        .map(entry -> with(unknown, new Span(at.source(), at.start(), end), entry));
  }

  /// Returns the same with the way out of a library that is not known.
  public static Optional<Diagnostic> ofImport(Diagnostic unknown, Span at, String library) {
    return find(Kind.IMPORT, library).map(entry -> with(unknown, at, entry));
  }

  /// Returns the same with a near spelling, which is a guess.
  public static Diagnostic near(Diagnostic diagnostic, Span at, String name) {
    return diagnostic.help("did you mean `" + name + "`?").fix(at, name, false);
  }

  /// Returns the help for those who have imported the library.
  private static Diagnostic imported(Diagnostic diagnostic, Predicate<String> libraries) {
    String help = diagnostic.help().orElse("");
    for (String library : List.of("nn", "optim")) {
      String after = "after `import " + library + "`, ";
      if (help.startsWith(after) && libraries.test(library)) {
        return diagnostic.help(help.substring(after.length()));
      }
    }
    return diagnostic;
  }

  private static Diagnostic with(Diagnostic diagnostic, Span at, ForeignName entry) {
    var help = diagnostic.help(entry.help());
    return entry.fix().map(fix -> help.fix(at, fix.text(), fix.certain())).orElse(help);
  }

  private static Optional<ForeignName> find(Kind kind, String written) {
    return ForeignNames.find(kind, written);
  }

  /// Returns what is to be written for a library that must be imported.
  private static Optional<String> library(Elaboration e, String name) {
    return e.offers(name) && (name.equals("nn") || name.equals("optim"))
        ? Optional.of("write `import " + name + "` at the top of the file")
        : Optional.empty();
  }

  /// Returns what is to be written for a name that a library has.
  private static Optional<String> offered(Elaboration e, String name) {
    for (String library : List.of("nn", "optim")) {
      if (e.offers(library, name)) {
        return Optional.of(imported(library, name));
      }
    }
    return Stream.of("random", "tree", "linalg")
        .filter(library -> e.offers(library, name))
        .map(library -> "write `" + library + "." + name + "`" + NEEDS_NO_IMPORT)
        .findFirst();
  }

  private static String imported(String library, String name) {
    return "after `import " + library + "`, write `" + library + "." + name + "`";
  }
}
